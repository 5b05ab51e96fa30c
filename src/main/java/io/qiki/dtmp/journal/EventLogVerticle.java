package io.qiki.dtmp.journal;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.TwinEvent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Puts the event log on the bus.
 *
 * <p>Owns: nothing of its own; it is the only one that touches the {@link EventLog}, which outlives
 * it. Readers at the end of the log wait in a bounded queue.
 *
 * <p>Consumes: {@link Addresses#JOURNAL_RECORD}, {@link Addresses#JOURNAL_EVENTS}, {@link
 * Addresses#JOURNAL_NEXT}, {@link Addresses#JOURNAL_FOLLOW}.
 *
 * <p>Emits: replies only.
 *
 * <p>Runs on: an event loop, one instance per process.
 */
public final class EventLogVerticle extends VerticleBase {
    private static final int MAX_WAITING = 64;
    private static final long CHECK_MILLIS = 500;

    private final EventLog log;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long timer = -1;

    /** A verticle for a log. */
    public EventLogVerticle(EventLog log) {
        this.log = log;
    }

    @Override
    public Future<?> start() {
        timer = vertx.setPeriodic(CHECK_MILLIS, id -> onCheck());
        var bus = vertx.eventBus();
        return Future.all(
                bus.localConsumer(Addresses.JOURNAL_RECORD, this::onRecord).completion(),
                bus.localConsumer(Addresses.JOURNAL_EVENTS, this::onRead).completion(),
                bus.localConsumer(Addresses.JOURNAL_NEXT, this::onNext).completion(),
                bus.localConsumer(Addresses.JOURNAL_FOLLOW, this::onFollow).completion());
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        waiting.forEach(this::answer);
        waiting.clear();
        return Future.succeededFuture();
    }

    private void onRecord(Message<EventLogClient.EventBatch> message) {
        List<TwinEvent> events = message.body().events();
        events.forEach(log::append);
        message.reply(events.size());
        List<Waiting> readers = new ArrayList<>(waiting);
        waiting.clear();
        readers.forEach(this::answer);
    }

    private void onRead(Message<EventLogClient.Read> message) {
        Replies.answer(message, () -> log.read(message.body().query()));
    }

    private void onNext(Message<EventLogClient.Next> message) {
        long after = message.body().afterId();
        EventQuery query = EventQuery.newest(EventQuery.MAX_LIMIT).after(after);
        await(message, after, () -> log.read(query));
    }

    private void onFollow(Message<EventLogClient.Follow> message) {
        EventLogClient.Follow wish = message.body();
        await(
                message,
                wish.afterId(),
                () ->
                        new EventPage(
                                log.after(wish.afterId(), wish.limit()),
                                OptionalLong.empty(),
                                log.dropped()));
    }

    private void await(Message<?> message, long after, Supplier<EventPage> page) {
        Waiting reader = new Waiting(message, page, System.nanoTime());
        if (after < log.lastId() || waiting.size() >= MAX_WAITING) {
            answer(reader);
        } else {
            waiting.add(reader);
        }
    }

    private void onCheck() {
        long limit = EventLogClient.PATIENCE_MILLIS * 1_000_000;
        while (!waiting.isEmpty() && System.nanoTime() - waiting.peek().sinceNanos() > limit) {
            answer(waiting.poll());
        }
    }

    private void answer(Waiting reader) {
        Replies.answer(reader.message(), reader.page());
    }

    private record Waiting(Message<?> message, Supplier<EventPage> page, long sinceNanos) {}
}
