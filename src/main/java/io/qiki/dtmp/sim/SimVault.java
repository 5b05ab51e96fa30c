package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.FaultSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The last good state of the vehicles of a shard. It outlives whoever runs the shard; only the
 * newest holder may deposit, so that somebody who was given up and comes back late changes nothing.
 */
public final class SimVault {
    private Optional<Saved> saved = Optional.empty();
    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Map<Long, FaultSpec> faults = new LinkedHashMap<>();
    private long holder;

    /**
     * The vehicles of a shard between two ticks.
     *
     * @param vehicles in the shard's order
     */
    record Saved(List<Vehicle> vehicles) {
        Saved {
            vehicles = List.copyOf(vehicles);
        }
    }

    /**
     * One vehicle.
     *
     * @param world its state
     * @param agentHash fingerprint of its agent, as last told
     * @param chain its past
     */
    record Vehicle(WorldSnapshot world, long agentHash, long chain) {
        Vehicle {
            Check.present(world, "world");
        }
    }

    /** Makes the caller the only one that may deposit. */
    synchronized long claim() {
        holder++;
        return holder;
    }

    /** Keeps a state; not that of somebody who is no longer the holder. */
    synchronized void deposit(long claim, Saved state) {
        if (claim == holder) {
            saved = Optional.of(state);
        }
    }

    /** Keeps the highest writer epoch that commanded a vehicle. */
    synchronized void noteEpoch(long claim, int vehicle, long epoch) {
        if (claim == holder) {
            epochs.merge(vehicle, epoch, Math::max);
        }
    }

    /** The highest writer epoch that commanded a vehicle; 0: none. */
    synchronized long epoch(int vehicle) {
        return epochs.getOrDefault(vehicle, 0L);
    }

    /** Remembers what a fault was called: a world keeps its key only. */
    synchronized void note(FaultSpec fault) {
        faults.put(Faults.key(fault.id()), fault);
    }

    /** Forgets every fault whose key is not among these. */
    synchronized void forgetAllBut(Set<Long> keys) {
        faults.keySet().retainAll(keys);
    }

    /** The faults that were noted and not forgotten, by key, in the order of their injection. */
    synchronized Map<Long, FaultSpec> faults() {
        return new LinkedHashMap<>(faults);
    }

    /** What was deposited last. */
    synchronized Optional<Saved> saved() {
        return saved;
    }
}
