package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.Hash64;
import java.util.UUID;

/**
 * The newest command an agent sent to an actuator, and how far it came.
 *
 * @param id of the command
 * @param actuator it was sent to
 * @param goal activity it serves
 * @param firstTick when it was sent first
 * @param lastTick when it was sent last
 * @param tries how often it was sent
 * @param stage reached as far as observed; REQUESTED until the first outcome
 */
public record SentCommand(
        UUID id,
        Actuator actuator,
        Activity goal,
        long firstTick,
        long lastTick,
        int tries,
        CommandStage stage) {
    /** Refuses missing parts. */
    public SentCommand {
        Check.present(id, "command id");
        Check.present(actuator, "actuator");
        Check.present(goal, "goal");
        Check.range(firstTick, 0, lastTick, "first tick");
        Check.range(tries, 1, Integer.MAX_VALUE, "tries");
        Check.present(stage, "stage");
    }

    /** The same command at another stage. */
    SentCommand at(CommandStage next) {
        return new SentCommand(id, actuator, goal, firstTick, lastTick, tries, next);
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(id).add(actuator).add(goal).add(firstTick).add(lastTick);
        return hash.add((long) tries).add(stage);
    }
}
