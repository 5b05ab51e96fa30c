package io.qiki.dtmp.grpc;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.AgentWish;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.CreditOutlet;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.wire.DriveMessages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qiki.twin.v1.DriveMode;
import qiki.twin.v1.DriveRequest;

/**
 * Stands on the bus where the agents of a shard would: hands its observations to the agents of
 * another process and their commands back. Whoever attaches last drives; without anybody the
 * vehicles get no commands and fly by themselves.
 */
final class DriveDesk {
    /** Nobody waits for the wall clock in lockstep: an hour stands for as long as it takes. */
    private static final long LOCKSTEP_PERIOD_NANOS = 3_600_000_000_000L;

    private static final long HEARTBEAT_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(DriveDesk.class);

    private final Vertx vertx;
    private final int shard;
    private final DriveReports reports;
    private final boolean lockstep;
    private final TwinsView view;
    private final long periodNanos;
    private final SimClient sim;
    private final CreditOutlet<Integer, TickReport> outlet;
    private Optional<DriveCall> driver = Optional.empty();
    private Optional<Message<ObservationBatch>> unanswered = Optional.empty();
    private boolean advancing;
    private boolean nextWanted;
    private boolean sent;
    private long turn;
    private long timer = -1;

    DriveDesk(Vertx vertx, int shard, GrpcSources sources, TwinsView view) {
        this.vertx = vertx;
        this.shard = shard;
        this.reports = new DriveReports(shard);
        this.lockstep = sources.drive() == GrpcSources.Drive.LOCKSTEP;
        this.view = view;
        this.periodNanos = sources.plan().stepNanos() * sources.plan().stepsPerTick();
        this.sim = new SimClient(vertx, shard);
        this.outlet = new CreditOutlet<>(vertx, Addresses.agentReports(shard));
    }

    int shard() {
        return shard;
    }

    Future<?> open() {
        timer = vertx.setPeriodic(HEARTBEAT_MILLIS, id -> onHeartbeat());
        outlet.greetingWith(() -> Map.of(shard, reports.newest()));
        var bus = vertx.eventBus();
        return outlet.open()
                .compose(
                        open ->
                                Future.all(
                                        bus.localConsumer(Addresses.agentTick(shard), this::onTick)
                                                .completion(),
                                        bus.localConsumer(
                                                        Addresses.agentRequest(shard), this::onWish)
                                                .completion()));
    }

    Future<?> close(Failure reason) {
        vertx.cancelTimer(timer);
        driver.ifPresent(one -> one.end(reason));
        leave();
        return outlet.close();
    }

    /** Somebody wants to drive; the first request says how. */
    void attach(DriveRequest first, DriveCall call) {
        DriveMode wanted = lockstep ? DriveMode.DRIVE_MODE_LOCKSTEP : DriveMode.DRIVE_MODE_FREE;
        if (first.getMode() != wanted) {
            throw new RequestFailed(
                    FailureCode.WRONG_STATE,
                    "this simulator is driven in mode " + wanted + ", not " + first.getMode());
        }
        if (first.getTick() != 0 || first.getCommandsCount() > 0) {
            throw new IllegalArgumentException(
                    "the first request has tick 0 and no commands, had tick " + first.getTick());
        }
        List<AgentStanding> standings = DriveMessages.standings(first);
        sim.join(standings)
                .onSuccess(
                        joined -> {
                            if (call.open()) {
                                begin(call, standings);
                            }
                        })
                .onFailure(
                        cause -> call.end(Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE)));
    }

    private void begin(DriveCall call, List<AgentStanding> standings) {
        driver.ifPresent(
                old ->
                        old.end(
                                new Failure(
                                        FailureCode.SIM_FENCED,
                                        "another agent drives shard " + shard + " now")));
        leave();
        driver = Optional.of(call);
        reports.standings(standings);
        LOG.info("shard {} is driven from outside", shard);
        call.begun();
        onHeartbeat();
        if (lockstep) {
            advance();
        }
    }

    /** The driver has gone: nobody waits for it any longer. */
    void left(DriveCall call) {
        if (driver.isPresent() && driver.get() == call) {
            LOG.info("nobody drives shard {} any longer", shard);
            driver = Optional.empty();
            leave();
            reports.unattended();
        }
    }

    private void leave() {
        nextWanted = false;
        unanswered.ifPresent(
                message ->
                        message.fail(
                                FailureCode.AGENT_MISSED.code(),
                                "the agents of shard " + shard + " have gone"));
        unanswered = Optional.empty();
    }

    /** What the driver decided at a tick. */
    void answer(DriveRequest request) {
        Message<ObservationBatch> asked =
                unanswered.orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "tick must be of observations that wait for an answer, none"
                                                + " do, was "
                                                + request.getTick()));
        long tick = tickOf(asked.body());
        if (request.getTick() != tick) {
            throw new IllegalArgumentException(
                    "tick must be " + tick + ", was " + request.getTick());
        }
        var orders = DriveMessages.orders(request);
        var standings = DriveMessages.standings(request);
        unanswered = Optional.empty();
        nextWanted = lockstep;
        reports.standings(standings);
        asked.reply(new CommandBatch(shard, ++turn, orders, standings));
        if (lockstep && !advancing) {
            advance();
        }
    }

    private void advance() {
        nextWanted = false;
        advancing = true;
        Optional<DriveCall> asked = driver;
        sim.advance(LOCKSTEP_PERIOD_NANOS, false)
                .onComplete(
                        done -> {
                            advancing = false;
                            if (done.failed()) {
                                driver.ifPresent(
                                        one ->
                                                one.end(
                                                        Replies.failureOf(
                                                                done.cause(),
                                                                FailureCode.SIM_UNAVAILABLE)));
                            } else if (done.result().missed() && driver.equals(asked)) {
                                driver.ifPresent(one -> one.end(tooLate()));
                            } else if (nextWanted) {
                                advance();
                            }
                        });
    }

    /** What was decided later than this server can wait does not belong to the run any more. */
    private Failure tooLate() {
        return new Failure(
                FailureCode.AGENT_MISSED,
                "the agents of shard " + shard + " have not answered for two hours");
    }

    private void onTick(Message<ObservationBatch> message) {
        ObservationBatch batch = message.body();
        outlet.offer(shard, reports.of(batch.seen()));
        if (driver.isEmpty()) {
            message.reply(new CommandBatch(shard, turn, List.of(), List.of()));
        } else if (unanswered.isPresent()) {
            message.fail(
                    FailureCode.AGENT_MISSED.code(),
                    "the agents of shard "
                            + shard
                            + " have not answered tick "
                            + tickOf(unanswered.get().body()));
        } else {
            unanswered = Optional.of(message);
            sent = true;
            driver.get()
                    .send(
                            DriveMessages.batch(batch.seen(), reports.twins(), view.run())
                                    .toBuilder()
                                    .setWallPeriodNs(wallPeriodNanos())
                                    .build());
        }
    }

    /** A mode that an operator wants goes to whoever drives. */
    private void onWish(Message<AgentWish> message) {
        AgentWish wish = message.body();
        if (driver.isEmpty()) {
            Replies.fail(
                    message,
                    new RequestFailed(
                            FailureCode.WRONG_STATE, "nobody drives " + wish.twin() + " now"));
            return;
        }
        Optional<Observation> seen = reports.seen(wish.twin());
        int incarnation = seen.map(Observation::incarnation).orElse(0);
        driver.get()
                .send(
                        DriveMessages.heartbeat(view.run())
                                .setWallPeriodNs(wallPeriodNanos())
                                .addWishes(
                                        DriveMessages.wish(
                                                wish.twin(), wish.request(), incarnation))
                                .build());
        message.reply(
                new AgentClient.Requested(
                        incarnation,
                        seen.map(Observation::tick).orElse(0L),
                        seen.map(Observation::step).orElse(0L)));
    }

    /** While no tick is made the driver is told that this process lives, and how it runs. */
    void onHeartbeat() {
        if (!sent) {
            driver.ifPresent(
                    one ->
                            one.send(
                                    DriveMessages.heartbeat(view.run())
                                            .setWallPeriodNs(wallPeriodNanos())
                                            .build()));
        }
        sent = false;
    }

    private long wallPeriodNanos() {
        RunStatus run = view.run();
        return (long) (periodNanos / run.speed());
    }

    /** The tick of the first vehicle that is seen; 0 when none is. */
    private static long tickOf(ObservationBatch batch) {
        for (SensedInput one : batch.seen().sensed()) {
            if (one instanceof SensedInput.Seen seen) {
                return seen.observation().tick();
            }
        }
        return 0;
    }
}
