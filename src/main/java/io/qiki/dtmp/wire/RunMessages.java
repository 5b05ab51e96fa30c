package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandStageEvent;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.TwinEvent;
import java.util.Optional;
import java.util.UUID;
import qiki.twin.v1.CommandStep;

/** Run states and stages of commands for readers outside. */
public final class RunMessages {
    private RunMessages() {}

    /** A run state as a number of the wire. */
    public static qiki.twin.v1.RunState toWire(RunState state) {
        return EnumTables.RUN.toWire(state);
    }

    /**
     * The stage that an event of the log tells; empty for an event of anything but a command to an
     * actuator.
     */
    public static Optional<CommandStep> stageOf(TwinEvent event) {
        String id = event.data().get(CommandStageEvent.COMMAND_ID);
        if (!event.type().equals(CommandStageEvent.TYPE) || id == null) {
            return Optional.empty();
        }
        CommandStage stage = CommandStage.valueOf(event.data().get("stage"));
        int code = FailureCode.named(event.reason()).map(FailureCode::code).orElse(0);
        return Optional.of(
                CommandStep.newBuilder()
                        .setCommandId(id)
                        .setStage(EnumTables.STAGE.toWire(stage))
                        .setTick(event.tick())
                        .setStep(event.step())
                        .setTruth(EnumTables.TRUTH.toWire(event.truth()))
                        .setCode(code)
                        .setReason(event.data().get("detail"))
                        .setTwin(event.twin().value())
                        .setActuator(event.data().get("actuator"))
                        .setOrigin(event.data().get("origin"))
                        .build());
    }

    /** A stage that a command reached. */
    public static CommandStep toWire(UUID id, CommandLife.Step step) {
        return CommandStep.newBuilder()
                .setCommandId(id.toString())
                .setStage(EnumTables.STAGE.toWire(step.stage()))
                .setTick(step.tick())
                .setStep(step.step())
                .setTruth(EnumTables.TRUTH.toWire(step.truth()))
                .setCode(step.code().code())
                .setReason(step.reason())
                .build();
    }
}
