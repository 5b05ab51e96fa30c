package io.qiki.dtmp.testkit;

import io.qiki.dtmp.agent.AgentSettings;
import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.agent.GuestEngine;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.grpc.GrpcConfig;
import io.qiki.dtmp.journal.InputLog;
import io.qiki.dtmp.journal.InputLogHeader;
import io.qiki.dtmp.launcher.LogPlan;
import io.qiki.dtmp.launcher.Plan;
import io.qiki.dtmp.launcher.Role;
import io.qiki.dtmp.launcher.RunConfigReader;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.sim.Columns;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.twin.TwinSetup;
import io.qiki.dtmp.web.WebConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whole processes for tests. */
public final class Plans {
    private static final long SEED = 1;

    private Plans() {}

    /** The default vehicle in the default scene on the default mission, on a free port. */
    public static Plan demo(int twins) {
        return demo(twins, new Shards(1), 0);
    }

    /** The same with several shards, or on a port of one's choice. */
    public static Plan demo(int twins, Shards shards, int port) {
        return demo(twins, shards, port, Optional.empty(), List.of());
    }

    /** The set-up of every twin of these plans. */
    public static TwinSetup setup() {
        return TwinSetup.of(SEED);
    }

    /** One that writes its inputs down. */
    public static Plan logged(int twins, Shards shards, Path file, boolean resume) {
        return logged(twins, shards, file, resume, List.of());
    }

    /** The same with engines beside the agents. */
    public static Plan logged(
            int twins, Shards shards, Path file, boolean resume, List<GuestEngine> guests) {
        List<String> fields =
                new World(WorldSettings.of(SEED), List.of(new TwinId("qiki-1")))
                        .columns().all().stream().map(Columns.Column::name).toList();
        InputLogHeader header =
                new InputLogHeader(InputLog.SCHEMA, 0, shards.count(), List.of("{}"), fields);
        return demo(twins, shards, 0, Optional.of(new LogPlan(file, header, resume)), guests);
    }

    /** A part of the same run, without a web server. */
    public static Plan part(int twins, Role.Part part) {
        Role role = new Role(part, false, false, Role.ENDLESS);
        return demo(twins, new Shards(1), 0, Optional.empty(), List.of(), role, NatsConfig.NONE);
    }

    /** A dashboard of twins that live elsewhere, on a free port. */
    public static Plan dashboard(String natsUrl) {
        return demo(
                0,
                new Shards(1),
                0,
                Optional.empty(),
                List.of(),
                Role.DASHBOARD,
                NatsConfig.of(natsUrl));
    }

    /** A part of the same run in lockstep. */
    public static Plan lockstep(int twins, Role.Part part, long ticks) {
        Role role = new Role(part, true, false, ticks);
        return demo(twins, new Shards(1), 0, Optional.empty(), List.of(), role, NatsConfig.NONE);
    }

    /** The same run bridged to NATS. */
    public static Plan bridged(Plan plan, NatsConfig nats) {
        return new Plan(
                plan.epoch(),
                plan.world(),
                plan.settings(),
                plan.agents(),
                plan.twins(),
                plan.shards(),
                plan.speed(),
                plan.store(),
                plan.faults(),
                plan.web(),
                plan.grpc(),
                nats,
                plan.log(),
                plan.guests(),
                plan.role());
    }

    private static Plan demo(
            int twins, Shards shards, int port, Optional<LogPlan> log, List<GuestEngine> guests) {
        return demo(twins, shards, port, log, guests, Role.ALL, NatsConfig.NONE);
    }

    private static Plan demo(
            int twins,
            Shards shards,
            int port,
            Optional<LogPlan> log,
            List<GuestEngine> guests,
            Role role,
            NatsConfig nats) {
        WorldSettings world = WorldSettings.of(SEED);
        AgentSettings agents =
                AgentSettings.of(
                        world.profile(),
                        Mission.standard(),
                        world.stepNanos(),
                        world.stepsPerTick());
        List<TwinId> ids =
                IntStream.rangeClosed(1, twins).mapToObj(i -> new TwinId("qiki-" + i)).toList();
        return new Plan(
                RunConfigReader.DEFAULT_EPOCH,
                world,
                agents,
                AgentVerticle.Factory.of(agents, SEED),
                ids,
                shards,
                1,
                StoreLimits.DEFAULT,
                List.of(),
                new WebConfig("127.0.0.1", port, List.of()),
                new GrpcConfig("127.0.0.1", 0),
                nats,
                log,
                guests,
                role);
    }
}
