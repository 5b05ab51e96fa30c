package io.qiki.dtmp.nats;

import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.journal.EventPage;
import io.qiki.dtmp.journal.EventQuery;
import io.qiki.dtmp.journal.LoggedEvent;
import io.vertx.core.Vertx;

/**
 * Follows the event log and sends on every event, and as a message of its own every stage of a
 * command. It takes no more than its lanes have room for: while NATS is away the log keeps the
 * events. Lives on its owner's context.
 */
final class EventFeed {
    private static final long RETRY_MILLIS = 500;

    /** More than an event takes, bytes. */
    private static final int LARGE = 4_096;

    private final Vertx vertx;
    private final NatsConfig config;
    private final Outboxes boxes;
    private final Composer composer;
    private final EventLogClient log;
    private final StreamLane events;
    private final StreamLane commands;
    private final ConflatedLane newest;
    private boolean closed;

    EventFeed(
            Vertx vertx,
            NatsConfig config,
            Outboxes boxes,
            Composer composer,
            StreamLane events,
            StreamLane commands,
            ConflatedLane newest) {
        this.vertx = vertx;
        this.config = config;
        this.boxes = boxes;
        this.composer = composer;
        this.log = new EventLogClient(vertx);
        this.events = events;
        this.commands = commands;
        this.newest = newest;
    }

    /** Begins to follow. */
    void open() {
        follow();
    }

    /** Ends following. */
    void close() {
        closed = true;
    }

    private void follow() {
        if (closed) {
            return;
        }
        int room = Math.min(events.box().room(LARGE), commands.box().room(LARGE));
        if (room == 0) {
            again();
            return;
        }
        log.follow(boxes.lastEvent(), Math.min(room, EventQuery.MAX_LIMIT))
                .onSuccess(this::onPage)
                .onFailure(away -> again());
    }

    private void again() {
        vertx.setTimer(RETRY_MILLIS, id -> follow());
    }

    private void onPage(EventPage page) {
        if (closed) {
            return;
        }
        page.events().forEach(this::onEvent);
        follow();
    }

    /** Ids that are left out were gone from the log before they could be taken. */
    private void onEvent(LoggedEvent logged) {
        long gone = logged.id() - boxes.lastEvent() - 1;
        if (gone > 0) {
            events.missing(gone);
        }
        boxes.lastEvent(logged.id());
        events.offer(composer.event(logged));
        composer.command(logged, false).ifPresent(commands::offer);
        if (config.json()) {
            composer.command(logged, true)
                    .ifPresent(stage -> newest.offer(stage.id(), () -> stage));
        }
    }
}
