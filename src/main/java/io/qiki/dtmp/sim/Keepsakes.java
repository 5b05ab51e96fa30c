package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.VehicleSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Snapshots of vehicles as they leave the process, and whether one that comes back is sound. */
final class Keepsakes {
    /** No vehicle flies longer: 2^48 steps are more than a hundred thousand years. */
    private static final long MOST_STEPS = 1L << 48;

    /** Enough for every sensor to measure. */
    private static final int TRIAL_TICKS = 10;

    private Keepsakes() {}

    /** What a world remembers of a vehicle, with the names of the faults that it holds. */
    static VehicleSnapshot of(World world, int vehicle, List<FaultSpec> faults) {
        WorldSnapshot snapshot = world.snapshot(vehicle);
        return new VehicleSnapshot(
                snapshot.twin(),
                world.columns().layout(),
                world.hash(vehicle),
                Arrays.stream(snapshot.doubles()).boxed().toList(),
                Arrays.stream(snapshot.longs()).boxed().toList(),
                faults);
    }

    /** The values of a snapshot. */
    static WorldSnapshot values(VehicleSnapshot snapshot) {
        return WorldSnapshot.of(
                snapshot.twin(),
                snapshot.reals().stream().mapToDouble(Double::doubleValue).toArray(),
                snapshot.wholes().stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * Why a vehicle cannot go on from a snapshot, if so. It is tried in a world apart: what comes
     * from outside may hold anything.
     */
    static Optional<Failure> refusal(World world, int vehicle, VehicleSnapshot snapshot) {
        Columns columns = world.columns();
        if (snapshot.layout() != columns.layout()
                || snapshot.reals().size() != columns.doublesPerVehicle()
                || snapshot.wholes().size() != columns.longsPerVehicle()) {
            return refused("has another layout than this simulator; take one of this version");
        }
        World trial = new World(world.settings(), List.of(snapshot.twin()));
        trial.restore(0, values(snapshot));
        if (trial.hash(0) != snapshot.hash()) {
            return refused("is damaged: its values do not give its hash");
        }
        int ahead = trial.incarnation(0) - world.incarnation(vehicle);
        if (trial.step(0) < 0 || trial.step(0) > MOST_STEPS) {
            return refused("is of step " + trial.step(0) + ", must be of 0.." + MOST_STEPS);
        }
        if (trial.incarnation(0) < 0 || ahead > Rejoin.MOST_LIVES) {
            return refused(
                    "is of incarnation "
                            + trial.incarnation(0)
                            + ", must be of 0.."
                            + (world.incarnation(vehicle) + Rejoin.MOST_LIVES));
        }
        return flies(trial);
    }

    private static Optional<Failure> flies(World trial) {
        try {
            for (int tick = 0; tick < TRIAL_TICKS; tick++) {
                trial.advance(0, trial.settings().stepsPerTick());
                trial.observe(0, tick);
            }
        } catch (RuntimeException broken) {
            return refused("holds values that no vehicle can have: " + broken.getMessage());
        }
        for (double value : trial.snapshot(0).doubles()) {
            if (!Double.isFinite(value)) {
                return refused("holds values that no vehicle can have: it comes to " + value);
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> refused(String sentence) {
        return Optional.of(new Failure(FailureCode.BAD_ARGUMENT, "the snapshot " + sentence));
    }
}
