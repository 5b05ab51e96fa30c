package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.AgentSettings;
import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.agent.GuestEngine;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.grpc.GrpcConfig;
import io.qiki.dtmp.journal.InputLog;
import io.qiki.dtmp.journal.InputLogConfig;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.web.WebConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The configuration of a run, whole and judged.
 *
 * @param epoch date of the start of simulation time
 * @param world seed, step, vehicle and scene
 * @param mission of every agent
 * @param twins how many and how they are named
 * @param instances number of shards
 * @param speed simulation time over wall time at the start
 * @param history transitions kept per twin
 * @param faults injected into every twin
 * @param inputLog where inputs are written
 * @param web the web server
 * @param grpc the gRPC server
 * @param nats the NATS server
 * @param engines beside those of the agents
 */
public record RunConfig(
        Instant epoch,
        WorldSettings world,
        Mission mission,
        Twins twins,
        int instances,
        double speed,
        int history,
        List<FaultSpec> faults,
        InputLogConfig inputLog,
        WebConfig web,
        GrpcConfig grpc,
        NatsConfig nats,
        List<GuestEngine> engines) {
    /**
     * How many twins and how they are named.
     *
     * @param count 1..100 000; 0: they live in other processes, which tell of them over NATS
     * @param prefix before the number, which begins at 1
     */
    public record Twins(int count, String prefix) {
        /** Whether they live in this process. */
        public boolean here() {
            return count > 0;
        }

        /** Every id, in order. */
        public List<TwinId> ids() {
            return LongStream.rangeClosed(1, count).mapToObj(this::id).toList();
        }

        /** The twin of a name, when it is one of the first {@code most}. */
        public Optional<TwinId> among(String name, int most) {
            return LongStream.rangeClosed(1, most)
                    .mapToObj(number -> prefix + number)
                    .filter(name::equals)
                    .map(TwinId::new)
                    .findFirst();
        }

        /** The id of a number. */
        public TwinId id(long number) {
            return new TwinId(prefix + number);
        }
    }

    /** Copies. */
    public RunConfig {
        faults = List.copyOf(faults);
        engines = List.copyOf(engines);
    }

    /** What the agents are told. */
    public AgentSettings agents() {
        return AgentSettings.of(world.profile(), mission, world.stepNanos(), world.stepsPerTick());
    }

    /** A fingerprint of all that decides what becomes of a twin, beside its inputs. */
    public long settings() {
        return InputLog.fingerprint(List.of(world, agents()));
    }

    /**
     * What a process is made of: everything, or the dashboard of twins that live elsewhere.
     *
     * @param log of its inputs, if there is to be one
     */
    public Plan plan(Optional<LogPlan> log) {
        return plan(log, twins.here() ? Role.ALL : Role.DASHBOARD);
    }

    /**
     * What a process with a part of the run is made of.
     *
     * @param log of its inputs, if there is to be one
     */
    public Plan plan(Optional<LogPlan> log, Role role) {
        return new Plan(
                epoch,
                world,
                agents(),
                AgentVerticle.Factory.of(agents(), world.seed()),
                twins.ids(),
                new Shards(instances),
                speed,
                StoreLimits.withHistory(history),
                faults,
                web,
                grpc,
                nats,
                log,
                engines,
                role);
    }
}
