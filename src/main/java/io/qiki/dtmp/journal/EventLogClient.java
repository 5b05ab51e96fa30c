package io.qiki.dtmp.journal;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;

/**
 * Writes and reads the event log of this process. Reading fails with journal.unavailable while the
 * log is away.
 */
public final class EventLogClient {
    /** How long a request for coming events may wait for one, ms. */
    public static final long PATIENCE_MILLIS = 5_000;

    /** Batches that may wait for their acknowledgement; what is beyond is dropped and counted. */
    public static final int MAX_UNACKNOWLEDGED = 256;

    private static final long LIMIT_MILLIS = 10_000;

    private final Vertx vertx;
    private int unacknowledged;
    private long dropped;

    /** A client of the process's log, for one context. */
    public EventLogClient(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Writes events down, in their order; an empty list is nothing. */
    public void record(List<TwinEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        if (unacknowledged >= MAX_UNACKNOWLEDGED) {
            dropped += events.size();
            return;
        }
        unacknowledged++;
        this.<Object>request(Addresses.JOURNAL_RECORD, new EventBatch(events))
                .onComplete(done -> unacknowledged--)
                .onFailure(lost -> dropped += events.size());
    }

    /** Events that could not be written because the log did not keep up. */
    public long dropped() {
        return dropped;
    }

    /** The newest matches of a query. */
    public Future<EventPage> read(EventQuery query) {
        return request(Addresses.JOURNAL_EVENTS, new Read(query));
    }

    /**
     * The events after an id, oldest first; waits for one up to {@link #PATIENCE_MILLIS}, then
     * gives an empty page.
     */
    public Future<EventPage> next(long afterId) {
        return request(Addresses.JOURNAL_NEXT, new Next(afterId));
    }

    /**
     * The oldest events after an id, for a reader that wants every one; waits for one up to {@link
     * #PATIENCE_MILLIS}, then gives an empty page.
     *
     * @param limit most events to give, 1..{@link EventQuery#MAX_LIMIT}
     */
    public Future<EventPage> follow(long afterId, int limit) {
        return request(Addresses.JOURNAL_FOLLOW, new Follow(afterId, limit));
    }

    private <R> Future<R> request(String address, Object body) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(LIMIT_MILLIS);
        Future<Message<R>> reply = vertx.eventBus().request(address, body, options);
        return Replies.translate(reply.map(Message::body), FailureCode.JOURNAL_UNAVAILABLE);
    }

    /** Events to write down. */
    record EventBatch(List<TwinEvent> events) {}

    /** A query. */
    record Read(EventQuery query) {}

    /** A reader at the end of the log. */
    record Next(long afterId) {}

    /** A reader that wants every event. */
    record Follow(long afterId, int limit) {}
}
