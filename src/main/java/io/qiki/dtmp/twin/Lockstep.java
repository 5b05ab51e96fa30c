package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentBatch;
import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.agent.TwinTick;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.store.StateStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Worlds and agents stepped together, without a bus, a thread or a clock.
 *
 * <p>A tick is: the worlds step, their observations go to the agents, the agents decide, their
 * states are committed, and the commands that may leave go into the worlds, where they act from the
 * next step on. What becomes of a twin does not depend on the others.
 */
public final class Lockstep {
    private static final String WRITER = "lockstep";

    private final TwinSetup setup;
    private final List<TwinId> twins;
    private final World world;
    private final StateStore store;
    private final AgentShard agents;
    private final long[] worldHashes;
    private final long[] hashes;
    private AgentBatch last = new AgentBatch(0, List.of());
    private long ticks;

    /** Twins at their start, with the faults of the set-up waiting. */
    public Lockstep(TwinSetup setup, List<TwinId> twins) {
        this.setup = Check.present(setup, "setup");
        this.twins = List.copyOf(twins);
        world = new World(setup.world(), this.twins);
        store = new StateStore(setup.store());
        agents =
                new AgentShard(
                        setup.agent(),
                        setup.world().seed(),
                        this.twins,
                        WRITER,
                        new StoreCommitPort(store),
                        twin -> PhaseListener.NONE);
        worldHashes = new long[this.twins.size()];
        hashes = new long[this.twins.size()];
        for (TwinFault fault : setup.faults()) {
            inject(fault);
        }
    }

    /**
     * Twins that go on exactly from where snapshots of them were taken: the same run as if nothing
     * had happened.
     *
     * @param setup the one the snapshots were taken under
     * @param snapshots one per twin, at least one, all of the same tick
     */
    public static Lockstep restored(TwinSetup setup, List<TwinSnapshot> snapshots) {
        Check.that(!snapshots.isEmpty(), "a lockstep is restored from at least one snapshot");
        List<TwinId> twins = snapshots.stream().map(TwinSnapshot::twin).toList();
        Lockstep lockstep = new Lockstep(setup, twins);
        lockstep.ticks = snapshots.get(0).tick();
        for (int i = 0; i < snapshots.size(); i++) {
            lockstep.restore(i, snapshots.get(i));
        }
        return lockstep;
    }

    /** Runs one tick of every twin. */
    public void tick() {
        ticks++;
        world.advance(setup.world().stepsPerTick());
        List<SensedInput> sensed = new ArrayList<>(twins.size());
        for (int i = 0; i < twins.size(); i++) {
            Observation observation = world.observe(i, ticks);
            worldHashes[i] = observation.worldHash();
            sensed.add(new SensedInput.Seen(observation));
        }
        agents.tick(ticks, sensed, this::act);
    }

    /** How many ticks have been made. */
    public long ticks() {
        return ticks;
    }

    /** Number of twins. */
    public int size() {
        return twins.size();
    }

    /** The twin at a place. */
    public TwinId twin(int place) {
        return twins.get(place);
    }

    /** What it is made of. */
    public TwinSetup setup() {
        return setup;
    }

    /** The chain of a twin up to now. */
    public long hash(int place) {
        return hashes[place];
    }

    /** One fingerprint over the chains of all twins. */
    public long totalHash() {
        return HashChain.total(hashes);
    }

    /** The vehicles, for tests and for commands from outside. */
    public World world() {
        return world;
    }

    /** The agents, for tests and for requests of an operator. */
    public AgentShard agents() {
        return agents;
    }

    /** The states of the agents. */
    public StateStore store() {
        return store;
    }

    /** What the agents did at the last tick; without twins before the first. */
    public AgentBatch last() {
        return last;
    }

    /** A twin as it is now. */
    public TwinSnapshot snapshot(int place) {
        TwinId twin = twins.get(place);
        return new TwinSnapshot(
                twin,
                ticks,
                world.snapshot(place),
                agents.state(twin),
                store.get(twin),
                hashes[place]);
    }

    /** Another lockstep of the same twins, which goes its own way from here. */
    public Lockstep fork() {
        List<TwinSnapshot> snapshots = new ArrayList<>(twins.size());
        for (int i = 0; i < twins.size(); i++) {
            snapshots.add(snapshot(i));
        }
        return restored(setup, snapshots);
    }

    private void act(AgentBatch batch) {
        last = batch;
        for (int i = 0; i < twins.size(); i++) {
            TwinTick tick = batch.twins().get(i);
            world.agentBatch(i, tick.epoch(), tick.commands());
            hashes[i] = HashChain.next(hashes[i], worldHashes[i], agents.hash(i));
        }
    }

    private void restore(int place, TwinSnapshot snapshot) {
        Check.that(
                snapshot.tick() == ticks,
                "the snapshot of "
                        + snapshot.twin()
                        + " must be of tick "
                        + ticks
                        + ", was of "
                        + snapshot.tick());
        world.restore(place, snapshot.world());
        hashes[place] = snapshot.hash();
        snapshot.stored()
                .ifPresent(
                        stored -> {
                            store.adopt(stored);
                            agents.resume(snapshot.agent(), stored);
                        });
    }

    private void inject(TwinFault fault) {
        int place = twins.indexOf(fault.twin());
        if (place >= 0) {
            world.injectFault(place, fault.fault())
                    .ifPresent(
                            failure -> {
                                throw new IllegalArgumentException(failure.sentence());
                            });
        }
    }
}
