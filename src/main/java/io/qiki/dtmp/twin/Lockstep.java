package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.AgentBatch;
import io.qiki.dtmp.agent.AgentShard;
import io.qiki.dtmp.agent.PhaseListener;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.HashChain;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
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
    private final SimShard worlds;
    private final StateStore store;
    private final AgentShard agents;
    private AgentBatch last = new AgentBatch(0, List.of());
    private long ticks;

    /** Twins at their start, with the faults of the set-up waiting. */
    public Lockstep(TwinSetup setup, List<TwinId> twins) {
        this.setup = Check.present(setup, "setup");
        this.twins = List.copyOf(twins);
        worlds =
                new SimShard(
                        0, new World(setup.world(), this.twins), new SimVault(), InputSink.NONE);
        store = new StateStore(setup.store());
        agents =
                new AgentShard(
                        setup.agent(),
                        setup.world().seed(),
                        this.twins,
                        WRITER,
                        new StoreCommitPort(store),
                        twin -> PhaseListener.NONE);
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
        agents.tick(worlds.advance(), this::act);
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
        return worlds.chain(place);
    }

    /** One fingerprint over the chains of all twins. */
    public long totalHash() {
        long[] chains = new long[twins.size()];
        for (int i = 0; i < chains.length; i++) {
            chains[i] = worlds.chain(i);
        }
        return HashChain.total(chains);
    }

    /** The vehicles, for tests and for commands from outside. */
    public World world() {
        return worlds.world();
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
                worlds.world().snapshot(place),
                agents.state(twin),
                store.get(twin),
                worlds.chain(place));
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
        worlds.take(batch.turn(), batch.orders());
        worlds.finish(false);
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
        long agentHash = snapshot.agent().addTo(new Hash64()).value();
        worlds.resume(place, snapshot.world(), agentHash, snapshot.hash());
        snapshot.stored()
                .ifPresent(
                        stored -> {
                            store.adopt(stored);
                            agents.resume(snapshot.agent(), stored);
                        });
    }

    private void inject(TwinFault fault) {
        if (twins.contains(fault.twin())) {
            worlds.inject(fault.twin(), fault.fault())
                    .ifPresent(
                            failure -> {
                                throw new IllegalArgumentException(failure.sentence());
                            });
        }
    }
}
