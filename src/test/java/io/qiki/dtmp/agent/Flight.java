package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.sim.Truth;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A simulated vehicle with its agent and a store that can be taken away, for tests. */
public final class Flight implements CommitPort {
    /** Whose. */
    public static final TwinId TWIN = new TwinId("qiki-1");

    /** Everything that happened so far. */
    public final List<TwinEvent> events = new ArrayList<>();

    /** Whether the store answers. */
    public boolean storeAnswers = true;

    /** Whether the vehicle is heard. */
    public boolean heard = true;

    /** What is heard of the self-test. */
    public UnaryOperator<List<ProbeAnswer>> probes = answers -> answers;

    final World world;
    AgentShard shard;
    StateStore store = emptyStore();
    TwinTick last;
    private final long seed;
    private final AgentSettings settings;
    private long tick = -1;

    /** The default vehicle in the default scene with a mission. */
    public Flight(long seed, Mission mission) {
        this(seed, settings(mission));
    }

    Flight(long seed, AgentSettings settings) {
        this(seed, settings, Scene.station());
    }

    /** The default vehicle in a scene of one's own. */
    public Flight(long seed, AgentSettings settings, Scene scene) {
        WorldSettings usual = WorldSettings.of(seed);
        world =
                new World(
                        new WorldSettings(
                                seed,
                                usual.stepNanos(),
                                usual.stepsPerTick(),
                                usual.profile(),
                                scene),
                        List.of(TWIN));
        this.seed = seed;
        this.settings = settings;
        shard = newborn();
    }

    /** An agent that knows nothing takes the place of the one that flies. */
    void replaceAgent() {
        shard = newborn();
    }

    /** A store that knows nothing takes the place of the one that holds the state. */
    void replaceStore() {
        store = emptyStore();
    }

    private AgentShard newborn() {
        return new AgentShard(
                settings, seed, List.of(TWIN), "test", this, twin -> PhaseListener.NONE);
    }

    private static StateStore emptyStore() {
        return new StateStore(new StoreLimits(4, 64, 4));
    }

    /** The standard settings with a mission. */
    public static AgentSettings settings(Mission mission) {
        return AgentSettings.of(
                VehicleProfile.qikiDodeca01(),
                mission,
                WorldSettings.DEFAULT_STEP_NANOS,
                WorldSettings.DEFAULT_STEPS_PER_TICK);
    }

    /** The next tick. */
    public TwinTick tick() {
        tick++;
        if (tick > 0) {
            world.advance(WorldSettings.DEFAULT_STEPS_PER_TICK);
        }
        Observation seen = answered(world.observe(0, tick));
        SensedInput input =
                heard
                        ? new SensedInput.Seen(seen)
                        : new SensedInput.Blind(
                                new Failure(FailureCode.PROVIDER_UNAVAILABLE, "test"));
        shard.tick(new SensedBatch(1, List.of(input)), batch -> last = batch.twins().get(0));
        if (last.epoch() > 0) {
            world.agentBatch(0, last.epoch(), last.commands());
        }
        events.addAll(last.output().events());
        return last;
    }

    private Observation answered(Observation seen) {
        return new Observation(
                seen.twin(),
                seen.incarnation(),
                seen.tick(),
                seen.step(),
                seen.readings(),
                probes.apply(seen.probes()),
                seen.outcomes(),
                seen.status(),
                seen.epochSeen(),
                seen.worldHash());
    }

    /** Ticks until something holds, at most so often; whether it held. */
    public boolean until(int ticks, Predicate<FsmSnapshot> wanted) {
        for (int i = 0; i < ticks; i++) {
            if (wanted.test(tick().output().snapshot())) {
                return true;
            }
        }
        return false;
    }

    /** Switches a sensor off. */
    public void switchOff(String faultId, String sensor) {
        FaultSpec spec =
                new FaultSpec(
                        faultId,
                        FaultSpec.Type.SENSOR_OFF,
                        sensor,
                        new TreeMap<>(),
                        0,
                        Long.MAX_VALUE);
        world.injectFault(0, spec)
                .ifPresent(
                        refused -> {
                            throw new IllegalStateException(refused.sentence());
                        });
    }

    /** Clears a fault. */
    public void clear(String id) {
        world.clearFault(0, id);
    }

    /** Where the vehicle really is. */
    public Truth truth() {
        return world.truth(0);
    }

    @Override
    public void acquire(
            TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
        answer.accept(
                storeAnswers ? Optional.of(store.acquire(twin, writer, floor)) : Optional.empty());
    }

    @Override
    public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
        answer.accept(storeAnswers ? store.commit(batch) : List.of());
    }
}
