package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.AgentSettings;
import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.agent.GuestEngine;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.grpc.GrpcConfig;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.web.WebConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a process is made of, read from a configuration.
 *
 * @param epoch date of the start of simulation time
 * @param world of every shard
 * @param settings of every agent
 * @param agents how the agents of a shard are made
 * @param twins in their order; none where they are only heard of
 * @param shards how many, for sim and agent together
 * @param speed simulation time over wall time at the start
 * @param store bounds of the state store
 * @param faults injected into every twin at the start
 * @param web the web server
 * @param grpc the gRPC server
 * @param nats the NATS server, if there is one
 * @param log the input log, if there is to be one
 * @param guests engines beside the agents
 * @param role which part of the run lives in the process
 */
public record Plan(
        Instant epoch,
        WorldSettings world,
        AgentSettings settings,
        AgentVerticle.Factory agents,
        List<TwinId> twins,
        Shards shards,
        double speed,
        StoreLimits store,
        List<FaultSpec> faults,
        WebConfig web,
        GrpcConfig grpc,
        NatsConfig nats,
        Optional<LogPlan> log,
        List<GuestEngine> guests,
        Role role) {
    /** Copies; refuses a process without twins. */
    public Plan {
        Check.present(epoch, "epoch");
        Check.present(world, "world");
        Check.present(settings, "agent settings");
        Check.present(agents, "agents");
        twins = List.copyOf(twins);
        Check.present(shards, "shards");
        Check.present(store, "store");
        faults = List.copyOf(faults);
        Check.present(web, "web");
        Check.present(grpc, "grpc");
        Check.present(nats, "nats");
        Check.present(log, "input log");
        guests = List.copyOf(guests);
        Check.present(role, "role");
        Check.that(
                twins.isEmpty() == role.mirrors(),
                "a process needs a twin, unless it only hears of them");
    }

    /** Simulation time of a tick, ns. */
    public long periodNanos() {
        return world.stepNanos() * world.stepsPerTick();
    }
}
