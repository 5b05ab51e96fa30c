package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.AgentBatch;
import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.AgentState;
import io.qiki.dtmp.agent.CommitPort;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.journal.InputLog;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.VehicleSnapshot;
import io.qiki.dtmp.sim.CommandSource;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** A run in which anything may happen at any time, as a live one, written to a log. */
final class RecordedRun {
    private final Random random;
    private final TwinSetup setup;
    private final List<TwinId> twins;
    private final InputLog log;
    private final SimVault vault = new SimVault();
    private final StateStore store;
    private final List<String> faults = new ArrayList<>();
    private final List<AgentBatch> late = new ArrayList<>();
    private final List<VehicleSnapshot> kept = new ArrayList<>();
    private SimShard worlds;
    private AgentShard agents;
    private boolean storeAway;
    private boolean answersLost;
    private int writers;

    RecordedRun(long seed, TwinSetup setup, List<TwinId> twins, InputLog log) {
        this.random = new Random(seed);
        this.setup = setup;
        this.twins = twins;
        this.log = log;
        this.store = new StateStore(setup.store());
        this.worlds = worlds();
        this.agents = agents();
    }

    private SimShard worlds() {
        return new SimShard(0, new World(setup.world(), twins), vault, log.open("sim-0"));
    }

    private AgentShard agents() {
        writers++;
        AgentShard shard =
                new AgentShard(
                        setup.agent(),
                        setup.world().seed(),
                        twins,
                        "writer-" + writers,
                        port(),
                        twin -> PhaseListener.NONE);
        shard.recordTo(0, log.open("agent-0"));
        return shard;
    }

    private CommitPort port() {
        StoreCommitPort own = new StoreCommitPort(store);
        return new CommitPort() {
            @Override
            public void acquire(
                    TwinId twin,
                    String writer,
                    long floor,
                    Consumer<Optional<StoredState>> answer) {
                if (storeAway) {
                    answer.accept(Optional.empty());
                } else if (answersLost) {
                    own.acquire(twin, writer, floor, lost -> answer.accept(Optional.empty()));
                } else {
                    own.acquire(twin, writer, floor, answer);
                }
            }

            @Override
            public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
                if (storeAway) {
                    answer.accept(List.of());
                } else if (answersLost) {
                    own.commit(batch, lost -> answer.accept(List.of()));
                } else {
                    own.commit(batch, answer);
                }
            }
        };
    }

    long chain(int place) {
        return worlds.chain(place);
    }

    SimShard sim() {
        return worlds;
    }

    StateStore store() {
        return store;
    }

    void run(int ticks) {
        for (int i = 0; i < ticks; i++) {
            happen();
            tick();
        }
    }

    private void tick() {
        SensedBatch seen = worlds.advance();
        boolean missed = random.nextInt(20) == 0;
        if (!late.isEmpty()) {
            // The agents are busy: this batch is not handed out.
            worlds.finish(true);
            if (random.nextBoolean()) {
                take(late.remove(0));
            }
            return;
        }
        agents.tick(seen, missed ? late::add : this::take);
        worlds.finish(missed);
    }

    private void take(AgentBatch batch) {
        worlds.take(batch.turn(), batch.orders());
    }

    private TwinId any() {
        return twins.get(random.nextInt(twins.size()));
    }

    private void happen() {
        storeAway = storeAway ? random.nextInt(6) > 0 : random.nextInt(80) == 0;
        answersLost = random.nextInt(60) == 0;
        switch (random.nextInt(60)) {
            case 0 -> inject();
            case 1 -> {
                if (!faults.isEmpty()) {
                    String fault = faults.get(random.nextInt(faults.size()));
                    twins.forEach(twin -> worlds.clear(twin, fault));
                }
            }
            case 2, 3 -> command();
            case 4 ->
                    agents.request(
                            any(),
                            random.nextBoolean()
                                    ? OperatorRequest.SAFE_MODE
                                    : OperatorRequest.IDLE);
            case 5 -> blind();
            case 6 -> maybe(this::reset);
            case 7 -> maybe(this::restart);
            case 8 -> maybe(() -> worlds.restart(false));
            case 9 -> maybe(this::revive);
            case 10 -> kept.addAll(worlds.snapshot(any()).stream().toList());
            case 11 -> maybe(this::restore);
            default -> {
                // Nothing happens.
            }
        }
    }

    private void maybe(Runnable rare) {
        if (random.nextInt(3) == 0) {
            rare.run();
        }
    }

    private void inject() {
        String id = "fault-" + faults.size();
        faults.add(id);
        String target = random.nextBoolean() ? "imu_main" : "sensor_solar";
        worlds.inject(
                any(),
                new FaultSpec(
                        id,
                        FaultSpec.Type.SENSOR_OFF,
                        target,
                        new TreeMap<>(),
                        0,
                        random.nextBoolean() ? Long.MAX_VALUE : 5_000));
    }

    private void command() {
        TwinId twin = any();
        worlds.admit(
                new ActuatorCommand(
                        new UUID(random.nextLong(), random.nextLong()),
                        twin,
                        Actuator.RCS_FORWARD,
                        ActuatorCommand.Type.SET_VELOCITY,
                        new CommandValue.Scalar(random.nextInt(100)),
                        Unit.PERCENT,
                        500),
                new CommandSource(CommandSource.OPERATOR, "test", random.nextInt(1000)));
    }

    private void blind() {
        if (late.isEmpty()) {
            Failure failure = new Failure(FailureCode.PROVIDER_UNAVAILABLE, "nobody answers");
            agents.tick(SensedBatch.blind(twins.size(), failure), dropped -> {});
            worlds.restart(false);
        }
    }

    private void reset() {
        late.clear();
        worlds.reset();
    }

    private void restart() {
        late.clear();
        worlds = worlds();
        worlds.restart(true);
    }

    private void restore() {
        if (!kept.isEmpty()) {
            VehicleSnapshot snapshot = kept.get(random.nextInt(kept.size()));
            assertThat(worlds.restore(snapshot)).isEmpty();
        }
    }

    private void revive() {
        late.clear();
        List<AgentState> states = agents.states();
        long turn = agents.turn();
        agents = agents();
        agents.revive(states, turn);
    }
}
