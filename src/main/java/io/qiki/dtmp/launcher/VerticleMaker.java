package io.qiki.dtmp.launcher;

import io.qiki.dtmp.grpc.DriveResult;
import io.qiki.dtmp.grpc.DriveTarget;
import io.qiki.dtmp.grpc.DriveVerticle;
import io.qiki.dtmp.grpc.GrpcConfig;
import io.qiki.dtmp.grpc.GrpcSources;
import io.qiki.dtmp.grpc.GrpcVerticle;
import io.qiki.dtmp.journal.EventLog;
import io.qiki.dtmp.journal.EventLogVerticle;
import io.qiki.dtmp.journal.InputLogVerticle;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensorSpec;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.nats.MirrorMemory;
import io.qiki.dtmp.nats.MirrorSources;
import io.qiki.dtmp.nats.MirrorVerticle;
import io.qiki.dtmp.nats.NatsBridgeVerticle;
import io.qiki.dtmp.nats.NatsSources;
import io.qiki.dtmp.nats.Outboxes;
import io.qiki.dtmp.provider.DataProvider;
import io.qiki.dtmp.provider.MockDataProvider;
import io.qiki.dtmp.provider.ScriptVerticle;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.twin.CommandBook;
import io.qiki.dtmp.twin.CommandLimits;
import io.qiki.dtmp.twin.CommandVerticle;
import io.qiki.dtmp.twin.PaceVault;
import io.qiki.dtmp.twin.Replay;
import io.qiki.dtmp.twin.TickConfig;
import io.qiki.dtmp.twin.TickVerticle;
import io.qiki.dtmp.twin.TwinSetup;
import io.qiki.dtmp.web.WebConfig;
import io.qiki.dtmp.web.WebSources;
import io.qiki.dtmp.web.WebVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Makes the verticles of a process from its plan, as often as they are needed, and keeps what
 * outlives them: the store, the event log, the commands under way, the pace, the worlds' and
 * agents' last good states, what is owed to NATS.
 */
final class VerticleMaker {
    private final Plan plan;
    private final RunLog log;
    private final Telemetry telemetry;
    private final StateStore store;
    private final CommandBook commands;
    private final EventLog events = new EventLog(EventLog.DEFAULT_CAPACITY);
    private final PaceVault pace = new PaceVault();
    private final Outboxes outboxes;
    private final MirrorMemory mirrored;
    private final String source;
    private final Map<Integer, ShardMaker> shards = new TreeMap<>();

    VerticleMaker(Plan plan, RunLog log, Telemetry telemetry) {
        this.plan = plan;
        this.log = log;
        this.telemetry = telemetry;
        this.store = log.past().map(Replay::store).orElseGet(() -> new StateStore(plan.store()));
        this.commands =
                new CommandBook(
                        CommandLimits.of(plan.periodNanos()), plan.twins(), plan.role().agents());
        this.outboxes = new Outboxes(plan.nats());
        this.mirrored = new MirrorMemory(plan.store().history());
        this.source = plan.role().word() + "-" + UUID.randomUUID().toString().substring(0, 8);
        for (int shard : populated()) {
            shards.put(shard, new ShardMaker(plan, shard, log, telemetry));
        }
    }

    /** The shards that have twins: the others have nothing to do. */
    List<Integer> populated() {
        return plan.twins().stream().map(plan.shards()::of).distinct().sorted().toList();
    }

    /** Makes simulator and agents of a shard that has twins. */
    ShardMaker shard(int number) {
        return shards.get(number);
    }

    EventLogVerticle journal() {
        return new EventLogVerticle(events);
    }

    /** The writer of the input log, if the plan has one. */
    Optional<InputLogVerticle> inputLog() {
        return log.log().map(one -> new InputLogVerticle(one, telemetry));
    }

    StateStoreVerticle store() {
        return new StateStoreVerticle(store);
    }

    CommandVerticle command() {
        return new CommandVerticle(commands, plan.shards());
    }

    TickVerticle tick() {
        TickConfig config =
                new TickConfig(
                        plan.periodNanos(),
                        plan.world().stepsPerTick(),
                        plan.speed(),
                        populated(),
                        plan.twins());
        return new TickVerticle(config, telemetry, pace);
    }

    /**
     * A web server.
     *
     * @param port where it listens; 0: where the plan says
     * @param listening completed with the port
     */
    WebVerticle web(int port, Promise<Integer> listening) {
        WebConfig config = port == 0 ? plan.web() : plan.web().withPort(port);
        return new WebVerticle(config, sources(), listening);
    }

    /**
     * A gRPC server.
     *
     * @param port where it listens; 0: where the plan says
     * @param listening completed with the port
     */
    GrpcVerticle grpc(int port, Promise<Integer> listening) {
        GrpcConfig config = port == 0 ? plan.grpc() : plan.grpc().withPort(port);
        VehicleProfile profile = plan.world().profile();
        GrpcSources sources =
                new GrpcSources(
                        plan.twins(),
                        plan.shards(),
                        plan.epoch(),
                        signals(),
                        profile.sensors().stream().map(SensorSpec::id).toList(),
                        plan.role().drive(),
                        telemetry);
        return new GrpcVerticle(config, sources, listening);
    }

    /** The bridge to NATS. */
    NatsBridgeVerticle nats() {
        NatsSources sources =
                new NatsSources(
                        source,
                        plan.twins(),
                        plan.shards(),
                        plan.epoch(),
                        signals(),
                        plan.world().profile().sensors().stream().map(SensorSpec::id).toList(),
                        plan.role().simulator(),
                        plan.role().agents(),
                        plan.role().paces(),
                        telemetry);
        return new NatsBridgeVerticle(plan.nats(), sources, outboxes);
    }

    /** What stands for the twins of other processes. */
    MirrorVerticle mirror() {
        MirrorSources sources = new MirrorSources(source, plan.world().stepNanos(), telemetry);
        return new MirrorVerticle(plan.nats(), sources, mirrored);
    }

    private SignalPlan signals() {
        return SignalPlan.of(
                plan.world().profile(), plan.world().stepNanos(), plan.world().stepsPerTick());
    }

    /**
     * What drives the agents of a shard in place of a simulator in this process.
     *
     * @param result completed when the wanted ticks are over
     */
    Deployable provider(int shard, Promise<DriveResult> result) {
        List<TwinId> twins = shards.get(shard).twins();
        Role.Part part = plan.role().part();
        if (part instanceof Role.Part.AgentsOfSimulator far) {
            DriveTarget target =
                    new DriveTarget(
                            far.host(),
                            far.port(),
                            plan.grpc().trusted(),
                            shard,
                            twins,
                            plan.periodNanos(),
                            plan.role().lockstep(),
                            plan.role().ticks());
            return new DriveVerticle(target, telemetry, result);
        }
        List<Observation> script = ((Role.Part.AgentsOfScript) part).script();
        return new ScriptVerticle(
                shard,
                twins.stream()
                        .<DataProvider>map(
                                twin ->
                                        MockDataProvider.looping(
                                                twin, script, plan.world().stepsPerTick()))
                        .toList(),
                plan.role().ticks(),
                () -> result.tryComplete(new DriveResult(plan.role().ticks(), 0, List.of())));
    }

    /** A replay of a process of this plan, at its beginning. */
    static Replay replay(Plan plan) {
        List<List<TwinId>> members = new ArrayList<>();
        for (int shard = 0; shard < plan.shards().count(); shard++) {
            members.add(plan.shards().members(shard, plan.twins()));
        }
        return new Replay(
                new TwinSetup(plan.world(), plan.settings(), List.of(), plan.store()),
                plan.twins(),
                members);
    }

    private WebSources sources() {
        VehicleProfile profile = plan.world().profile();
        return new WebSources(
                plan.twins(),
                plan.shards(),
                plan.epoch(),
                signals(),
                profile.sensors().stream().map(SensorSpec::id).toList(),
                FsmJson.table(),
                telemetry);
    }
}
