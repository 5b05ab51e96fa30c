package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.ProcessReport;
import io.qiki.dtmp.wire.ProcessStatusMessages;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells others how the process is, as often as it is asked to. Lives on its owner's context. */
final class StatusBeat {
    /** Twins named in a status: the message must stay small. */
    private static final int MOST_TWINS = 10_000;

    private final NatsSources sources;
    private final TickClient tick;
    private final Composer composer;
    private final ConflatedLane newest;

    StatusBeat(NatsSources sources, TickClient tick, Composer composer, ConflatedLane newest) {
        this.sources = sources;
        this.tick = tick;
        this.composer = composer;
        this.newest = newest;
    }

    void beat() {
        tick.status().onSuccess(this::send);
    }

    private void send(RunStatus run) {
        newest.offer(
                Subjects.status(sources.source()),
                () -> composer.status(ProcessStatusMessages.toWire(report(run))));
    }

    private ProcessReport report(RunStatus run) {
        SortedMap<String, String> troubles = new TreeMap<>();
        for (HealthRegistry.Health one : sources.telemetry().health().components()) {
            if (!one.up()) {
                troubles.put(one.component(), one.reason());
            }
        }
        return new ProcessReport(
                sources.source(),
                sources.simulator(),
                sources.agents(),
                sources.twins().stream().limit(MOST_TWINS).toList(),
                run,
                troubles);
    }
}
