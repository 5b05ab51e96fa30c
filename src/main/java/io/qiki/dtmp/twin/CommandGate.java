package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.sim.CommandRules;
import java.util.Optional;

/** What somebody outside may command, and when. Pure. */
final class CommandGate {
    private CommandGate() {}

    /** What is wrong with a command whatever the state; names the argument and its range. */
    static Optional<Failure> fault(ActuatorCommand command) {
        if (!command.actuator().outside()) {
            return refused(
                    FailureCode.NOT_FOUND,
                    command.actuator().id()
                            + " is the agent's own; commands from outside go to "
                            + Actuator.outsideIds());
        }
        boolean modes = command.type() == Type.SET_MODE;
        String sentence =
                command.actuator() == Actuator.SYSTEM_CONTROLLER && modes
                        ? modeFault(command)
                        : CommandRules.fault(command);
        return sentence.isEmpty() ? Optional.empty() : refused(FailureCode.BAD_ARGUMENT, sentence);
    }

    private static String modeFault(ActuatorCommand command) {
        return mode(command).isPresent()
                ? CommandRules.fault(command)
                : "value of system_controller must be SAFE_MODE (6), IDLE (2) or SHUTDOWN (5), was "
                        + command.value().shown();
    }

    /** What a command asks of the agent; empty when it is for the vehicle. */
    static Optional<OperatorRequest> mode(ActuatorCommand command) {
        boolean whole = command.value() instanceof CommandValue.Whole;
        if (command.actuator() != Actuator.SYSTEM_CONTROLLER || !whole) {
            return Optional.empty();
        }
        return FsmState.of(((CommandValue.Whole) command.value()).value())
                .flatMap(
                        state ->
                                switch (state) {
                                    case SAFE_MODE -> Optional.of(OperatorRequest.SAFE_MODE);
                                    case IDLE -> Optional.of(OperatorRequest.IDLE);
                                    case SHUTDOWN -> Optional.of(OperatorRequest.SHUTDOWN);
                                    case BOOTING, ACTIVE, ERROR_STATE -> Optional.empty();
                                });
    }

    /**
     * Which interlock holds a command back, with what would release it. A change of the mode is
     * taken in every state.
     *
     * @param agent the committed state of the agent; empty: the vehicle has none
     */
    static Optional<Failure> interlock(
            ActuatorCommand command, Optional<FsmSnapshot> agent, RunState run) {
        if (mode(command).isPresent()) {
            return agent.isPresent()
                    ? Optional.empty()
                    : refused(
                            FailureCode.WRONG_STATE,
                            "interlock agent: "
                                    + command.twin()
                                    + " has no agent; start one, it takes modes");
        }
        if (run != RunState.RUNNING) {
            return refused(
                    FailureCode.WRONG_STATE,
                    "interlock run-state: "
                            + command.actuator().id()
                            + " takes commands while RUNNING, the simulation is "
                            + run
                            + "; sim.start lets it run");
        }
        return agent.filter(now -> now.state() != FsmState.ACTIVE)
                .flatMap(
                        now ->
                                refused(
                                        FailureCode.WRONG_STATE,
                                        "interlock agent-state: "
                                                + command.actuator().id()
                                                + " takes commands while the agent is ACTIVE, it is "
                                                + now.state()
                                                + "; "
                                                + release(now)));
    }

    private static String release(FsmSnapshot now) {
        return switch (now.state()) {
            case BOOTING -> "wait until its self-test has passed";
            case IDLE -> "wait until it has a proposal to follow";
            case ACTIVE -> "nothing holds it";
            case SAFE_MODE ->
                    now.reason() == SafeModeReason.OPERATOR_REQUEST
                            ? "system_controller SET_MODE IDLE ends it"
                            : "it ends once " + now.reason() + " is over for a while";
            case ERROR_STATE -> "wait until its self-test has passed several times";
            case SHUTDOWN -> "that is final until the process is started anew";
        };
    }

    private static Optional<Failure> refused(FailureCode code, String sentence) {
        return Optional.of(new Failure(code, sentence));
    }
}
