package io.qiki.dtmp.grpc;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.TwinId;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One reader of a stream: while it keeps up it gets every value; a slow one has a slot per twin, in
 * which the newest wins, and is told how many it missed. It never holds up anybody, and takes no
 * more memory than its slots.
 *
 * @param <V> what is offered
 * @param <R> what is sent
 */
final class Watch<V, R> {
    private final GrpcServerResponse<?, R> response;
    private final Set<TwinId> twins;
    private final Encoder<V, R> encoder;
    private final LongConsumer conflated;
    private final Map<TwinId, Slot<V>> slots = new LinkedHashMap<>();
    private boolean over;

    /** Makes a message of a value. */
    @FunctionalInterface
    interface Encoder<V, R> {
        /** The message that tells a value and how many values of its twin it replaced. */
        R encode(V value, long missed);
    }

    private record Slot<V>(V value, long missed) {}

    Watch(
            GrpcServerRequest<?, R> call,
            Set<TwinId> twins,
            Encoder<V, R> encoder,
            LongConsumer conflated) {
        this.response = call.response();
        this.twins = twins;
        this.encoder = encoder;
        this.conflated = conflated;
        call.exceptionHandler(gone -> over = true);
        call.errorHandler(given -> over = true);
        response.exceptionHandler(gone -> over = true);
        response.drainHandler(room -> drain());
    }

    /** Whether the reader has gone. */
    boolean over() {
        return over;
    }

    /**
     * Sends a value, or keeps it for later in place of an older one.
     *
     * @param lost values of the twin since the last offer that never came this far
     */
    void offer(TwinId twin, V value, long lost) {
        if (over || !twins.contains(twin)) {
            return;
        }
        Slot<V> waiting = slots.remove(twin);
        long replaced = waiting == null ? 0 : waiting.missed() + 1;
        conflated.accept(lost + (waiting == null ? 0 : 1));
        slots.put(twin, new Slot<>(value, replaced + lost));
        drain();
    }

    private void drain() {
        Iterator<Slot<V>> waiting = slots.values().iterator();
        while (!over && waiting.hasNext() && !response.writeQueueFull()) {
            Slot<V> slot = waiting.next();
            waiting.remove();
            R message = encoder.encode(slot.value(), slot.missed());
            GrpcStatuses.ifOpen(() -> response.write(message).onFailure(gone -> over = true));
        }
    }

    /** Ends the stream with a reason. */
    void end(Failure failure) {
        if (!over) {
            over = true;
            GrpcStatuses.fail(response, failure);
        }
    }
}
