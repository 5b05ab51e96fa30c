package io.qiki.dtmp.journal;

import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Brings the input log to the disk.
 *
 * <p>Owns: nothing of its own; the {@link InputLog} outlives it.
 *
 * <p>Consumes: nothing; the shards record from their own event loops.
 *
 * <p>Emits: the health of the log.
 *
 * <p>Runs on: an event loop, one instance per process; the disk is waited for by a worker.
 */
public final class InputLogVerticle extends VerticleBase {
    /** What a crash may take: the inputs of this much wall time, ms. */
    public static final long FLUSH_MILLIS = 50;

    private static final String HEALTH = "input-log";

    private final InputLog log;
    private final Telemetry telemetry;
    private long timer = -1;
    private boolean flushing;

    /** A verticle for a log. */
    public InputLogVerticle(InputLog log, Telemetry telemetry) {
        this.log = log;
        this.telemetry = telemetry;
    }

    @Override
    public Future<?> start() {
        timer = vertx.setPeriodic(FLUSH_MILLIS, id -> onTimer());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        return flush();
    }

    private void onTimer() {
        if (!flushing) {
            flushing = true;
            flush().onComplete(done -> flushing = false);
        }
    }

    private Future<Void> flush() {
        return vertx.<Void>executeBlocking(
                        () -> {
                            log.flush();
                            return null;
                        })
                .onSuccess(
                        done ->
                                log.failure()
                                        .ifPresentOrElse(
                                                why -> telemetry.health().down(HEALTH, why),
                                                () -> telemetry.health().up(HEALTH)));
    }
}
