package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Vec3;

/**
 * How to come to rest at a place: towards it with a speed from which there is still time to brake.
 *
 * <p>Source of the braking curve v = sqrt(2 a d): uniformly decelerated motion. Near the place the
 * speed is proportional to the distance, slow against the vehicle's velocity loop.
 */
final class Guidance {
    /** Planned deceleration, m/s2: less than half of what the weakest axis gives. */
    private static final double BRAKING = 0.008;

    /** Speed per distance near the place, 1/s: a sixth of the velocity loop's gain. */
    private static final double NEAR_GAIN = 0.08;

    private Guidance() {}

    /**
     * The velocity to fly now, m/s.
     *
     * @param toGo from the vehicle to the place, m
     * @param transitMps greatest speed, m/s
     */
    static Vec3 velocity(Vec3 toGo, double transitMps) {
        double distance = toGo.norm();
        if (distance == 0) {
            return Vec3.ZERO;
        }
        double speed =
                Math.min(
                        Math.min(transitMps, Math.sqrt(2 * BRAKING * distance)),
                        NEAR_GAIN * distance);
        return toGo.times(speed / distance);
    }

    /**
     * The attitude whose nose (+X) points along a direction and whose back (+Z) is as far up as it
     * can be, body to world.
     *
     * @param direction any length but 0, world frame
     */
    static Quaternion noseAlong(Vec3 direction) {
        Vec3 x = direction.unit();
        Vec3 up = Math.abs(x.z()) < 0.95 ? new Vec3(0, 0, 1) : new Vec3(0, -1, 0);
        Vec3 y = up.cross(x).unit();
        Vec3 z = x.cross(y);
        return ofAxes(x, y, z);
    }

    /** Source: S. W. Shepperd, Quaternion from rotation matrix, 1978. */
    private static Quaternion ofAxes(Vec3 x, Vec3 y, Vec3 z) {
        double trace = x.x() + y.y() + z.z();
        if (trace >= x.x() && trace >= y.y() && trace >= z.z()) {
            return Quaternion.normalised(1 + trace, y.z() - z.y(), z.x() - x.z(), x.y() - y.x());
        }
        if (x.x() >= y.y() && x.x() >= z.z()) {
            return Quaternion.normalised(
                    y.z() - z.y(), 1 + x.x() - y.y() - z.z(), y.x() + x.y(), z.x() + x.z());
        }
        if (y.y() >= z.z()) {
            return Quaternion.normalised(
                    z.x() - x.z(), y.x() + x.y(), 1 + y.y() - x.x() - z.z(), z.y() + y.z());
        }
        return Quaternion.normalised(
                x.y() - y.x(), z.x() + x.z(), z.y() + y.z(), 1 + z.z() - x.x() - y.y());
    }
}
