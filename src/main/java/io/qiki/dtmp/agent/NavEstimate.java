package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.Vec3;

/**
 * The vehicle's own motion, averaged over the navigation readings of the last second or two.
 *
 * @param readings taken in, up to the length of the average; 0: nothing known yet
 * @param positionWorld m, world frame
 * @param velocityWorld m/s, world frame
 * @param sequence of the newest reading taken in
 * @param step simulation step the position is of
 */
public record NavEstimate(
        int readings, Vec3 positionWorld, Vec3 velocityWorld, long sequence, long step) {
    /** Nothing known yet. */
    public static final NavEstimate NONE = new NavEstimate(0, Vec3.ZERO, Vec3.ZERO, 0, 0);

    /** Refuses missing parts. */
    public NavEstimate {
        Check.range(readings, 0, Integer.MAX_VALUE, "readings");
        Check.present(positionWorld, "position");
        Check.present(velocityWorld, "velocity");
        Check.range(sequence, 0, Long.MAX_VALUE, "sequence");
        Check.range(step, 0, Long.MAX_VALUE, "step");
    }

    /** Whether there is an estimate. */
    public boolean known() {
        return readings > 0;
    }

    /** Where the vehicle is some time after the estimate, m. */
    public Vec3 positionAfter(double seconds) {
        return new Vec3(
                positionWorld.x() + seconds * velocityWorld.x(),
                positionWorld.y() + seconds * velocityWorld.y(),
                positionWorld.z() + seconds * velocityWorld.z());
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add((long) readings).add(positionWorld).add(velocityWorld);
        return hash.add(sequence).add(step);
    }
}
