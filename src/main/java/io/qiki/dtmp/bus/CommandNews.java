package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.TwinId;
import java.util.List;

/**
 * What the ticks of a shard showed of commands.
 *
 * @param shard which
 * @param newest what the newest tick showed
 * @param sent commands that the agents handed to the vehicles since the last news, oldest first
 * @param stages reached since the last news, of all its ticks, oldest first
 * @param dropped stages that had to be given up because nobody took them, since the last news
 */
public record CommandNews(
        int shard, SensedBatch newest, List<Sent> sent, List<Seen> stages, long dropped) {
    /** Copies. */
    public CommandNews {
        sent = List.copyOf(sent);
        stages = List.copyOf(stages);
    }

    /**
     * A stage that a tick showed.
     *
     * @param twin whose command
     * @param tick that showed it
     * @param outcome the stage
     */
    public record Seen(TwinId twin, long tick, CommandOutcome outcome) {}

    /**
     * A command of an agent.
     *
     * @param incarnation of the vehicle
     * @param tick at which it was decided
     * @param step of that tick
     * @param command itself
     */
    public record Sent(int incarnation, long tick, long step, ActuatorCommand command) {}
}
