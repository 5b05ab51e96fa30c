package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.journal.EventPage;
import io.qiki.dtmp.journal.LoggedEvent;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends browsers what changes: telemetry at most 10 times a second, decisions 5 times, states and
 * events each, the fleet once. Lives on its owner's event loop.
 */
final class LivePush {
    private static final long TELEMETRY_NANOS = 100_000_000;
    private static final long LEAST_LATE_MILLIS = 500;
    private static final long DECISION_NANOS = 200_000_000;
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final LiveApi api;
    private final LiveView live;
    private final BrowserHub hub;
    private final Map<String, Coalescer> rates = new HashMap<>();
    private long lastEventId;
    private long eventsMissed;
    private long logDropped;
    private boolean closed;

    LivePush(Vertx vertx, LiveApi api, LiveView live) {
        this.vertx = vertx;
        this.api = api;
        this.live = live;
        this.hub = new BrowserHub(this::newest);
    }

    BrowserHub hub() {
        return hub;
    }

    /** Begins to follow the event log. */
    void open() {
        followEvents();
    }

    /** Ends following. */
    void close() {
        closed = true;
    }

    /** A tick is done. */
    void onTick(TickReport tick) {
        for (TwinReport report : tick.reports()) {
            live.twin(report.twin().value()).ifPresent(this::onTick);
        }
    }

    /** A state changed. */
    void onState(StoredState state) {
        live.twin(state.twin().value())
                .filter(view -> hub.wanted(topic(view, BrowserTopic.Kind.STATE)))
                .ifPresent(this::sendState);
    }

    /** Run state or speed changed. */
    void onRunStatus(RunStatus status) {
        sendFleet();
        live.twins().forEach(this::onTick);
    }

    /** A second has passed. */
    void onSecond() {
        sendFleet();
        hub.closeStuck(System.nanoTime());
    }

    private void onTick(TwinView view) {
        coalesce(topic(view, BrowserTopic.Kind.TELEMETRY), TELEMETRY_NANOS);
        coalesce(topic(view, BrowserTopic.Kind.DECISION), DECISION_NANOS);
    }

    private void coalesce(BrowserTopic topic, long intervalNanos) {
        if (!hub.wanted(topic)) {
            rates.remove(topic.address());
            return;
        }
        Coalescer rate = rates.computeIfAbsent(topic.address(), a -> new Coalescer(intervalNanos));
        long wait = rate.offer(System.nanoTime());
        if (wait == 0) {
            send(topic);
        } else if (wait > 0) {
            vertx.setTimer(
                    (wait + 999_999) / 1_000_000,
                    id -> {
                        rate.fire(System.nanoTime());
                        send(topic);
                    });
        }
    }

    private void send(BrowserTopic topic) {
        newest(topic).ifPresent(body -> hub.publish(topic, body));
    }

    private void sendState(TwinView view) {
        api.state(view)
                .onSuccess(state -> hub.publish(topic(view, BrowserTopic.Kind.STATE), state))
                .onFailure(away -> vertx.setTimer(RETRY_MILLIS, id -> sendState(view)));
    }

    private void sendFleet() {
        if (hub.wanted(BrowserTopic.fleet())) {
            hub.publish(BrowserTopic.fleet(), api.fleet());
        }
    }

    private void followEvents() {
        if (closed) {
            return;
        }
        api.nextEvents(lastEventId)
                .compose(page -> older(page, new ArrayDeque<>()))
                .onSuccess(this::onEvents)
                .onFailure(away -> vertx.setTimer(RETRY_MILLIS, id -> followEvents()));
    }

    /** A page with the pages before it, back to the last event that was sent; oldest first. */
    private Future<Deque<EventPage>> older(EventPage page, Deque<EventPage> newer) {
        newer.addFirst(page);
        logDropped = Math.max(logDropped, page.dropped());
        if (lastEventId == 0 || page.next().isEmpty()) {
            return Future.succeededFuture(newer);
        }
        return api.eventsBetween(lastEventId, page.next().getAsLong())
                .compose(before -> older(before, newer));
    }

    private void onEvents(Deque<EventPage> pages) {
        for (EventPage page : pages) {
            page.events().forEach(this::onEvent);
        }
        followEvents();
    }

    private void onEvent(LoggedEvent logged) {
        eventsMissed += lastEventId == 0 ? 0 : logged.id() - lastEventId - 1;
        lastEventId = logged.id();
        BrowserTopic topic =
                BrowserTopic.of(logged.event().twin().value(), BrowserTopic.Kind.EVENT);
        if (hub.wanted(topic)) {
            hub.publish(topic, api.event(logged));
        }
    }

    /** Events that were gone from the log before they could be sent. */
    long eventsMissed() {
        return eventsMissed;
    }

    /** Events that the log has given up for newer ones. */
    long logDropped() {
        return logDropped;
    }

    /** The present body of a topic; none for events, whose past is in the snapshot. */
    private Optional<JsonObject> newest(BrowserTopic topic) {
        if (topic.kind() == BrowserTopic.Kind.FLEET) {
            return Optional.of(api.fleet());
        }
        return live.twin(topic.twin()).flatMap(view -> newest(topic, view));
    }

    private Optional<JsonObject> newest(BrowserTopic topic, TwinView view) {
        return switch (topic.kind()) {
            case TELEMETRY ->
                    Optional.of(
                            api.telemetry(view)
                                    .put("late_after_ms", lateAfterMillis())
                                    .put("run_state", live.runStatus().runState().name())
                                    .put("speed", live.runStatus().speed()));
            case DECISION ->
                    view.report().isEmpty() ? Optional.empty() : Optional.of(api.decision(view));
            case STATE -> {
                sendState(view);
                yield Optional.empty();
            }
            case EVENT, COMMAND, FLEET -> Optional.empty();
        };
    }

    /** Without new telemetry for two of its periods, wall time, what is shown is stale. */
    private long lateAfterMillis() {
        double tickMillis = api.tickMillis() / live.runStatus().speed();
        return Math.max(LEAST_LATE_MILLIS, Math.round(2 * tickMillis));
    }

    private static BrowserTopic topic(TwinView view, BrowserTopic.Kind kind) {
        return BrowserTopic.of(view.twin().value(), kind);
    }
}
