package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * What a world is made of.
 *
 * @param seed of all random numbers
 * @param stepNanos length of a step, ns
 * @param stepsPerTick steps between two observations
 * @param profile of every vehicle
 * @param scene around every vehicle
 */
public record WorldSettings(
        long seed, long stepNanos, int stepsPerTick, VehicleProfile profile, Scene scene) {
    /** Default step, 20 ms, in ns. */
    public static final long DEFAULT_STEP_NANOS = 20_000_000L;

    /** Default steps per tick: 100 ms. */
    public static final int DEFAULT_STEPS_PER_TICK = 5;

    /** Refuses missing parts and steps out of range. */
    public WorldSettings {
        Check.range(stepNanos, 1_000_000L, 200_000_000L, "step in ns");
        Check.range(stepsPerTick, 1, 10_000, "steps per tick");
        Check.present(profile, "vehicle profile");
        Check.present(scene, "scene");
    }

    /** The default vehicle in the default scene. */
    public static WorldSettings of(long seed) {
        return new WorldSettings(
                seed,
                DEFAULT_STEP_NANOS,
                DEFAULT_STEPS_PER_TICK,
                VehicleProfile.qikiDodeca01(),
                Scene.station());
    }

    /** Length of a step, s. */
    double stepSeconds() {
        return stepNanos / 1e9;
    }
}
