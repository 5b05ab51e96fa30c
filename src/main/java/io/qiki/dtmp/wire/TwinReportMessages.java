package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.AgentReport;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import java.util.Optional;
import java.util.function.Function;

/** What ticks of twins showed, whole and without loss. */
public final class TwinReportMessages {
    private TwinReportMessages() {}

    /**
     * The parts of a report that a process has to tell.
     *
     * @param source name of the process: {@code [a-z0-9-]}, 1 to 64 characters
     * @param vehicle whether the simulator is in the process
     * @param agent whether the agent is in the process
     */
    public static qiki.twin.v1.TwinReport toWire(
            TwinReport report, String source, boolean vehicle, boolean agent) {
        qiki.twin.v1.TwinReport.Builder message =
                qiki.twin.v1.TwinReport.newBuilder()
                        .setTwin(report.twin().value())
                        .setSource(source)
                        .setAttended(report.state().epoch() > 0);
        if (vehicle) {
            message.setVehicle(ObservationMessages.toWire(report.observation()));
        }
        if (agent) {
            message.setAgent(AgentReportMessages.toWire(report.twin(), AgentReport.of(report)));
        }
        return message.build();
    }

    /**
     * What a message tells.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static TwinReportPart toModel(qiki.twin.v1.TwinReport message) {
        TwinId twin = Fields.twin("twin", message.getTwin());
        return new TwinReportPart(
                twin,
                Fields.twin("source", message.getSource()).value(),
                part(message.hasVehicle(), twin, "vehicle", t -> vehicle(t, message)),
                part(message.hasAgent(), twin, "agent", t -> agent(t, message)),
                message.getAttended());
    }

    private static io.qiki.dtmp.model.Observation vehicle(
            TwinId twin, qiki.twin.v1.TwinReport message) {
        Fields.same("twin", twin.value(), message.getVehicle().getTwin());
        return ObservationMessages.toModel(message.getVehicle());
    }

    private static AgentReport agent(TwinId twin, qiki.twin.v1.TwinReport message) {
        return AgentReportMessages.toModel(twin, message.getAgent());
    }

    private static <T> Optional<T> part(
            boolean there, TwinId twin, String field, Function<TwinId, T> read) {
        return there ? Optional.of(Fields.at(field, () -> read.apply(twin))) : Optional.empty();
    }
}
