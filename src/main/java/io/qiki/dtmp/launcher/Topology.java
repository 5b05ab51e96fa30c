package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.journal.EventLog;
import io.qiki.dtmp.journal.EventLogVerticle;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensorSpec;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.SimVerticle;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.twin.TickConfig;
import io.qiki.dtmp.twin.TickVerticle;
import io.qiki.dtmp.web.WebSources;
import io.qiki.dtmp.web.WebVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which verticles a process has, in which order, how many of each, and what they are given. A twin
 * lives in the shard that the stable hash of its id says, its simulator and its agent alike.
 */
public final class Topology {
    /** The components that must be up for the process to be ready. */
    private static final List<String> COMPONENTS =
            List.of("journal", "store", "agent", "sim", "tick", "web");

    private final Plan plan;
    private final Vertx vertx;
    private final Telemetry telemetry =
            new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics());
    private final StateStore store;
    private final EventLog events = new EventLog(EventLog.DEFAULT_CAPACITY);
    private final Deque<String> deployed = new ArrayDeque<>();
    private final TickClient tick;
    private final StateStoreClient states;
    private int port;

    private Topology(Plan plan, Vertx vertx) {
        this.plan = plan;
        this.vertx = vertx;
        this.store = new StateStore(plan.store());
        this.tick = new TickClient(vertx);
        this.states = new StateStoreClient(vertx);
    }

    /**
     * Starts everything, RUNNING. The future completes when every verticle is deployed and the web
     * server answers; it fails with {@code RequestFailed}, net.bind when the port is taken, and
     * then nothing is left running.
     */
    public static Future<Topology> start(Plan plan) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        ReferenceCodec.install(vertx.eventBus());
        Topology topology = new Topology(plan, vertx);
        Promise<Topology> started = Promise.promise();
        topology.deployAll()
                .compose(done -> topology.tick.control(new ControlCommand.Start()))
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
                            telemetry.metrics().close();
                            started.fail(cause);
                        });
    }

    /** The port of the web server. */
    public int httpPort() {
        return port;
    }

    /** Run state, speed and slips. */
    public Future<RunStatus> runStatus() {
        return tick.status();
    }

    /**
     * Every twin at a glance, in the order of the plan; those before their first tick are missing.
     */
    public Future<List<TwinStatus>> twins() {
        return states.states().map(this::inOrder);
    }

    /** Commands run state or speed. */
    public Future<RunStatus> control(ControlCommand command) {
        return tick.control(command);
    }

    /**
     * Stops everything, the last deployed first. To be called from a thread that is not one of this
     * process's event loops, which end with it.
     */
    public Future<Void> close() {
        return undeployAll()
                .transform(undone -> vertx.close())
                .onComplete(closed -> telemetry.metrics().close());
    }

    private Future<Void> deployAll() {
        COMPONENTS.forEach(telemetry.health()::expect);
        Promise<Integer> listening = Promise.promise();
        listening.future().onSuccess(found -> port = found);
        return deploy("journal", new EventLogVerticle(events))
                .compose(done -> deploy("store", new StateStoreVerticle(store)))
                .compose(done -> deployShards())
                .compose(done -> deploy("tick", new TickVerticle(tickConfig())))
                .compose(done -> deploy("web", new WebVerticle(plan.web(), sources(), listening)));
    }

    private Future<Void> deployShards() {
        Future<Void> shards = Future.succeededFuture();
        for (int shard : populated()) {
            List<TwinId> members = plan.shards().members(shard, plan.twins());
            shards = shards.compose(done -> deployShard(shard, members));
        }
        return shards;
    }

    /** The shards that have twins: the others have nothing to do. */
    private List<Integer> populated() {
        return plan.twins().stream().map(plan.shards()::of).distinct().sorted().toList();
    }

    private Future<Void> deployShard(int shard, List<TwinId> members) {
        AgentVerticle agents = new AgentVerticle(shard, members, plan.agents(), telemetry);
        return deploy("agent", agents)
                .compose(
                        done ->
                                deploy(
                                        "sim",
                                        new SimVerticle(worlds(shard, members), shard, telemetry)));
    }

    private Future<Void> deploy(String component, Deployable verticle) {
        return vertx.deployVerticle(verticle)
                .onSuccess(deployed::push)
                .onSuccess(id -> telemetry.health().up(component))
                .mapEmpty();
    }

    private Future<Void> undeployAll() {
        Future<Void> undone = Future.succeededFuture();
        for (String id : new ArrayList<>(deployed)) {
            undone = undone.transform(before -> vertx.undeploy(id));
        }
        deployed.clear();
        return undone;
    }

    private SimShard worlds(int shard, List<TwinId> members) {
        SimShard worlds =
                new SimShard(
                        shard, new World(plan.world(), members), new SimVault(), InputSink.NONE);
        for (TwinId twin : members) {
            for (FaultSpec fault : plan.faults()) {
                worlds.inject(twin, fault).ifPresent(Topology::refuse);
            }
        }
        return worlds;
    }

    private static void refuse(Failure failure) {
        throw new RequestFailed(failure);
    }

    private TickConfig tickConfig() {
        return new TickConfig(
                plan.periodNanos(),
                plan.world().stepsPerTick(),
                plan.speed(),
                populated(),
                plan.twins());
    }

    private WebSources sources() {
        VehicleProfile profile = plan.world().profile();
        return new WebSources(
                plan.twins(),
                plan.shards(),
                plan.epoch(),
                SignalPlan.of(profile, plan.world().stepNanos(), plan.world().stepsPerTick()),
                profile.sensors().stream().map(SensorSpec::id).toList(),
                FsmJson.table(),
                telemetry);
    }

    private List<TwinStatus> inOrder(List<StoredState> stored) {
        List<TwinStatus> statuses = new ArrayList<>(plan.twins().size());
        for (TwinId twin : plan.twins()) {
            stored.stream()
                    .filter(state -> state.twin().equals(twin))
                    .map(this::status)
                    .forEach(statuses::add);
        }
        return statuses;
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
