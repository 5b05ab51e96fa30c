package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.RunMessages;
import qiki.twin.v1.ProcessStatus;

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
        newest.offer(Subjects.status(sources.source()), () -> composer.status(status(run)));
    }

    private ProcessStatus status(RunStatus run) {
        ProcessStatus.Builder status =
                ProcessStatus.newBuilder()
                        .setSource(sources.source())
                        .setSimulator(sources.simulator())
                        .setAgents(sources.agents())
                        .setRunState(RunMessages.toWire(run.runState()))
                        .setSpeed(run.speed())
                        .setTicks(run.ticks())
                        .setSlips(run.slips())
                        .setFailedAdvances(run.failedAdvances());
        sources.twins().stream().limit(MOST_TWINS).forEach(twin -> status.addTwins(twin.value()));
        for (HealthRegistry.Health one : sources.telemetry().health().components()) {
            if (!one.up()) {
                status.putTroubles(one.component(), one.reason());
            }
        }
        return status.build();
    }
}
