package io.qiki.dtmp.model;

import java.util.UUID;

/**
 * A stage that a command has reached, as the simulator reports it.
 *
 * @param commandId which command
 * @param actuator of it
 * @param stage reached
 * @param code why it was refused or failed; NONE otherwise
 * @param step simulation step at which it was reached
 */
public record CommandOutcome(
        UUID commandId, Actuator actuator, CommandStage stage, FailureCode code, long step) {
    /** Refuses missing parts. */
    public CommandOutcome {
        Check.present(commandId, "command id");
        Check.present(actuator, "actuator");
        Check.present(stage, "stage");
        Check.present(code, "failure code");
        Check.range(step, 0, Long.MAX_VALUE, "step");
    }
}
