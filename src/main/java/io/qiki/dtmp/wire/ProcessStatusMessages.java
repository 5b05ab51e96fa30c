package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.RunStatus;
import java.util.TreeMap;
import qiki.twin.v1.ProcessStatus;

/** How processes are, without loss. */
public final class ProcessStatusMessages {
    private ProcessStatusMessages() {}

    /** A report as a message. */
    public static ProcessStatus toWire(ProcessReport report) {
        ProcessStatus.Builder message =
                ProcessStatus.newBuilder()
                        .setSource(report.source())
                        .setSimulator(report.simulator())
                        .setAgents(report.agents())
                        .setRunState(RunMessages.toWire(report.run().runState()))
                        .setSpeed(report.run().speed())
                        .setTicks(report.run().ticks())
                        .setSlips(report.run().slips())
                        .setFailedAdvances(report.run().failedAdvances())
                        .putAllTroubles(report.troubles());
        report.twins().forEach(twin -> message.addTwins(twin.value()));
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static ProcessReport toModel(ProcessStatus message) {
        return new ProcessReport(
                Fields.twin("source", message.getSource()).value(),
                message.getSimulator(),
                message.getAgents(),
                Fields.each("twins", message.getTwinsList(), id -> Fields.twin("id", id)),
                new RunStatus(
                        EnumTables.RUN.toModel("run_state", message.getRunStateValue()),
                        Fields.finite("speed", message.getSpeed()),
                        message.getTicks(),
                        message.getSlips(),
                        message.getFailedAdvances()),
                new TreeMap<>(message.getTroublesMap()));
    }
}
