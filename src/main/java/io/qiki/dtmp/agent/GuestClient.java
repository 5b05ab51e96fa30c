package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.DerivedId;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Asks the guest engines of a shard after each tick, each on a worker of its own, and hands their
 * answers in for the next tick. One that has not answered is not asked again; after {@value
 * #QUARANTINE_TICKS} ticks it is quarantined, and what it answers at last is dropped. Lives on the
 * context of the agents.
 */
final class GuestClient {
    /** An answer later than this many ticks is worth nothing any more. */
    static final int QUARANTINE_TICKS = 20;

    private static final int MAX_TOLD = 16;
    private static final long IDS_PER_TICK = 1_024;

    private final Vertx vertx;
    private final AgentShard agents;
    private final Guests guests;
    private final Consumer<List<TwinEvent>> events;
    private final List<Desk> desks = new ArrayList<>();

    /**
     * What runs beside the agents of a process.
     *
     * @param seed of the run; ids follow from it
     * @param engines shared by all agents
     */
    record Guests(long seed, List<GuestEngine> engines) {
        Guests {
            engines = List.copyOf(engines);
        }
    }

    /** What an engine is asked about one twin. */
    private record Question(Observation seen, FsmSnapshot state, Drafts drafts) {}

    /** What an engine said about one twin; a failure is said as well. */
    private record Said(TwinEvent about, int incarnation, EngineAnswer answer, String failure) {}

    GuestClient(
            Vertx vertx,
            AgentShard agents,
            Guests guests,
            Metrics metrics,
            Consumer<List<TwinEvent>> events) {
        this.vertx = vertx;
        this.agents = agents;
        this.guests = guests;
        this.events = events;
        for (GuestEngine engine : guests.engines()) {
            desks.add(new Desk(engine, metrics));
        }
    }

    /** Asks everybody who is free about what was seen at a tick. */
    void ask(List<SensedInput> sensed, AgentBatch batch) {
        for (Desk desk : desks) {
            desk.ask(sensed, batch);
        }
    }

    /** Engines that have not answered yet. */
    int waiting() {
        return (int) desks.stream().filter(desk -> desk.busy).count();
    }

    /** Lets every worker go; one that is stuck keeps its thread until the process ends. */
    void close() {
        desks.forEach(desk -> desk.worker.close());
    }

    /** One engine and how it fares. */
    private final class Desk {
        private final GuestEngine engine;
        private final WorkerExecutor worker;
        private final LongConsumer skipped;
        private final LongConsumer quarantines;
        private final LongConsumer failures;
        private List<TwinEvent> about = List.of();
        private boolean busy;
        private boolean failing;
        private int waited;

        Desk(GuestEngine engine, Metrics metrics) {
            this.engine = engine;
            this.worker =
                    vertx.createSharedWorkerExecutor(
                            "guest-" + engine.id() + "-" + System.identityHashCode(this), 1);
            this.skipped = metrics.counter(MetricNames.GUEST_SKIPPED, "engine", engine.id());
            this.quarantines =
                    metrics.counter(MetricNames.GUEST_QUARANTINED, "engine", engine.id());
            this.failures = metrics.counter(MetricNames.GUEST_FAILURES, "engine", engine.id());
        }

        void ask(List<SensedInput> sensed, AgentBatch batch) {
            if (busy) {
                skipped.accept(1);
                waited++;
                if (waited == QUARANTINE_TICKS) {
                    quarantines.accept(1);
                    tell("quarantined", "has not answered for " + QUARANTINE_TICKS + " ticks");
                }
                return;
            }
            List<Question> questions = new ArrayList<>(sensed.size());
            for (int i = 0; i < sensed.size(); i++) {
                if (sensed.get(i) instanceof SensedInput.Seen seen) {
                    questions.add(question(seen.observation(), batch.twins().get(i)));
                }
            }
            if (questions.isEmpty()) {
                return;
            }
            busy = true;
            waited = 0;
            about = questions.stream().limit(MAX_TOLD).map(this::event).toList();
            Context own = vertx.getOrCreateContext();
            worker.executeBlocking(() -> answer(questions), false)
                    .onComplete(
                            done ->
                                    own.runOnContext(
                                            turn ->
                                                    onAnswered(
                                                            done.succeeded()
                                                                    ? done.result()
                                                                    : List.of())));
        }

        private Question question(Observation seen, TwinTick tick) {
            TwinId twin = tick.twin();
            Drafts drafts =
                    new Drafts.Streams(
                                    twin,
                                    stream("guest-proposal-", twin),
                                    stream("guest-command-", twin))
                            .of(0, seen.epochSeen(), seen.incarnation())
                            .at(
                                    seen.tick(),
                                    seen.tick() * IDS_PER_TICK,
                                    seen.tick() * IDS_PER_TICK);
            return new Question(seen, tick.output().snapshot(), drafts);
        }

        private long stream(String kind, TwinId twin) {
            return DerivedId.streamKey(guests.seed(), twin, kind + engine.id());
        }

        /** On the worker: whatever the engine does to one twin's question, the others are asked. */
        private List<Said> answer(List<Question> questions) {
            List<Said> said = new ArrayList<>(questions.size());
            for (Question question : questions) {
                Observation seen = question.seen();
                EngineAnswer nothing = new EngineAnswer(engine.id(), seen.tick(), List.of());
                try {
                    var proposals =
                            Check.present(
                                    engine.propose(seen, question.state(), question.drafts()),
                                    "proposals");
                    said.add(
                            new Said(
                                    event(question),
                                    seen.incarnation(),
                                    new EngineAnswer(engine.id(), seen.tick(), proposals),
                                    ""));
                } catch (Exception | StackOverflowError | LinkageError | AssertionError thrown) {
                    said.add(
                            new Said(
                                    event(question),
                                    seen.incarnation(),
                                    nothing,
                                    TickEvents.text(thrown)));
                }
            }
            return said;
        }

        private void onAnswered(List<Said> all) {
            busy = false;
            boolean late = waited >= QUARANTINE_TICKS;
            if (late) {
                tell("answers-again", "after " + waited + " ticks; its answer is dropped");
            }
            boolean failed = false;
            for (Said said : all) {
                if (!said.failure().isEmpty()) {
                    failures.accept(1);
                    if (!failing && !failed) {
                        events.accept(List.of(with(said.about(), "failed", said.failure())));
                    }
                    failed = true;
                } else if (!late && !said.answer().proposals().isEmpty()) {
                    agents.answer(said.about().twin(), said.answer(), said.incarnation());
                }
            }
            failing = failed;
        }

        private TwinEvent event(Question question) {
            Observation seen = question.seen();
            return new TwinEvent(
                    "engine",
                    seen.twin(),
                    seen.tick(),
                    seen.step(),
                    TwinEvent.Severity.WARNING,
                    TruthState.OK,
                    "asked",
                    new TreeMap<>(Map.of("engine", engine.id())));
        }

        private void tell(String reason, String cause) {
            events.accept(about.stream().map(event -> with(event, reason, cause)).toList());
        }

        private TwinEvent with(TwinEvent event, String reason, String cause) {
            TreeMap<String, String> data = new TreeMap<>(event.data());
            data.put("cause", cause);
            return new TwinEvent(
                    event.type(),
                    event.twin(),
                    event.tick(),
                    event.step(),
                    event.severity(),
                    event.truth(),
                    reason,
                    data);
        }
    }
}
