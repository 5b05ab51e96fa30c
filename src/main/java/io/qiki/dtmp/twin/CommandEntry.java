package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandLife.Origin;
import io.qiki.dtmp.model.CommandLife.Step;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.OperatorRequest;
import java.util.Optional;

/** A command in the book: what was asked, how far it came, and since when it can act. */
public final class CommandEntry {
    private final ActuatorCommand command;
    private final CommandDesk desk;
    private CommandLife life;
    private int incarnation;
    private long actsAtTick = Long.MAX_VALUE;

    CommandEntry(ActuatorCommand command, CommandDesk desk, Origin origin) {
        this.command = command;
        this.desk = desk;
        this.life = requested(command, desk, origin);
    }

    private static CommandLife requested(ActuatorCommand command, CommandDesk desk, Origin origin) {
        return CommandLife.begin(
                command.id(),
                command.twin(),
                command.actuator(),
                origin,
                new Step(
                        CommandStage.REQUESTED,
                        FailureCode.NONE,
                        origin == Origin.AGENT ? "decided by the agent" : "received",
                        desk.now().tick(),
                        desk.now().step()));
    }

    /** The life of a command that is checked only. */
    static CommandLife checked(ActuatorCommand command, CommandDesk desk) {
        Step done =
                new Step(
                        CommandStage.VALIDATED,
                        FailureCode.NONE,
                        "checked only",
                        desk.now().tick(),
                        desk.now().step());
        return requested(command, desk, Origin.OPERATOR).to(done).orElseThrow();
    }

    /** What was asked. */
    public ActuatorCommand command() {
        return command;
    }

    /** How far it came. */
    public CommandLife life() {
        return life;
    }

    boolean ofAgent() {
        return life.origin() == Origin.AGENT;
    }

    CommandDesk desk() {
        return desk;
    }

    void become(CommandLife next) {
        life = next;
    }

    /** It can act from the tick after this moment on. */
    void acts(CommandDesk.Moment now, CommandLimits limits) {
        incarnation = now.incarnation();
        actsAtTick = now.tick() + 1;
        life = life.until(actsAtTick + limits.deadlineTicks(command));
    }

    /** Whether it was accepted by an earlier incarnation. */
    boolean before(int now) {
        return actsAtTick != Long.MAX_VALUE && incarnation < now;
    }

    /** The same id again: the first result if all else is equal too. */
    CommandRuling repeated(ActuatorCommand again) {
        if (!again.equals(command)) {
            return new CommandRuling.Refused(
                    new Failure(
                            FailureCode.ID_REUSED,
                            "command_id "
                                    + command.id()
                                    + " was given before with another body; use a new one"));
        }
        Step last = life.last();
        boolean refused = life.ended() && !life.accepted() && last.code() != FailureCode.NONE;
        return refused
                ? new CommandRuling.Refused(new Failure(last.code(), last.reason()))
                : new CommandRuling.Stands(life);
    }

    /** The stage that a committed state proves for a change of the mode, if it proves one. */
    Optional<Step> confirmedBy(FsmSnapshot state, CommandDesk.Moment now) {
        Optional<OperatorRequest> wish = CommandGate.mode(command);
        if (wish.isEmpty() || now.incarnation() != incarnation || now.tick() < actsAtTick) {
            return Optional.empty();
        }
        String seen = "the agent is " + state.state();
        if (reached(wish.get(), state.state())) {
            return Optional.of(
                    new Step(
                            CommandStage.EXECUTED, FailureCode.NONE, seen, now.tick(), now.step()));
        }
        return state.state() == FsmState.SHUTDOWN
                ? Optional.of(
                        new Step(
                                CommandStage.FAILED,
                                FailureCode.WRONG_STATE,
                                seen + ", which is final",
                                now.tick(),
                                now.step()))
                : Optional.empty();
    }

    /**
     * An agent that is released from SAFE_MODE is IDLE, and ACTIVE as soon as it has a proposal.
     */
    private static boolean reached(OperatorRequest wish, FsmState state) {
        return switch (wish) {
            case SAFE_MODE -> state == FsmState.SAFE_MODE;
            case IDLE -> state == FsmState.IDLE || state == FsmState.ACTIVE;
            case SHUTDOWN -> state == FsmState.SHUTDOWN;
        };
    }
}
