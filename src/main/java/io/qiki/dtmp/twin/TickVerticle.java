package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.sim.SimVerticle;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the next tick begins and says "one more" to every shard.
 *
 * <p>Owns: run state, speed and schedule ({@link TickPacer}).
 *
 * <p>Consumes: {@link Addresses#TICK_CONTROL}, {@link Addresses#TICK_STATUS}.
 *
 * <p>Emits: advance and reset to each shard's simulator; blind ticks to its agents; {@link
 * Addresses#TICK_CHANGED}; {@link Addresses#COMPONENT_FAILED} of a simulator; an event per control
 * command.
 *
 * <p>Runs on: an event loop, one instance per process. Work is strictly one after the other: a tick
 * begins when the one before it is over in every shard. A shard whose simulator has not answered by
 * the deadline ticks its agents blind, once per tick, until it has; then its worlds go on in their
 * next incarnation.
 */
public final class TickVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(TickVerticle.class);
    private static final long NO_TIMER = -1;
    private static final String SIM_HEALTH = "sim";

    /** Failed advances in a row after which a simulator is restarted. Source: design. */
    private static final int FAILURES_IN_A_ROW = 3;

    /** Control commands that may wait for what is under way. */
    private static final int MAX_WAITING = 16;

    private static final int MAX_TOLD = 16;

    /** A simulator that is just being restarted is asked again after so long, ms. */
    private static final long AGAIN_MILLIS = 50;

    /** How often it is asked: 20 s, more than a restart takes and less than a command may. */
    private static final int TRIES = 400;

    private final TickConfig config;
    private final Telemetry telemetry;
    private final LongConsumer lateness;
    private final PaceVault vault;
    private final LongSupplier nanoTime;
    private final TickPacer pacer;
    private long claim;
    private List<ShardPace> shards = List.of();
    private Future<Void> tail = Future.succeededFuture();
    private long timer = NO_TIMER;
    private EventLogClient events;
    private long ticks;
    private long shardTick;
    private long failedAdvances;
    private int waiting;

    /** A verticle on the wall clock that goes on as its predecessor left off. */
    public TickVerticle(TickConfig config, Telemetry telemetry, PaceVault vault) {
        this(config, telemetry, vault, System::nanoTime);
    }

    TickVerticle(TickConfig config, Telemetry telemetry, PaceVault vault, LongSupplier nanoTime) {
        this.telemetry = telemetry;
        this.lateness = telemetry.metrics().timer(MetricNames.TICK_LATENESS);
        this.config = config;
        this.vault = vault;
        this.nanoTime = nanoTime;
        this.pacer = new TickPacer(config.periodNanos(), config.speed());
    }

    @Override
    public Future<?> start() {
        events = new EventLogClient(vertx);
        shards =
                config.shards().stream()
                        .map(
                                i ->
                                        new ShardPace(
                                                i,
                                                new SimClient(vertx, i),
                                                new AgentClient(vertx, i)))
                        .toList();
        claim = vault.claim();
        vault.last().ifPresent(this::goOn);
        return Future.all(
                vertx.eventBus()
                        .localConsumer(Addresses.TICK_CONTROL, this::onControl)
                        .completion(),
                vertx.eventBus().localConsumer(Addresses.TICK_STATUS, this::onStatus).completion());
    }

    @Override
    public Future<?> stop() {
        pacer.stop();
        disarm();
        return tail;
    }

    /** Goes on where a predecessor was. */
    private void goOn(RunStatus last) {
        long now = nanoTime.getAsLong();
        ticks = last.ticks();
        failedAdvances = last.failedAdvances();
        pacer.countOn(last.slips());
        pacer.speed(last.speed(), now);
        switch (last.runState()) {
            case RUNNING -> begin(now);
            case PAUSED -> pacer.pause();
            case STOPPED -> pacer.stop();
        }
    }

    private void onControl(Message<ControlCommand> message) {
        Replies.answerLater(message, control(message.body()));
    }

    private void onStatus(Message<String> message) {
        message.reply(status());
    }

    private void onTimer() {
        timer = NO_TIMER;
        lateness.accept(pacer.lateNanos(nanoTime.getAsLong()));
        then(() -> run(pacer.fire(nanoTime.getAsLong()), RunState.RUNNING).mapEmpty());
        tail.onComplete(done -> arm());
    }

    private Future<RunStatus> control(ControlCommand command) {
        RunState before = pacer.runState();
        double speedBefore = pacer.speed();
        Future<Void> done = act(command);
        vault.deposit(claim, status());
        if (before != pacer.runState() || speedBefore != pacer.speed()) {
            vertx.eventBus().publish(Addresses.TICK_CHANGED, status());
        }
        return done.onSuccess(nothing -> record(command)).map(nothing -> status());
    }

    /** Control commands happen to every twin; of a fleet the first ones stand for all. */
    private void record(ControlCommand command) {
        SortedMap<String, String> data = new TreeMap<>();
        data.put("run_state", pacer.runState().name());
        data.put("speed", Double.toString(pacer.speed()));
        data.put("twins", Integer.toString(config.twins().size()));
        events.record(
                config.twins().stream()
                        .limit(MAX_TOLD)
                        .map(twin -> event(twin, command.commandName(), data))
                        .toList());
    }

    private TwinEvent event(TwinId twin, String reason, SortedMap<String, String> data) {
        return new TwinEvent(
                "command",
                twin,
                shardTick,
                shardTick * config.stepsPerTick(),
                TwinEvent.Severity.INFO,
                TruthState.OK,
                reason,
                data);
    }

    private Future<Void> act(ControlCommand command) {
        long now = nanoTime.getAsLong();
        if (command instanceof ControlCommand.StartAt at) {
            pacer.speed(at.speed(), now);
            return begin(now);
        } else if (command instanceof ControlCommand.Start) {
            return begin(now);
        } else if (command instanceof ControlCommand.Speed speed) {
            pacer.speed(speed.factor(), now);
            rearm();
            return Future.succeededFuture();
        } else if (command instanceof ControlCommand.Pause) {
            return pause();
        } else if (command instanceof ControlCommand.Stop) {
            pacer.stop();
            disarm();
            return then(Future::succeededFuture);
        } else if (command instanceof ControlCommand.Step step) {
            return step(step.ticks());
        }
        return counted(this::reset);
    }

    private Future<Void> begin(long now) {
        pacer.start(now);
        rearm();
        return Future.succeededFuture();
    }

    private Future<Void> pause() {
        if (pacer.runState() != RunState.RUNNING) {
            return refuse("sim.pause needs RUNNING; it is " + pacer.runState());
        }
        pacer.pause();
        disarm();
        return then(Future::succeededFuture);
    }

    private Future<Void> step(int count) {
        if (pacer.runState() != RunState.PAUSED) {
            return refuse("sim.step needs PAUSED; it is " + pacer.runState());
        }
        return counted(
                () ->
                        then(
                                () ->
                                        run(count, RunState.PAUSED)
                                                .compose(
                                                        left ->
                                                                left == 0
                                                                        ? done()
                                                                        : cutShort(count, left))));
    }

    private Future<Void> cutShort(int count, int left) {
        return refuse(
                "sim.step made "
                        + (count - left)
                        + " of "
                        + count
                        + " ticks: the run state became "
                        + pacer.runState());
    }

    private static Future<Void> done() {
        return Future.succeededFuture();
    }

    private Future<Void> reset() {
        return Future.join(shards.stream().map(shard -> reset(shard, TRIES)).toList())
                .onSuccess(done -> shardTick = 0)
                .mapEmpty();
    }

    /** A simulator that is just being restarted is reset once it is back; ticks go on meanwhile. */
    private Future<Void> reset(ShardPace shard, int tries) {
        return then(() -> shard.sim().reset())
                .recover(
                        cause -> {
                            boolean again = cause instanceof RequestFailed no && !no.heard();
                            return again && tries > 1
                                    ? vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                                            .compose(now -> reset(shard, tries - 1))
                                    : notReset(shard, cause);
                        });
    }

    private static Future<Void> notReset(ShardPace shard, Throwable cause) {
        String sentence = "shard " + shard.shard() + " is not reset: " + cause.getMessage();
        return Future.failedFuture(
                new RequestFailed(
                        Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE).code(), sentence));
    }

    private static Future<Void> refuse(String sentence) {
        return Future.failedFuture(new RequestFailed(FailureCode.WRONG_STATE, sentence));
    }

    /** Appends work to what is under way; one failure does not fail what follows. */
    private Future<Void> then(Supplier<Future<Void>> work) {
        Future<Void> next = tail.transform(before -> work.get());
        tail = next.otherwiseEmpty();
        return next;
    }

    /** Work that somebody asked for: only so much of it may wait. */
    private Future<Void> counted(Supplier<Future<Void>> work) {
        if (waiting >= MAX_WAITING) {
            return Future.failedFuture(
                    new RequestFailed(
                            FailureCode.QUEUE_FULL,
                            MAX_WAITING + " control commands wait already; wait for one to end"));
        }
        waiting++;
        return work.get().onComplete(over -> waiting--);
    }

    /** Runs ticks one after the other, as long as the run state stays; gives how many are left. */
    private Future<Integer> run(int count, RunState during) {
        if (count == 0 || pacer.runState() != during) {
            return Future.succeededFuture(count);
        }
        return tick().compose(done -> run(count - 1, during));
    }

    private Future<Void> tick() {
        long period = pacer.wallPeriodNanos();
        return Future.join(shards.stream().map(shard -> tick(shard, period)).toList())
                .onComplete(done -> onTicked())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private void onTicked() {
        ticks++;
        vault.deposit(claim, status());
    }

    /**
     * One tick of one shard: over when its simulator has answered; after the provider's deadline
     * its agents tick blind, and nobody waits for the simulator any longer.
     */
    private Future<Void> tick(ShardPace shard, long period) {
        if (shard.waiting()) {
            return blind(shard, "the simulator has not finished the tick before", period);
        }
        Promise<Void> over = Promise.promise();
        long asked = nanoTime.getAsLong();
        Future<SimClient.Advanced> advance = shard.sim().advance(period, shard.ask());
        long deadline =
                vertx.setTimer(
                        deadlineMillis(period),
                        id ->
                                blind(shard, "the simulator does not answer", period)
                                        .onComplete(done -> over.tryComplete()));
        advance.onSuccess(done -> shardTick = done.tick())
                .onComplete(
                        answer -> {
                            vertx.cancelTimer(deadline);
                            onAdvance(shard, answer.cause(), nanoTime.getAsLong() - asked);
                            if (answer.succeeded()) {
                                over.tryComplete();
                            } else {
                                blind(shard, answer.cause().getMessage(), period)
                                        .onComplete(done -> over.tryComplete());
                            }
                        });
        return over.future();
    }

    /** Agents that do not answer either hold nobody up. */
    private Future<Void> blind(ShardPace shard, String cause, long period) {
        telemetry.health().down(SIM_HEALTH, shard.shard(), cause);
        if (!shard.goBlind()) {
            return Future.succeededFuture();
        }
        Promise<Void> over = Promise.promise();
        long deadline = vertx.setTimer(deadlineMillis(period) / 2, id -> over.tryComplete());
        shard.agents()
                .blind(cause)
                .onComplete(
                        done -> {
                            shard.blindTickOver();
                            vertx.cancelTimer(deadline);
                            over.tryComplete();
                        });
        return over.future();
    }

    /** A simulator that fails three times in a row, or does not answer at all, is restarted. */
    private void onAdvance(ShardPace shard, Throwable cause, long nanos) {
        boolean failed = cause != null;
        int failures = shard.answered(failed);
        if (!failed) {
            telemetry.health().up(SIM_HEALTH, shard.shard());
        }
        if (shard.falls(failed)) {
            LOG.warn("shard {} did not finish its tick: {}", shard.shard(), cause.getMessage());
        }
        if (failed) {
            failedAdvances++;
            boolean silent = nanos >= SimClient.ADVANCE_LIMIT_MILLIS * 1_000_000;
            if (silent || failures >= FAILURES_IN_A_ROW) {
                shard.forgive();
                vertx.eventBus()
                        .publish(
                                Addresses.COMPONENT_FAILED,
                                new ComponentFailed(SIM_HEALTH, shard.shard(), cause.getMessage()));
            }
        }
    }

    /** The simulator's answer holds the agents' answer or their deadline; both get as long. */
    private static long deadlineMillis(long periodNanos) {
        return 2 * Math.max(SimVerticle.LEAST_DEADLINE_MILLIS, 2 * periodNanos / 1_000_000);
    }

    private void rearm() {
        disarm();
        arm();
    }

    private void arm() {
        if (pacer.runState() == RunState.RUNNING && timer == NO_TIMER) {
            long nanos = pacer.untilDueNanos(nanoTime.getAsLong());
            long millis = Math.max(1, (nanos + 999_999) / 1_000_000);
            timer = vertx.setTimer(millis, id -> onTimer());
        }
    }

    private void disarm() {
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private RunStatus status() {
        return new RunStatus(pacer.runState(), pacer.speed(), ticks, pacer.slips(), failedAdvances);
    }
}
