package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandOutcome;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows each command to its final stage from what is observed, and says what must be sent
 * (again). Pure.
 */
// An unchanged part of the state stays the same object.
@SuppressWarnings("ReferenceEquality")
final class CommandFollower {
    /** Ticks without an outcome after which a command is sent again under its id. */
    static final int RESEND_TICKS = 3;

    private final int answerTicks;

    CommandFollower(AgentLimits limits) {
        this.answerTicks = limits.answerTicks();
    }

    /** Takes the outcomes of an observation in and notes what has been silent for too long. */
    Actuation take(Actuation before, Observation seen, long tick) {
        Actuation now = before;
        for (CommandOutcome outcome : seen.outcomes()) {
            now = outcome(now, outcome);
        }
        for (SentCommand one : now.sent()) {
            if (one.stage() == CommandStage.REQUESTED && tick - one.firstTick() >= answerTicks) {
                now = stage(now, one, CommandStage.TIMEOUT, true);
            }
        }
        return seen.status().lapsed() ? renew(now, tick) : now;
    }

    /** The commands of a tick never left: forgets them; all set-points must be made anew. */
    Actuation unsent(Actuation before, long sentTick, long tick) {
        List<SentCommand> kept =
                before.sent().stream().filter(one -> one.lastTick() != sentTick).toList();
        return new Actuation(kept, before.faulted(), tick, before.executed());
    }

    /** Outcomes may have been missed: forgets what was sent; set-points must be made anew. */
    Actuation unheard(Actuation before, long tick) {
        return renew(before, tick);
    }

    private static Actuation renew(Actuation now, long tick) {
        return new Actuation(List.of(), now.faulted(), tick, now.executed());
    }

    /** Whether a command must be sent at this tick: it is new, or nothing was heard of it. */
    boolean due(Actuation now, ActuatorCommand command, long tick) {
        for (SentCommand one : now.sent()) {
            if (one.id().equals(command.id())) {
                return one.stage() == CommandStage.REQUESTED
                        && tick - one.lastTick() >= RESEND_TICKS;
            }
        }
        return true;
    }

    /** Notes a command that is sent at this tick. */
    Actuation sent(Actuation now, ActuatorCommand command, Activity goal, long tick) {
        List<SentCommand> all = new ArrayList<>(now.sent().size() + 1);
        SentCommand next =
                new SentCommand(
                        command.id(),
                        command.actuator(),
                        goal,
                        tick,
                        tick,
                        1,
                        CommandStage.REQUESTED);
        for (SentCommand one : now.sent()) {
            if (one.id().equals(command.id())) {
                next =
                        new SentCommand(
                                one.id(),
                                one.actuator(),
                                one.goal(),
                                one.firstTick(),
                                tick,
                                one.tries() + 1,
                                one.stage());
            } else if (one.actuator() != command.actuator()) {
                all.add(one);
            }
        }
        all.add(next);
        return new Actuation(all, now.faulted(), now.renewTick(), now.executed());
    }

    private static Actuation outcome(Actuation now, CommandOutcome outcome) {
        for (SentCommand one : now.sent()) {
            if (one.id().equals(outcome.commandId()) && one.stage().mayBecome(outcome.stage())) {
                return stage(now, one, outcome.stage(), faults(outcome));
            }
        }
        return now;
    }

    /** A refused or superseded command is no fault of the actuator. */
    private static boolean faults(CommandOutcome outcome) {
        return switch (outcome.stage()) {
            case FAILED, TIMEOUT -> true;
            case UNAVAILABLE -> outcome.code() != FailureCode.SIM_RESTARTED;
            case REQUESTED, VALIDATED, ACCEPTED, EXECUTING, EXECUTED, REJECTED, EXPIRED -> false;
        };
    }

    private static Actuation stage(
            Actuation now, SentCommand one, CommandStage stage, boolean faults) {
        List<SentCommand> all = new ArrayList<>(now.sent().size());
        for (SentCommand other : now.sent()) {
            all.add(other == one ? one.at(stage) : other);
        }
        boolean acts = stage == CommandStage.EXECUTING || stage == CommandStage.EXECUTED;
        return new Actuation(
                all,
                faulted(now.faulted(), one.actuator(), faults, acts),
                now.renewTick(),
                acts && counts(one, stage) ? one.goal() : now.executed());
    }

    /** Flying a velocity shows as soon as it begins; a look is taken once the nose has settled. */
    private static boolean counts(SentCommand one, CommandStage stage) {
        if (one.goal() == Activity.OBSERVE) {
            return one.actuator() == Actuator.ATTITUDE_CONTROLLER && stage == CommandStage.EXECUTED;
        }
        return one.goal() != Activity.NONE && one.actuator() == Actuator.VELOCITY_CONTROLLER;
    }

    private static List<Actuator> faulted(
            List<Actuator> before, Actuator actuator, boolean faults, boolean acts) {
        if (faults == before.contains(actuator) || !faults && !acts) {
            return before;
        }
        List<Actuator> after = new ArrayList<>(before);
        if (faults) {
            after.add(actuator);
        } else {
            after.remove(actuator);
        }
        return after;
    }
}
