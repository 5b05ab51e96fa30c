package io.qiki.dtmp.launcher;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.grpc.DriveResult;
import io.qiki.dtmp.grpc.GrpcSources;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.web.WebVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Which verticles a process has, in which order, how many of each, and what they are given. A twin
 * lives in the shard that the stable hash of its id says, its simulator and its agent alike.
 */
public final class Topology {
    private static final int MAX_TOLD = 16;

    /** Verticles that there is one of in a process, and a few to spare. */
    private static final int LOOPS_BESIDE_SHARDS = 12;

    private static final int MAX_LOOPS = 64;

    /** How long a name is remembered, s: a peer that is started anew may have another address. */
    private static final int NAME_SECONDS = 2;

    /** What a process that must end may take to say so and to flush its input log, ms. */
    private static final long LAST_WORDS_MILLIS = 2_000;

    private final Plan plan;
    private final Vertx vertx;
    private final Telemetry telemetry =
            new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics());
    private final RunLog log;
    private final VerticleMaker make;
    private final Watchdog watchdog = new Watchdog(this::onBlocked);
    private final Supervisor supervisor;
    private final EventLogClient journal;
    private final TickClient tick;
    private final StateStoreClient states;
    private Optional<Future<Void>> closing = Optional.empty();
    private int port;
    private final Promise<DriveResult> driven = Promise.promise();
    private int grpcPort;

    private Topology(Plan plan, Vertx vertx, RunLog log) {
        this.plan = plan;
        this.vertx = vertx;
        this.log = log;
        this.make = new VerticleMaker(plan, log, telemetry);
        this.supervisor = new Supervisor(vertx, telemetry, watchdog, this::onRestarted);
        this.journal = new EventLogClient(vertx);
        this.tick = new TickClient(vertx);
        this.states = new StateStoreClient(vertx);
    }

    /**
     * Starts everything, RUNNING. The future completes when every verticle is deployed and the web
     * server answers; it fails with {@code RequestFailed}, net.bind when the port is taken, and
     * then nothing is left running.
     */
    public static Future<Topology> start(Plan plan) {
        VertxOptions options =
                new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setEventLoopPoolSize(eventLoops(plan.shards().count()))
                        .setAddressResolverOptions(
                                new AddressResolverOptions().setCacheMaxTimeToLive(NAME_SECONDS));
        return start(plan, Vertx.vertx(options));
    }

    /** Enough for a loop each: what floods the doors must not stand before the tick in a queue. */
    private static int eventLoops(int shards) {
        int wanted = Math.min(MAX_LOOPS, LOOPS_BESIDE_SHARDS + 2 * shards);
        return Math.max(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, wanted);
    }

    /** The same on a Vert.x of the caller's, which is closed with it. */
    public static Future<Topology> start(Plan plan, Vertx vertx) {
        RunLog log;
        try {
            log = RunLog.open(plan.log(), header -> VerticleMaker.replay(plan));
        } catch (RequestFailed e) {
            vertx.close();
            return Future.failedFuture(e);
        }
        ReferenceCodec.install(vertx.eventBus());
        Topology topology = new Topology(plan, vertx, log);
        topology.watchdog.start();
        Promise<Topology> started = Promise.promise();
        topology.deployAll()
                .compose(done -> topology.begin())
                .onSuccess(running -> started.complete(topology))
                .onFailure(cause -> topology.abandon(started, cause));
        return started.future();
    }

    /**
     * Takes down what was deployed, then tells why. The end of Vert.x itself is not awaited: it
     * would be told on an event loop that has ended by then.
     */
    private void abandon(Promise<Topology> started, Throwable cause) {
        undeployAll()
                .onComplete(
                        undone -> {
                            vertx.close();
                            log.close();
                            telemetry.metrics().close();
                            started.fail(cause);
                        });
    }

    /** The port of the web server. */
    public int httpPort() {
        return port;
    }

    /** The port of the gRPC server. */
    public int grpcPort() {
        return grpcPort;
    }

    /** What agents that drive another process came to, once their ticks are over. */
    public Future<DriveResult> driven() {
        return driven.future();
    }

    /** Run state, speed and slips. */
    public Future<RunStatus> runStatus() {
        return tick.status();
    }

    /**
     * Every twin at a glance, in the order of the plan, those before their first tick left out; or
     * every one that is heard of, in the order of the store.
     */
    public Future<List<TwinStatus>> twins() {
        return states.states().map(this::inOrder);
    }

    /** Deploys a component anew, as if it had failed. */
    public void restart(ComponentFailed cause) {
        vertx.eventBus().publish(Addresses.COMPONENT_FAILED, cause);
    }

    /** Which components are up. */
    public HealthRegistry health() {
        return telemetry.health();
    }

    /**
     * A subscription to the states of all twins, not opened yet; see {@link
     * StateStoreClient#changes}.
     */
    public CreditInlet<StoredState> changes(ObjLongConsumer<StoredState> reader) {
        return states.changes(reader);
    }

    /** Commands run state or speed. */
    public Future<RunStatus> control(ControlCommand command) {
        return tick.control(command);
    }

    /**
     * Stops everything, the last deployed first. To be called from a thread that is not one of this
     * process's event loops, which end with it. Closing again does nothing more.
     */
    public synchronized Future<Void> close() {
        if (closing.isEmpty()) {
            closing = Optional.of(closeAll());
        }
        return closing.get();
    }

    private Future<Void> closeAll() {
        return undeployAll()
                .transform(undone -> vertx.close())
                .onComplete(
                        closed -> {
                            log.close();
                            telemetry.metrics().close();
                        });
    }

    /** Whoever paces begins to; a simulator in lockstep waits to be driven. */
    private Future<?> begin() {
        return plan.role().paces() && plan.role().drive() != GrpcSources.Drive.LOCKSTEP
                ? tick.control(new ControlCommand.Start())
                : Future.succeededFuture();
    }

    private Future<Void> deployAll() {
        Role role = plan.role();
        List<String> parts =
                role.mirrors()
                        ? List.of("journal", "mirror", "nats", "sim", "agent")
                        : List.of("journal", "store", "command");
        parts.forEach(telemetry.health()::expect);
        Promise<Integer> listening = Promise.promise();
        listening.future().onSuccess(found -> port = found);
        Promise<Integer> serving = Promise.promise();
        serving.future().onSuccess(found -> grpcPort = found);
        return deploy("journal", make::journal)
                .compose(done -> role.mirrors() ? deploy("mirror", make::mirror) : deployTwins())
                .compose(done -> deployIf(role.http(), "web", () -> web(listening)))
                .compose(
                        done ->
                                deployIf(
                                        role.simulator(),
                                        "grpc",
                                        () -> make.grpc(grpcPort, serving)))
                .compose(done -> deployIf(bridged(), "nats", make::nats));
    }

    /** Everything that twins need, who live here. */
    private Future<Void> deployTwins() {
        return deployLog()
                .compose(done -> deploy("store", make::store))
                .compose(done -> deployShards())
                .compose(done -> deploy("command", make::command))
                .compose(done -> deployIf(plan.role().paces(), "tick", make::tick));
    }

    /** Who only hears of its twins has nothing to tell. */
    private boolean bridged() {
        return plan.nats().present() && !plan.role().mirrors();
    }

    private Future<Void> deployIf(boolean here, String component, Supplier<Deployable> maker) {
        if (!here) {
            return Future.succeededFuture();
        }
        telemetry.health().expect(component);
        return deploy(component, maker);
    }

    /** A web server that comes back listens where it did before. */
    private WebVerticle web(Promise<Integer> listening) {
        return make.web(port, port == 0 ? listening : Promise.promise());
    }

    private Future<Void> deployLog() {
        return log.log().isEmpty()
                ? Future.succeededFuture()
                : deploy("input-log", () -> make.inputLog().orElseThrow());
    }

    private Future<Void> deployShards() {
        Future<Void> deployed = Future.succeededFuture();
        for (int shard : make.populated()) {
            deployed = deployed.compose(done -> deployShard(shard, make.shard(shard)));
        }
        return deployed;
    }

    private Future<Void> deployShard(int shard, ShardMaker maker) {
        Role role = plan.role();
        Future<Void> agents =
                role.agents()
                        ? supervisor.deploy("agent", shard, maker::agents)
                        : Future.succeededFuture();
        return agents.compose(
                done ->
                        role.simulator()
                                ? supervisor.deploy("sim", shard, maker::sim)
                                : supervisor.deploy(
                                        "provider", shard, () -> make.provider(shard, driven)));
    }

    private Future<Void> deploy(String component, Supplier<Deployable> maker) {
        return supervisor.deploy(component, ComponentFailed.NO_SHARD, maker);
    }

    private Future<Void> undeployAll() {
        watchdog.stop();
        return supervisor.close();
    }

    private void onRestarted(ComponentFailed failed, int count) {
        List<TwinId> touched =
                failed.shard() == ComponentFailed.NO_SHARD
                        ? plan.twins()
                        : make.shard(failed.shard()).twins();
        SortedMap<String, String> data = new TreeMap<>();
        data.put("component", failed.component());
        data.put("cause", failed.cause());
        data.put("restarts", Integer.toString(count));
        data.put("twins", Integer.toString(touched.size()));
        states.states()
                .otherwise(List.of())
                .onSuccess(
                        held -> {
                            Map<TwinId, Long> ticks = new HashMap<>();
                            held.forEach(state -> ticks.put(state.twin(), state.tick()));
                            journal.record(
                                    touched.stream()
                                            .limit(MAX_TOLD)
                                            .map(
                                                    twin ->
                                                            restart(
                                                                    twin,
                                                                    ticks.getOrDefault(twin, 0L),
                                                                    data))
                                            .toList());
                        });
    }

    /**
     * A restart that a twin has gone through.
     *
     * @param tick of its newest committed state
     */
    private TwinEvent restart(TwinId twin, long tick, SortedMap<String, String> data) {
        return new TwinEvent(
                "restart",
                twin,
                tick,
                tick * plan.world().stepsPerTick(),
                TwinEvent.Severity.WARNING,
                TruthState.OK,
                data.get("component") + "-failed",
                data);
    }

    /**
     * Nothing in the process can mend a blocked event loop: it ends, and keeps what it can. Telling
     * and flushing have a thread of their own and a limit, since they may be blocked as well.
     */
    private void onBlocked(String verticle, Thread thread, long limitMillis) {
        StackTraceElement[] stack = thread.getStackTrace();
        String sentence =
                "qiki: "
                        + verticle
                        + " has blocked its event loop "
                        + thread.getName()
                        + " for "
                        + limitMillis / 1_000
                        + " s, "
                        + (stack.length == 0 ? "nobody knows where" : "at " + stack[0])
                        + "; the process ends";
        Thread last =
                new Thread(
                        () -> {
                            System.err.println(sentence);
                            System.err.flush();
                            log.flush();
                        },
                        "last-words");
        last.setDaemon(true);
        last.start();
        try {
            last.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCodes.WATCHDOG);
    }

    private List<TwinStatus> inOrder(List<StoredState> stored) {
        if (plan.role().mirrors()) {
            return stored.stream().map(this::status).toList();
        }
        Map<TwinId, StoredState> byTwin = new HashMap<>();
        stored.forEach(state -> byTwin.put(state.twin(), state));
        return plan.twins().stream()
                .filter(byTwin::containsKey)
                .map(byTwin::get)
                .map(this::status)
                .toList();
    }

    private TwinStatus status(StoredState state) {
        return new TwinStatus(
                state.twin(),
                state.snapshot().state(),
                state.snapshot().activity(),
                state.snapshot().reason(),
                state.version(),
                state.tick(),
                state.tick() * plan.periodNanos() / 1e9);
    }
}
