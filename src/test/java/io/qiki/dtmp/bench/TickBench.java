package io.qiki.dtmp.bench;

import io.qiki.dtmp.agent.AgentBatch;
import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.CommitPort;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.agent.TwinTick;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.twin.Lockstep;
import io.qiki.dtmp.twin.TwinSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One twin of the default run in lockstep: five steps, an observation, an agent's tick, a commit,
 * the commands and the hash chain, with noise and radar. Beside it, on what a run of it recorded,
 * the simulator alone and the agent alone, so that the larger share has a name.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TickBench {
    static final List<Figure> FIGURES =
            List.of(
                    Figure.of("tick", "tick", "ticks/s")
                            .target(100_000)
                            .beside(
                                    "the original's agent tick plus simulator step (1.9 k/s)",
                                    1_900),
                    Figure.of("simulator", "simulator-alone", "ticks/s"),
                    Figure.of("agent", "agent-alone", "ticks/s"));

    /** Ticks after which a life begins anew: boot, the whole default mission and holding. */
    private static final int LIFE = 20_000;

    /** Ticks recorded for the parts alone. */
    private static final int RECORDED = 4_000;

    private static final TwinId TWIN = new TwinId("qiki-1");

    /** The whole of it. */
    @State(Scope.Thread)
    public static class Whole {
        final TwinSetup setup = DemoSetup.read();
        Lockstep lockstep;

        /** Begins a life. */
        @Setup(Level.Iteration)
        public void begin() {
            lockstep = new Lockstep(setup, List.of(TWIN));
        }

        Lockstep alive() {
            if (lockstep.ticks() == LIFE) {
                begin();
            }
            return lockstep;
        }
    }

    /** What the parts said to each other in a run. */
    @State(Scope.Thread)
    public static class Parts {
        final TwinSetup setup = DemoSetup.read();
        final List<Observation> observations = new ArrayList<>();
        final List<TwinTick> orders = new ArrayList<>();
        World world;
        AgentShard agents;
        int worldTick;
        int agentTick;

        /** Records. */
        @Setup(Level.Trial)
        public void record() {
            Lockstep lockstep = new Lockstep(setup, List.of(TWIN));
            World heard = new World(setup.world(), List.of(TWIN));
            for (int i = 0; i < RECORDED; i++) {
                lockstep.tick();
                TwinTick order = lockstep.last().twins().get(0);
                heard.advance(setup.world().stepsPerTick());
                observations.add(heard.observe(0, i + 1L));
                heard.agentBatch(0, order.epoch(), order.commands());
                orders.add(order);
            }
            worldTick = RECORDED;
            agentTick = RECORDED;
        }

        void beginWorld() {
            world = new World(setup.world(), List.of(TWIN));
            worldTick = 0;
        }

        void beginAgents() {
            StateStore store = new StateStore(setup.store());
            agents =
                    new AgentShard(
                            setup.agent(),
                            setup.world().seed(),
                            List.of(TWIN),
                            "bench",
                            new DirectPort(store),
                            twin -> PhaseListener.NONE);
            agentTick = 0;
        }
    }

    /** A tick. */
    @Benchmark
    public void tick(Whole whole) {
        whole.alive().tick();
    }

    /** The simulator's part of a tick: steps, observation, fingerprint, commands. */
    @Benchmark
    public Observation simulator(Parts parts) {
        if (parts.worldTick == RECORDED) {
            parts.beginWorld();
        }
        TwinTick order = parts.orders.get(parts.worldTick++);
        parts.world.advance(parts.setup.world().stepsPerTick());
        Observation observation = parts.world.observe(0, parts.worldTick);
        parts.world.agentBatch(0, order.epoch(), order.commands());
        return observation;
    }

    /** The agent's part of a tick: five phases, commit, fingerprint. */
    @Benchmark
    public long agent(Parts parts, Blackhole hole) {
        if (parts.agentTick == RECORDED) {
            parts.beginAgents();
        }
        SensedInput sensed = new SensedInput.Seen(parts.observations.get(parts.agentTick++));
        Consumer<AgentBatch> done = hole::consume;
        parts.agents.tick(new SensedBatch(1, List.of(sensed)), done);
        return parts.agents.hash(TWIN);
    }

    /** Commits by plain calls. */
    private record DirectPort(StateStore store) implements CommitPort {
        @Override
        public void acquire(
                TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
            answer.accept(Optional.of(store.acquire(twin, writer, floor)));
        }

        @Override
        public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
            answer.accept(store.commit(batch));
        }
    }
}
