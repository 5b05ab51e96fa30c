package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.HashChain;
import io.qiki.dtmp.model.InputRecord;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recorded run, done again from its inputs and compared with its proofs. Records are taken in the
 * order in which they were written: whatever one needs was written before it.
 */
public final class Replay {
    private final TwinSetup setup;
    private final List<TwinId> twins;
    private final StateStore store;
    private final SortedMap<Integer, ReplayShard> shards = new TreeMap<>();
    private final List<List<TwinId>> members;

    /**
     * A replay at its beginning.
     *
     * @param setup the faults known from the start are inputs of the log; those given here are left
     *     out
     * @param twins all of them, in the order of the run
     * @param members the twins of each shard, possibly none
     */
    public Replay(TwinSetup setup, List<TwinId> twins, List<List<TwinId>> members) {
        this.setup = Check.present(setup, "setup");
        this.twins = List.copyOf(twins);
        this.members = members.stream().map(List::copyOf).toList();
        this.store = new StateStore(setup.store());
        for (int number = 0; number < members.size(); number++) {
            if (!members.get(number).isEmpty()) {
                shards.put(number, new ReplayShard(setup, number, members.get(number), store));
            }
        }
    }

    /**
     * Does what a record says.
     *
     * @return what came out differently, if anything did; the replay is of no use from there on
     * @throws IllegalArgumentException for a shard that the run does not have
     */
    public Optional<ReplayDifference> apply(InputRecord record) {
        Check.that(
                shards.containsKey(record.shard()),
                () -> "the run has twins in shards " + shards.keySet() + ", not " + record.shard());
        return shards.get(record.shard()).apply(record);
    }

    /** What became of every twin, as `step` tells it. */
    public StepResult result() {
        List<StepLine> lines = new ArrayList<>(twins.size());
        long[] chains = new long[twins.size()];
        long ticks = 0;
        for (int i = 0; i < chains.length; i++) {
            TwinId twin = twins.get(i);
            ReplayShard shard = shardOf(twin);
            int place = shard.worlds().vehicle(twin).orElseThrow();
            Optional<StoredState> stored = store.get(twin);
            chains[i] = shard.worlds().chain(place);
            ticks += shard.ticks();
            lines.add(
                    new StepLine(
                            twin,
                            shard.ticks(),
                            stored.map(s -> s.snapshot().state()).orElse(shard.state(place)),
                            stored.map(StoredState::version).orElse(0L),
                            chains[i]));
        }
        long steps = ticks * setup.world().stepsPerTick();
        return new StepResult(lines, ticks, steps, HashChain.total(chains));
    }

    /** A twin as it is now. */
    public TwinSnapshot snapshot(TwinId twin) {
        ReplayShard shard = shardOf(twin);
        int place = shard.worlds().vehicle(twin).orElseThrow();
        return new TwinSnapshot(
                twin,
                shard.worlds().tick(place),
                shard.worlds().world().snapshot(place),
                shard.agents().state(twin),
                store.get(twin),
                shard.worlds().chain(place));
    }

    /** The faults of a shard that are not over. */
    public List<FaultSpec> faults(int shard) {
        return shards.get(shard).worlds().knownFaults();
    }

    /** How many ticks the agents of a shard made. */
    public long turn(int shard) {
        return shards.get(shard).agents().turn();
    }

    /** The states of the agents, as the store held them. */
    public StateStore store() {
        return store;
    }

    private ReplayShard shardOf(TwinId twin) {
        for (int number = 0; number < members.size(); number++) {
            if (members.get(number).contains(twin)) {
                return shards.get(number);
            }
        }
        throw new IllegalArgumentException("the run has no twin " + twin);
    }
}
