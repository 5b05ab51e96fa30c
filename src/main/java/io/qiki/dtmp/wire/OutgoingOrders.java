package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HeldFault;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import qiki.twin.v1.ClearFaultRequest;
import qiki.twin.v1.CommandReply;
import qiki.twin.v1.InjectFaultRequest;
import qiki.twin.v1.SendCommandRequest;

/** What is asked of a twin in another process, and how the answers are read. */
public final class OutgoingOrders {
    private OutgoingOrders() {}

    /** A command to give, or to check only. */
    public static SendCommandRequest command(ActuatorCommand command, boolean dry) {
        return SendCommandRequest.newBuilder()
                .setCommand(CommandMessages.toWire(command))
                .setDryRun(dry)
                .build();
    }

    /** A fault to inject; its id is given by who injects it. */
    public static InjectFaultRequest inject(TwinId twin, FaultSpec fault) {
        InjectFaultRequest.Builder message =
                InjectFaultRequest.newBuilder()
                        .setTwin(twin.value())
                        .setType(fault.type().text())
                        .setTarget(fault.target())
                        .putAllParameters(fault.parameters())
                        .setFromTick(fault.fromTick());
        if (fault.untilTick() != Long.MAX_VALUE) {
            message.setUntilTick(fault.untilTick());
        }
        return message.build();
    }

    /** A fault to clear. */
    public static ClearFaultRequest clear(TwinId twin, String faultId) {
        return ClearFaultRequest.newBuilder().setTwin(twin.value()).setFaultId(faultId).build();
    }

    /** The failure that an answer tells, which must not be ok; a code unknown here is INTERNAL. */
    public static Failure failure(CommandReply reply) {
        String sentence = reply.getSentence().isBlank() ? "refused" : reply.getSentence();
        return new Failure(code(reply.getCode()), sentence);
    }

    /** The failure code of a dotted text; INTERNAL for a text that means no failure here. */
    public static FailureCode code(String text) {
        return FailureCode.named(text)
                .filter(one -> one != FailureCode.NONE)
                .orElse(FailureCode.INTERNAL);
    }

    /**
     * The stage that a command stands in.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static CommandStage stage(CommandReply reply) {
        return EnumTables.STAGE.toModel("stage", reply.getStageValue());
    }

    /**
     * The faults that a vehicle holds.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static List<HeldFault> faults(CommandReply reply) {
        return Fields.each("faults", reply.getFaultsList(), OutgoingOrders::held);
    }

    private static HeldFault held(qiki.twin.v1.HeldFault message) {
        Fields.needs(message.hasFault(), "fault");
        return new HeldFault(
                Fields.at("fault", () -> SnapshotMessages.toModel(message.getFault())),
                message.getActive());
    }
}
