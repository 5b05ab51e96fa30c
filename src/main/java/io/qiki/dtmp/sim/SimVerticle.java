package io.qiki.dtmp.sim;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.CommandNews;
import io.qiki.dtmp.bus.CommandNewsOutlet;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleSnapshot;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the worlds of a shard, one tick per advance.
 *
 * <p>Owns: the {@link SimShard} of its shard.
 *
 * <p>Consumes: {@link Addresses#simAdvance}, {@link Addresses#simReset}, {@link Addresses#simJoin},
 * {@link Addresses#simAdmit}, {@link Addresses#simInject}, {@link Addresses#simClear}, {@link
 * Addresses#simFaults}, {@link Addresses#simSnapshot}, {@link Addresses#simRestore}.
 *
 * <p>Emits: an observation batch per tick to its shard's agents; {@link Addresses#COMMAND_NEWS};
 * events of faults and of missed answers; {@link Addresses#COMPONENT_FAILED} of its agents.
 *
 * <p>Runs on: an event loop, one instance per shard. It does not answer an advance before the
 * agents' commands are in the world or their deadline has passed; an answer after the deadline
 * counts for the next boundary, and the agents get no further batch before they have answered.
 */
public final class SimVerticle extends VerticleBase {
    /**
     * The agents' deadline is two tick periods of wall time and no less than this, ms: at high
     * speed two periods are shorter than a pause of the garbage collector.
     */
    public static final long LEAST_DEADLINE_MILLIS = 200;

    /** Failed answers of the agents in a row after which they are restarted. */
    private static final int FAILURES_IN_A_ROW = 3;

    private static final Logger LOG = LoggerFactory.getLogger(SimVerticle.class);

    private static final String AGENT_HEALTH = "agent";

    /** Agents that take longer keep their vehicles, ms. */
    private static final long RESTORE_WAIT_MILLIS = 2_000;

    private final Supplier<SimShard> maker;
    private final int shard;
    private final Telemetry telemetry;
    private final LongConsumer stepTimer;
    private final LongConsumer steps;
    private final LongConsumer misses;
    private SimShard worlds;
    private AgentClient agents;
    private boolean fresh = true;
    private int failedAnswers;
    private EventLogClient events;
    private CommandNewsOutlet news;
    private long life;
    private boolean agentsBusy;
    private Future<?> agentsTurn = Future.succeededFuture();
    private boolean agentsSilent;
    private boolean missing;

    /**
     * A verticle for the worlds of a shard.
     *
     * @param maker makes them when the verticle starts
     */
    public SimVerticle(Supplier<SimShard> maker, int shard, Telemetry telemetry) {
        this.maker = maker;
        this.shard = shard;
        this.telemetry = telemetry;
        this.stepTimer = telemetry.metrics().timer(MetricNames.SIM_STEP);
        this.steps = telemetry.metrics().counter(MetricNames.SIM_STEPS);
        this.misses = telemetry.metrics().counter(MetricNames.AGENT_MISSED);
    }

    @Override
    public Future<?> start() {
        worlds = maker.get();
        agents = new AgentClient(vertx, shard);
        events = new EventLogClient(vertx);
        news = new CommandNewsOutlet(vertx, shard);
        var bus = vertx.eventBus();
        return Future.all(
                List.of(
                        bus.localConsumer(Addresses.simAdvance(shard), this::onAdvance)
                                .completion(),
                        bus.localConsumer(Addresses.simReset(shard), this::onReset).completion(),
                        bus.localConsumer(Addresses.simJoin(shard), this::onJoin).completion(),
                        bus.localConsumer(Addresses.simAdmit(shard), this::onAdmit).completion(),
                        bus.localConsumer(Addresses.simInject(shard), this::onInject).completion(),
                        bus.localConsumer(Addresses.simClear(shard), this::onClear).completion(),
                        bus.localConsumer(Addresses.simSnapshot(shard), this::onSnapshot)
                                .completion(),
                        bus.localConsumer(Addresses.simRestore(shard), this::onRestore)
                                .completion(),
                        bus.localConsumer(Addresses.simFaults(shard), this::onFaults)
                                .completion()));
    }

    /** An advance that throws is answered with its failure, so that nobody waits for it. */
    private void onAdvance(Message<SimClient.Advance> message) {
        Future<SimClient.Advanced> advanced;
        try {
            advanced = advance(message.body());
        } catch (RuntimeException e) {
            advanced = Future.failedFuture(e);
        }
        Replies.answerLater(message, advanced);
    }

    private Future<SimClient.Advanced> advance(SimClient.Advance wish) {
        long began = System.nanoTime();
        int stepsPerTick = worlds.world().settings().stepsPerTick();
        if (wish.rejoin() && !fresh) {
            life++;
            worlds.restart(false);
        }
        fresh = false;
        ObservationBatch batch = new ObservationBatch(shard, worlds.advance());
        stepTimer.accept(System.nanoTime() - began);
        steps.accept((long) stepsPerTick * worlds.size());
        recordRestarts();
        news.offer(batch.seen());
        Future<Boolean> missed = agentsBusy ? Future.succeededFuture(true) : ask(batch, wish);
        return missed.map(this::finish);
    }

    private void onReset(Message<String> message) {
        worlds.reset();
        life++;
        message.reply("");
    }

    /** Agents of another process come, or come back. */
    private void onJoin(Message<SimClient.Join> message) {
        Replies.answer(
                message,
                () -> {
                    if (worlds.join(message.body().agents())) {
                        life++;
                    }
                    return "";
                });
    }

    private void onAdmit(Message<SimClient.Admit> message) {
        Replies.answer(message, () -> admit(message.body().command(), message.body().source()));
    }

    /** The one way for a command from outside into a world. */
    private SimClient.Admitted admit(ActuatorCommand command, CommandSource source) {
        int vehicle = worlds.vehicle(command.twin()).orElseThrow(() -> unknown(command.twin()));
        return new SimClient.Admitted(
                worlds.admit(command, source),
                worlds.world().incarnation(vehicle),
                worlds.tick(vehicle),
                worlds.world().step(vehicle));
    }

    private void onFaults(Message<TwinId> message) {
        Replies.answer(message, () -> new SimClient.FaultList(worlds.faults(message.body())));
    }

    private void onInject(Message<SimClient.Inject> message) {
        SimClient.Inject wish = message.body();
        Replies.answer(
                message,
                () -> {
                    worlds.inject(wish.twin(), wish.fault())
                            .ifPresent(
                                    failure -> {
                                        throw new RequestFailed(failure);
                                    });
                    record(wish.twin(), "fault", "injected", describe(wish.fault()));
                    return wish.fault().id();
                });
    }

    private void onClear(Message<SimClient.Clear> message) {
        SimClient.Clear wish = message.body();
        Replies.answer(
                message,
                () -> {
                    worlds.clear(wish.twin(), wish.faultId())
                            .ifPresent(
                                    failure -> {
                                        throw new RequestFailed(failure);
                                    });
                    SortedMap<String, String> data = new TreeMap<>();
                    data.put("fault_id", wish.faultId());
                    record(wish.twin(), "fault", "cleared", data);
                    return "";
                });
    }

    private void onSnapshot(Message<TwinId> message) {
        Replies.answer(
                message,
                () ->
                        kept(
                                worlds.snapshot(message.body())
                                        .orElseThrow(() -> unknown(message.body()))));
    }

    /** Orders that are still to come were decided for the vehicle as it was: they go first. */
    private void onRestore(Message<VehicleSnapshot> message) {
        Promise<Boolean> quiet = Promise.promise();
        agentsTurn.onComplete(over -> quiet.tryComplete(true));
        vertx.setTimer(RESTORE_WAIT_MILLIS, id -> quiet.tryComplete(false));
        Replies.answerLater(message, quiet.future().map(over -> restore(message.body(), over)));
    }

    private SimClient.Kept restore(VehicleSnapshot snapshot, boolean quiet) {
        if (!quiet) {
            throw new RequestFailed(
                    FailureCode.AGENT_MISSED,
                    "the agents of shard " + shard + " are still at their tick; try again");
        }
        worlds.restore(snapshot)
                .ifPresent(
                        failure -> {
                            throw new RequestFailed(failure);
                        });
        SimClient.Kept kept = kept(snapshot);
        SortedMap<String, String> data = new TreeMap<>();
        data.put("incarnation", Integer.toString(kept.incarnation()));
        record(snapshot.twin(), "restart", "restored", data);
        return kept;
    }

    private SimClient.Kept kept(VehicleSnapshot snapshot) {
        int vehicle = worlds.vehicle(snapshot.twin()).orElseThrow();
        return new SimClient.Kept(
                snapshot, worlds.world().incarnation(vehicle), worlds.tick(vehicle));
    }

    private RequestFailed unknown(TwinId twin) {
        return new RequestFailed(FailureCode.NOT_FOUND, "shard " + shard + " has no " + twin);
    }

    private void recordRestarts() {
        for (int i = 0; i < worlds.size(); i++) {
            if (worlds.takeRestarted(i)) {
                SortedMap<String, String> data = new TreeMap<>();
                data.put("incarnation", Integer.toString(worlds.world().incarnation(i)));
                record(worlds.world().twin(i), "restart", "vehicle-failed", data);
            }
        }
    }

    /** Asks the agents; true when their answer was not there by the deadline. */
    private Future<Boolean> ask(ObservationBatch batch, SimClient.Advance wish) {
        long deadlineMillis = deadlineMillis(wish);
        long limitMillis = Math.max(AgentClient.LIMIT_MILLIS, deadlineMillis);
        Promise<Boolean> missed = Promise.promise();
        long asked = life;
        agentsBusy = true;
        long began = System.nanoTime();
        long timer = vertx.setTimer(deadlineMillis, id -> missed.tryComplete(true));
        agentsTurn =
                agents.tick(batch, limitMillis)
                        .onComplete(
                                answered -> {
                                    agentsBusy = false;
                                    vertx.cancelTimer(timer);
                                    if (answered.succeeded() && asked == life) {
                                        take(answered.result());
                                    } else if (answered.failed() && !agentsSilent) {
                                        LOG.warn(
                                                "agents of shard {}: {}",
                                                shard,
                                                answered.cause().getMessage());
                                    }
                                    agentsSilent = answered.failed();
                                    judge(
                                            answered.failed(),
                                            answered.cause(),
                                            System.nanoTime() - began);
                                    missed.tryComplete(answered.failed());
                                });
        return missed.future();
    }

    /** Agents that fail three times in a row, or do not answer at all, are to be restarted. */
    private void judge(boolean failed, Throwable cause, long nanos) {
        failedAnswers = failed ? failedAnswers + 1 : 0;
        boolean silent = failed && nanos >= AgentClient.LIMIT_MILLIS * 1_000_000;
        if (silent || failedAnswers >= FAILURES_IN_A_ROW) {
            failedAnswers = 0;
            vertx.eventBus()
                    .publish(
                            Addresses.COMPONENT_FAILED,
                            new ComponentFailed(AGENT_HEALTH, shard, cause.getMessage()));
        }
    }

    /** Puts the commands into the world: they act from the next step on. */
    private void take(CommandBatch batch) {
        for (AgentOrders one : batch.orders()) {
            worlds.vehicle(one.twin()).ifPresent(at -> news.sent(sent(at, one)));
        }
        worlds.take(batch.turn(), batch.orders())
                .forEach((twin, code) -> LOG.warn("commands of {}: {}", twin, code.text()));
    }

    private List<CommandNews.Sent> sent(int at, AgentOrders orders) {
        int incarnation = worlds.world().incarnation(at);
        long step = worlds.world().step(at);
        return orders.commands().stream()
                .map(one -> new CommandNews.Sent(incarnation, worlds.tick(at), step, one))
                .toList();
    }

    private SimClient.Advanced finish(boolean missed) {
        worlds.finish(missed);
        if (missed) {
            misses.accept(1);
            telemetry.health().down(AGENT_HEALTH, shard, FailureCode.AGENT_MISSED.text());
        } else {
            telemetry.health().up(AGENT_HEALTH, shard);
        }
        if (missed != missing) {
            missing = missed;
            for (int i = 0; i < worlds.size(); i++) {
                record(
                        worlds.world().twin(i),
                        "agent",
                        missed ? "missed" : "answers-again",
                        new TreeMap<>());
            }
        }
        return new SimClient.Advanced(shard, worlds.tick(0), missed);
    }

    private void record(TwinId twin, String type, String reason, SortedMap<String, String> data) {
        int vehicle = worlds.vehicle(twin).orElseThrow();
        events.record(
                List.of(
                        new TwinEvent(
                                type,
                                twin,
                                worlds.tick(vehicle),
                                worlds.world().step(vehicle),
                                TwinEvent.Severity.WARNING,
                                TruthState.OK,
                                reason,
                                data)));
    }

    private static long deadlineMillis(SimClient.Advance advance) {
        return Math.max(LEAST_DEADLINE_MILLIS, 2 * advance.wallPeriodNanos() / 1_000_000);
    }

    private static SortedMap<String, String> describe(FaultSpec fault) {
        SortedMap<String, String> data = new TreeMap<>();
        data.put("fault_id", fault.id());
        data.put("type", fault.type().text());
        data.put("target", fault.target());
        data.put("from_tick", Long.toString(fault.fromTick()));
        if (fault.untilTick() != Long.MAX_VALUE) {
            data.put("until_tick", Long.toString(fault.untilTick()));
        }
        return data;
    }
}
