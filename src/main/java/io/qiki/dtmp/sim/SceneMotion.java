package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.RadarTrack.ObjectType;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SceneObject;

/**
 * Where the objects and the sun are at a step: functions of the step alone, so nothing needs to be
 * remembered.
 */
final class SceneMotion {
    private static final double NANOS = 1e9;
    final int objects;
    final double sunX;
    final double sunY;
    final double sunZ;
    final double sunWatts;
    final double[] radius;
    final double[] crossSection;

    /** Index of the station that navigation and control refer to; -1: none. */
    final int station;

    private final long stepNanos;
    private final long eclipsePeriod;
    private final long eclipseLight;
    private final double[] origin;
    private final double[] velocity;
    private final long[] periodNanos;

    SceneMotion(Scene scene, long stepNanos) {
        this.stepNanos = stepNanos;
        objects = scene.objects().size();
        sunX = scene.sunDirectionWorld().x();
        sunY = scene.sunDirectionWorld().y();
        sunZ = scene.sunDirectionWorld().z();
        sunWatts = scene.sunWattsPerSquareMetre();
        eclipsePeriod = scene.eclipse().periodNanos();
        eclipseLight = eclipsePeriod - scene.eclipse().durationNanos();
        radius = new double[objects];
        crossSection = new double[objects];
        origin = new double[3 * objects];
        velocity = new double[3 * objects];
        periodNanos = new long[objects];
        int first = -1;
        for (int o = 0; o < objects; o++) {
            SceneObject object = scene.objects().get(o);
            radius[o] = object.radiusMetres();
            crossSection[o] = object.crossSectionDbsm();
            origin[3 * o] = object.positionWorld().x();
            origin[3 * o + 1] = object.positionWorld().y();
            origin[3 * o + 2] = object.positionWorld().z();
            velocity[3 * o] = object.velocityWorld().x();
            velocity[3 * o + 1] = object.velocityWorld().y();
            velocity[3 * o + 2] = object.velocityWorld().z();
            periodNanos[o] = (long) (object.periodSeconds() * NANOS);
            first = first < 0 && object.type() == ObjectType.STATION ? o : first;
        }
        station = first;
    }

    /** Whether the sun shines at a step. */
    boolean sunlit(long step) {
        return eclipsePeriod == 0 || (step * stepNanos) % eclipsePeriod < eclipseLight;
    }

    /** Coordinate 0..2 of an object at a step, m, world frame. */
    double position(int object, int axis, long step) {
        int k = 3 * object + axis;
        if (velocity[k] == 0) {
            return origin[k];
        }
        long nanos = step * stepNanos;
        long within = periodNanos[object] == 0 ? nanos : nanos % periodNanos[object];
        return origin[k] + velocity[k] * (within / NANOS);
    }

    /** Velocity 0..2 of an object, m/s, world frame. */
    double velocity(int object, int axis) {
        return velocity[3 * object + axis];
    }

    /** Distance of the centre of the station from a point, m; 0 without a station. */
    double stationDistance(double x, double y, double z, long step) {
        if (station < 0) {
            return 0;
        }
        double dx = position(station, 0, step) - x;
        double dy = position(station, 1, step) - y;
        double dz = position(station, 2, step) - z;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
