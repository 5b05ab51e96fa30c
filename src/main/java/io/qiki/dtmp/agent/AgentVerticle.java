package io.qiki.dtmp.agent;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.AgentWish;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.CreditOutlet;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Runs the agents of a shard, one tick per observation batch.
 *
 * <p>Owns: the {@link AgentShard} of its shard.
 *
 * <p>Consumes: {@link Addresses#agentTick}, {@link Addresses#agentBlind}, {@link
 * Addresses#agentAnswer}, {@link Addresses#agentRequest}.
 *
 * <p>Emits: the commands as the answer; {@link Addresses#agentReports}, a credit stream; commits to
 * the store; events to the log.
 *
 * <p>Runs on: an event loop, one instance per shard. A batch is answered once the store has
 * acknowledged its commits or has failed to; meanwhile a further batch is refused. In lockstep it
 * waits for the store as long as it takes, and a batch that the store did not see fails.
 */
public final class AgentVerticle extends VerticleBase implements PhaseListener {
    private static final Phase[] PHASES = Phase.values();

    private final int shard;
    private final List<TwinId> twins;
    private final Factory factory;
    private final Home home;
    private final Telemetry telemetry;
    private final LongConsumer batchTimer;
    private final LongConsumer[] phaseTimers = new LongConsumer[PHASES.length];
    private final List<Long[]> phaseMicros = new ArrayList<>();
    private final Map<TwinId, Observation> heard = new HashMap<>();
    private AgentShard agents;
    private CommitClient commits;
    private GuestClient guests;
    private CreditOutlet<Integer, TickReport> reports;
    private EventLogClient events;
    private TickReport newest;
    private long phaseBegan;
    private boolean busy;
    private long claim;

    /**
     * A verticle.
     *
     * @param twins of the shard, in its order
     * @param home what outlives the verticle
     */
    public AgentVerticle(
            int shard, List<TwinId> twins, Factory factory, Home home, Telemetry telemetry) {
        this.home = home;
        this.shard = shard;
        this.twins = List.copyOf(twins);
        this.factory = factory;
        this.telemetry = telemetry;
        this.newest = new TickReport(shard, List.of());
        this.batchTimer = telemetry.metrics().timer(MetricNames.AGENT_BATCH);
        for (Phase phase : PHASES) {
            phaseTimers[phase.ordinal()] =
                    telemetry
                            .metrics()
                            .timer(
                                    MetricNames.AGENT_PHASE,
                                    "phase",
                                    phase.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What outlives the verticle.
     *
     * @param vault where the agents' states are kept
     * @param inputs opens the way into the input log
     * @param seed of the run
     * @param guests engines beside the agents
     * @param lockstep whether time is what the batches say, not what the clock says
     */
    public record Home(
            AgentVault vault,
            Supplier<InputSink> inputs,
            long seed,
            List<GuestEngine> guests,
            boolean lockstep) {
        /** Copies. */
        public Home {
            guests = List.copyOf(guests);
        }
    }

    /** Makes the agents of a shard. */
    @FunctionalInterface
    public interface Factory {
        /**
         * The agents of some twins.
         *
         * @param twins in their order
         * @param writer name under which they acquire their states
         */
        AgentShard create(
                List<TwinId> twins,
                String writer,
                CommitPort commits,
                Function<TwinId, PhaseListener> phases);

        /** Agents of these settings. */
        static Factory of(AgentSettings settings, long seed) {
            return (twins, writer, commits, phases) ->
                    new AgentShard(settings, seed, twins, writer, commits, phases);
        }
    }

    @Override
    public Future<?> start() {
        events = new EventLogClient(vertx);
        commits =
                new CommitClient(
                        home.lockstep()
                                ? StateStoreClient.patient(vertx)
                                : new StateStoreClient(vertx),
                        telemetry);
        claim = home.vault().claim();
        agents = factory.create(twins, writer(), commits, twin -> this);
        agents.recordTo(shard, home.inputs().get());
        guests =
                new GuestClient(
                        vertx,
                        agents,
                        new GuestClient.Guests(home.seed(), home.guests()),
                        telemetry.metrics(),
                        events::record);
        home.vault().past().ifPresent(past -> agents.revive(past.states(), past.turn()));
        reports =
                new CreditOutlet<Integer, TickReport>(vertx, Addresses.agentReports(shard))
                        .greetingWith(() -> Map.of(shard, newest));
        var bus = vertx.eventBus();
        return reports.open()
                .compose(
                        open ->
                                Future.all(
                                        bus.localConsumer(Addresses.agentTick(shard), this::onTick)
                                                .completion(),
                                        bus.localConsumer(
                                                        Addresses.agentBlind(shard), this::onBlind)
                                                .completion(),
                                        bus.localConsumer(
                                                        Addresses.agentAnswer(shard),
                                                        this::onAnswer)
                                                .completion(),
                                        bus.localConsumer(
                                                        Addresses.agentRequest(shard),
                                                        this::onRequest)
                                                .completion()));
    }

    @Override
    public Future<?> stop() {
        guests.close();
        return reports.close();
    }

    private void onTick(Message<ObservationBatch> message) {
        tick(message, message.body().seen());
    }

    /** The commands of a blind tick go nowhere: the vehicle flies the safe set itself. */
    private void onBlind(Message<String> message) {
        Failure failure = new Failure(FailureCode.PROVIDER_UNAVAILABLE, message.body());
        tick(message, SensedBatch.blind(twins.size(), failure));
    }

    private void tick(Message<?> message, SensedBatch seen) {
        if (busy) {
            Replies.fail(
                    message,
                    new RequestFailed(
                            FailureCode.AGENT_MISSED,
                            "shard " + shard + " has not finished the tick before"));
            return;
        }
        long began = System.nanoTime();
        phaseMicros.clear();
        busy = true;
        try {
            agents.tick(
                    seen,
                    batch -> {
                        onTicked(seen, batch, began);
                        answer(message, batch);
                    });
        } catch (RuntimeException e) {
            busy = false;
            Replies.fail(message, e);
        }
    }

    /** What depends on when the store answers is no result of a lockstep. */
    private void answer(Message<?> message, AgentBatch batch) {
        if (home.lockstep() && commits.unanswered() > 0) {
            Replies.fail(
                    message,
                    new RequestFailed(
                            FailureCode.STORE_UNAVAILABLE,
                            "the store did not answer, and a lockstep does not go on without it"));
            return;
        }
        message.reply(new CommandBatch(shard, batch.turn(), batch.orders(), standings(batch)));
    }

    /** Agents that have never seen a world stand nowhere in it. */
    private List<AgentStanding> standings(AgentBatch batch) {
        return batch.twins().stream()
                .filter(one -> incarnation(one.twin()) >= 0)
                .map(one -> one.standing(incarnation(one.twin())))
                .toList();
    }

    private int incarnation(TwinId twin) {
        return agents.state(twin).incarnation();
    }

    /** A successor is another writer: it fences its predecessor off. */
    private String writer() {
        return "agent-shard-" + shard + (claim == 1 ? "" : "-" + claim);
    }

    private void onRequest(Message<AgentWish> message) {
        Replies.answer(message, () -> request(message.body()));
    }

    private void onAnswer(Message<AgentClient.Answered> message) {
        AgentClient.Answered one = message.body();
        Replies.answer(
                message,
                () -> {
                    if (!agents.answer(one.twin(), one.answer())) {
                        throw new RequestFailed(
                                FailureCode.QUEUE_FULL,
                                "the agent of "
                                        + one.twin()
                                        + " has "
                                        + AgentShard.MAX_ANSWERS
                                        + " answers waiting, or does not live here");
                    }
                    return "";
                });
    }

    /** The one way for a request of an operator to an agent. */
    private AgentClient.Requested request(AgentWish wish) {
        if (!twins.contains(wish.twin())) {
            throw new RequestFailed(
                    FailureCode.NOT_FOUND, "shard " + shard + " has no agent of " + wish.twin());
        }
        AgentState state = agents.state(wish.twin());
        int living = Math.max(0, state.incarnation());
        int incarnation = wish.incarnation() == AgentWish.LIVING ? living : wish.incarnation();
        if (!agents.request(wish.twin(), wish.request(), incarnation)) {
            throw new RequestFailed(
                    FailureCode.QUEUE_FULL,
                    "the agent of "
                            + wish.twin()
                            + " has "
                            + AgentShard.MAX_REQUESTS
                            + " requests waiting; wait for its next tick");
        }
        return new AgentClient.Requested(incarnation, Math.max(0, state.tick()), state.step());
    }

    @Override
    public void begins(Phase phase) {
        if (phase == Phase.SENSE) {
            Long[] micros = new Long[PHASES.length];
            Arrays.fill(micros, 0L);
            phaseMicros.add(micros);
        }
        phaseBegan = System.nanoTime();
    }

    @Override
    public void ends(Phase phase) {
        long nanos = System.nanoTime() - phaseBegan;
        phaseTimers[phase.ordinal()].accept(nanos);
        if (!phaseMicros.isEmpty()) {
            phaseMicros.get(phaseMicros.size() - 1)[phase.ordinal()] = nanos / 1_000;
        }
    }

    private void onTicked(SensedBatch seen, AgentBatch batch, long began) {
        busy = false;
        batchTimer.accept(System.nanoTime() - began);
        home.vault().deposit(claim, new AgentVault.Past(agents.states(), batch.turn()));
        newest = report(seen.sensed(), batch);
        reports.offer(shard, newest);
        List<TwinEvent> happened = new ArrayList<>();
        for (TwinTick tick : batch.twins()) {
            happened.addAll(tick.output().events());
        }
        events.record(happened);
        guests.ask(seen.sensed(), batch);
    }

    /** A twin that was not heard is shown with what was heard last. */
    private TickReport report(List<SensedInput> sensed, AgentBatch batch) {
        List<TwinReport> twinReports = new ArrayList<>(sensed.size());
        for (int i = 0; i < sensed.size(); i++) {
            TwinTick tick = batch.twins().get(i);
            if (sensed.get(i) instanceof SensedInput.Seen seen) {
                heard.put(tick.twin(), seen.observation());
            }
            if (!heard.containsKey(tick.twin())) {
                continue;
            }
            TickOutput output = tick.output();
            twinReports.add(
                    new TwinReport(
                            heard.get(tick.twin()),
                            tick.stored().orElseGet(() -> unborn(tick.twin())),
                            output.decision(),
                            output.bios(),
                            output.tracks(),
                            output.trust(),
                            agents.outlook(i),
                            i < phaseMicros.size() ? List.of(phaseMicros.get(i)) : List.of()));
        }
        return new TickReport(shard, twinReports);
    }

    /** What the store would hold of an agent that it has never heard of. */
    private static StoredState unborn(TwinId twin) {
        return new StoredState(twin, 0, 0, 0, FsmSnapshot.coldStart());
    }
}
