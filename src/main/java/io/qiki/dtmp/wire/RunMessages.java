package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.RunState;
import java.util.UUID;
import qiki.twin.v1.CommandStep;

/** Run states and stages of commands for readers outside. */
public final class RunMessages {
    private RunMessages() {}

    /** A run state as a number of the wire. */
    public static qiki.twin.v1.RunState toWire(RunState state) {
        return EnumTables.RUN.toWire(state);
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
