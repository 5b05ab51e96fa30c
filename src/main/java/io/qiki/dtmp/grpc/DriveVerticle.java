package io.qiki.dtmp.grpc;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.AgentWish;
import io.qiki.dtmp.bus.CommandBatch;
import io.qiki.dtmp.bus.ObservationBatch;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.AgentStanding;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.wire.DriveMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qiki.twin.v1.DriveMode;

/**
 * Lets the agents of a shard fly vehicles that are simulated in another process.
 *
 * <p>Owns: the link to the simulator, a provider per twin, the chains of the twins.
 *
 * <p>Consumes: {@link Addresses#TICK_STATUS}, {@link Addresses#TICK_CONTROL}.
 *
 * <p>Emits: ticks, blind ticks and operators' requests to the shard's agents; {@link
 * Addresses#TICK_CHANGED}.
 *
 * <p>Runs on: an event loop, one instance per shard. Observations that are not there by the
 * deadline, two tick periods of wall time, are lost: the agents tick blind once per period until
 * the simulator is heard again. Attaching is tried again with growing, jittered waits; what was
 * decided is sent at most once.
 */
public final class DriveVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(DriveVerticle.class);
    private static final String HEALTH = "provider";

    /** The least deadline, ms, as that of agents. Source: ADR 13. */
    private static final long LEAST_DEADLINE_MILLIS = 200;

    /**
     * A simulator that stands still says so ten times a second; this much silence is too much, ms.
     * Nothing moves meanwhile, so that a busy machine may take its time.
     */
    private static final long SILENCE_MILLIS = 2_000;

    private static final long FIRST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 1_600;

    private final DriveTarget target;
    private final Telemetry telemetry;
    private final Promise<DriveResult> result;
    private final Map<Integer, GrpcDataProvider> providers = new HashMap<>();
    private final DriveChains chains;
    private AgentClient agents;
    private GrpcClient client;
    private DriveLink link;
    private RunStatus run = new RunStatus(RunState.STOPPED, 1, 0, 0, 0);
    private List<AgentStanding> standings = List.of();
    private long wallPeriodNanos;
    private long deadline = -1;
    private long blindTimer = -1;
    private long waitMillis = FIRST_WAIT_MILLIS;
    private long ticks;
    private long blindTicks;
    private long losses;
    private boolean closed;

    /**
     * A verticle.
     *
     * @param result completed when the ticks are over; failed when they cannot be made
     */
    public DriveVerticle(DriveTarget target, Telemetry telemetry, Promise<DriveResult> result) {
        this.target = target;
        this.telemetry = telemetry;
        this.result = result;
        this.chains = new DriveChains(target.twins());
        this.wallPeriodNanos = target.periodNanos();
        for (int i = 0; i < target.twins().size(); i++) {
            providers.put(i, new GrpcDataProvider(target.twins().get(i)));
        }
    }

    @Override
    public Future<?> start() {
        agents = new AgentClient(vertx, target.shard());
        client = DriveLink.client(vertx, target.trusted());
        attach();
        if (!target.lockstep()) {
            expect(SILENCE_MILLIS);
        }
        var bus = vertx.eventBus();
        return Future.all(
                bus.<String>localConsumer(Addresses.TICK_STATUS, message -> message.reply(status()))
                        .completion(),
                bus.localConsumer(
                                Addresses.TICK_CONTROL,
                                message ->
                                        Replies.fail(
                                                message,
                                                new RequestFailed(
                                                        FailureCode.WRONG_STATE,
                                                        "the simulator at "
                                                                + target
                                                                + " paces these agents; control"
                                                                + " it there")))
                        .completion());
    }

    @Override
    public Future<?> stop() {
        closed = true;
        vertx.cancelTimer(deadline);
        vertx.cancelTimer(blindTimer);
        link.close();
        return client.close();
    }

    private RunStatus status() {
        return new RunStatus(run.runState(), run.speed(), ticks, losses, blindTicks);
    }

    private void attach() {
        DriveLink[] own = new DriveLink[1];
        own[0] =
                new DriveLink(
                        client,
                        target.address(),
                        batch -> {
                            if (own[0] == link) {
                                onBatch(batch);
                            }
                        },
                        (status, cause) -> {
                            if (own[0] == link) {
                                onLost(status, cause);
                            }
                        });
        link = own[0];
        link.open(
                DriveMessages.request(target.shard(), 0, List.of(), standings)
                        .setMode(
                                target.lockstep()
                                        ? DriveMode.DRIVE_MODE_LOCKSTEP
                                        : DriveMode.DRIVE_MODE_FREE)
                        .build());
    }

    private void onBatch(qiki.twin.v1.ObservationBatch batch) {
        try {
            takeRunState(batch);
            DriveMessages.wishes(batch)
                    .forEach(
                            wish ->
                                    agents.request(
                                            new AgentWish(
                                                    wish.twin(),
                                                    wish.request(),
                                                    wish.incarnation().orElse(AgentWish.LIVING))));
            if (batch.getObservationsCount() > 0) {
                onObservations(DriveMessages.sensed(batch));
            }
        } catch (IllegalArgumentException wrong) {
            onLost(GrpcStatus.DATA_LOSS, "what it sends cannot be read: " + wrong.getMessage());
        }
    }

    /** While no time passes nobody waits for observations, but the simulator must be heard. */
    private void takeRunState(qiki.twin.v1.ObservationBatch batch) {
        RunStatus now = DriveMessages.run(batch);
        boolean changed = now.runState() != run.runState() || now.speed() != run.speed();
        run = now;
        wallPeriodNanos =
                batch.getWallPeriodNs() > 0 ? batch.getWallPeriodNs() : target.periodNanos();
        if (changed) {
            vertx.eventBus().publish(Addresses.TICK_CHANGED, status());
        }
        if (run.runState() != RunState.RUNNING) {
            found();
            expect(SILENCE_MILLIS);
        } else if (changed) {
            expect(deadlineMillis());
        }
    }

    private void onObservations(SensedBatch arrived) {
        found();
        expect(deadlineMillis());
        long tick = tickOf(arrived.sensed()).orElse(0);
        List<SensedInput> sensed = new ArrayList<>(target.twins().size());
        for (int i = 0; i < target.twins().size(); i++) {
            GrpcDataProvider provider = providers.get(i);
            SensedInput one = arrived.sensed().get(i);
            provider.accept(one);
            sensed.add(provider.observe(tickOf(List.of(one)).orElse(tick)));
        }
        SensedBatch seen = new SensedBatch(arrived.number(), sensed);
        DriveLink asked = link;
        ObservationBatch batch = new ObservationBatch(target.shard(), seen);
        (target.lockstep()
                        ? agents.tick(batch, AgentClient.PATIENT_LIMIT_MILLIS)
                        : agents.tick(batch))
                .onComplete(
                        done -> {
                            ticks++;
                            if (done.succeeded()) {
                                decided(asked, tick, seen, done.result());
                            } else if (target.lockstep()) {
                                giveUp(tick, done.cause());
                            } else {
                                LOG.warn("tick {}: {}", tick, done.cause().getMessage());
                                asked.send(
                                        DriveMessages.request(
                                                        target.shard(), tick, List.of(), List.of())
                                                .build());
                            }
                        });
    }

    private void decided(DriveLink asked, long tick, SensedBatch seen, CommandBatch batch) {
        standings = batch.standings();
        chains.add(seen, batch.orders());
        asked.send(
                DriveMessages.request(target.shard(), tick, batch.orders(), standings)
                        .setMode(
                                target.lockstep()
                                        ? DriveMode.DRIVE_MODE_LOCKSTEP
                                        : DriveMode.DRIVE_MODE_FREE)
                        .build());
        if (asked == link && run.runState() == RunState.RUNNING && blindTimer < 0) {
            expect(deadlineMillis());
        }
        if (ticks >= target.ticks()
                && result.tryComplete(chains.result(ticks, losses, standings))) {
            closed = true;
            vertx.cancelTimer(deadline);
            link.finish();
        }
    }

    /** A lockstep that goes on without its agents would come to another hash. */
    private void giveUp(long tick, Throwable cause) {
        closed = true;
        link.close();
        result.tryFail(
                new RequestFailed(
                        FailureCode.AGENT_MISSED,
                        "the agents gave no answer to tick " + tick + ": " + cause.getMessage()));
    }

    /** Arms the deadline anew; in lockstep there is none. */
    private void expect(long millis) {
        vertx.cancelTimer(deadline);
        if (!target.lockstep() && !closed) {
            deadline =
                    vertx.setTimer(
                            millis,
                            id ->
                                    onLost(
                                            GrpcStatus.DEADLINE_EXCEEDED,
                                            "nothing was heard of it for " + millis + " ms"));
        }
    }

    private long deadlineMillis() {
        return Math.max(LEAST_DEADLINE_MILLIS, 2 * wallPeriodNanos / 1_000_000);
    }

    private void found() {
        if (blindTimer >= 0) {
            vertx.cancelTimer(blindTimer);
            blindTimer = -1;
            LOG.info("the simulator at {} is heard again", target);
        }
        waitMillis = FIRST_WAIT_MILLIS;
        telemetry.health().up(HEALTH, target.shard());
    }

    private void onLost(GrpcStatus status, String cause) {
        if (closed) {
            return;
        }
        vertx.cancelTimer(deadline);
        link.close();
        String sentence = "the simulator at " + target + " is lost: " + cause;
        boolean wrong =
                status == GrpcStatus.INVALID_ARGUMENT
                        || status == GrpcStatus.FAILED_PRECONDITION
                        || status == GrpcStatus.UNIMPLEMENTED;
        if (target.lockstep() || wrong) {
            closed = true;
            result.tryFail(new RequestFailed(FailureCode.PROVIDER_UNAVAILABLE, sentence));
            return;
        }
        telemetry.health().down(HEALTH, target.shard(), sentence);
        goBlind(sentence);
        long wait = waitMillis / 2 + ThreadLocalRandom.current().nextLong(waitMillis);
        waitMillis = Math.min(2 * waitMillis, LONGEST_WAIT_MILLIS);
        vertx.setTimer(wait, id -> again());
    }

    /** Another attempt has as long as a silence may last. */
    private void again() {
        if (!closed) {
            attach();
            expect(SILENCE_MILLIS);
        }
    }

    private void goBlind(String cause) {
        providers.values().forEach(one -> one.lost(cause));
        if (blindTimer < 0) {
            losses++;
            LOG.warn("{}", cause);
            blindTick(cause);
            long millis = Math.max(1, wallPeriodNanos / 1_000_000);
            blindTimer = vertx.setPeriodic(millis, id -> blindTick(cause));
        }
    }

    /** Agents that are still at their last tick see the loss at the next one. */
    private void blindTick(String cause) {
        agents.blind(cause)
                .onSuccess(
                        batch -> {
                            blindTicks++;
                            standings = batch.standings();
                        });
    }

    /** The tick of the first vehicle that is seen: each may have its own. */
    private static OptionalLong tickOf(List<SensedInput> sensed) {
        return sensed.stream()
                .filter(SensedInput.Seen.class::isInstance)
                .mapToLong(one -> ((SensedInput.Seen) one).observation().tick())
                .findFirst();
    }
}
