package io.qiki.dtmp.nats;

import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The ways out of the process: four into streams, one for what may be conflated. */
final class Lanes {
    private final StreamLane events;
    private final StreamLane commands;
    private final StreamLane states;
    private final StreamLane decisions;
    private final ConflatedLane newest;
    private final Map<String, StreamLane> kinds;

    /** Ways without a connection yet. */
    Lanes(
            String source,
            Outboxes boxes,
            StreamLane.Auditor auditor,
            Consumer<String> broken,
            Consumer<Runnable> soon) {
        LongSupplier clock = System::nanoTime;
        String twins = Subjects.TWIN_STREAM;
        events =
                new StreamLane(
                        Subjects.EVENTS_STREAM, source, boxes.events(), auditor, broken, clock);
        commands = new StreamLane(twins, source, boxes.commands(), auditor, broken, clock);
        states = new StreamLane(twins, source, boxes.states(), auditor, broken, clock);
        decisions = new StreamLane(twins, source, boxes.decisions(), auditor, broken, clock);
        newest = new ConflatedLane(source, soon);
        kinds =
                Map.of(
                        "event",
                        events,
                        "command",
                        commands,
                        "state",
                        states,
                        "decision",
                        decisions);
    }

    StreamLane events() {
        return events;
    }

    StreamLane commands() {
        return commands;
    }

    StreamLane states() {
        return states;
    }

    StreamLane decisions() {
        return decisions;
    }

    ConflatedLane newest() {
        return newest;
    }

    private List<StreamLane> streams() {
        return List.of(events, commands, states, decisions);
    }

    /**
     * There is a connection.
     *
     * @param last sequence of the last message of each stream
     */
    void up(StreamPublisher fresh, Map<String, Long> last) {
        newest.up(fresh);
        events.up(fresh, last.get(Subjects.EVENTS_STREAM));
        for (StreamLane one : List.of(commands, states, decisions)) {
            one.up(fresh, last.get(Subjects.TWIN_STREAM));
        }
    }

    /** There is none any more. */
    void down() {
        newest.down();
        streams().forEach(StreamLane::down);
    }

    /** Time has passed. */
    void check() {
        streams().forEach(StreamLane::check);
    }

    /** Why something does not go although there is a connection. */
    Optional<String> trouble() {
        return streams().stream()
                .map(StreamLane::trouble)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    void addTo(Metrics metrics) {
        kinds.forEach(
                (kind, lane) -> {
                    metrics.rising(
                            MetricNames.NATS_DELIVERED, lane, StreamLane::delivered, "kind", kind);
                    metrics.gauge(
                            MetricNames.NATS_WAITING, lane, one -> one.box().size(), "kind", kind);
                    metrics.gauge(
                            MetricNames.NATS_WAITING_BYTES,
                            lane,
                            one -> one.box().bytes(),
                            "kind",
                            kind);
                    metrics.rising(
                            MetricNames.NATS_DROPPED,
                            lane,
                            one -> one.box().dropped(),
                            "kind",
                            kind);
                });
        metrics.rising(MetricNames.NATS_SENT, newest, ConflatedLane::sent);
        metrics.rising(MetricNames.NATS_CONFLATED, newest, ConflatedLane::dropped);
    }
}
