package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.Vec3;

/** What the controllers of a vehicle are told to hold. */
final class SetPoints {
    /** Frames of a velocity set-point. */
    static final int WORLD = 0;

    static final int BODY = 1;

    private final WorldState state;

    SetPoints(WorldState state) {
        this.state = state;
    }

    /** Holds attitude and velocity of the start. */
    void reset(int i, Scene.Start start) {
        point(i, start.attitude());
        state.attitudeMode[i] = AttitudeMode.HOLD.ordinal();
        Vec3 velocity = start.velocityWorld();
        hold(i, WORLD, velocity.x(), velocity.y(), velocity.z());
    }

    /** Stops, points to the sun, sheds load: what a vehicle does that nobody commands. */
    void safe(int i) {
        hold(i, WORLD, 0, 0, 0);
        state.attitudeMode[i] = AttitudeMode.SUN_POINT.ordinal();
        state.powerMode[i] = PowerMode.SAFE.ordinal();
    }

    /** Holds a velocity, m/s, in a frame. */
    void hold(int i, int frame, double x, double y, double z) {
        state.velocityHeld[i] = 1;
        state.velocityFrame[i] = frame;
        state.targetVelocity[3 * i] = x;
        state.targetVelocity[3 * i + 1] = y;
        state.targetVelocity[3 * i + 2] = z;
    }

    /** Lets the vehicle coast. */
    void coast(int i) {
        state.velocityHeld[i] = 0;
    }

    /** Makes the velocity of the moment, as filtered, the one to hold. */
    void keepVelocity(int i) {
        int v = 3 * i;
        double[] u = state.filterVelocity;
        if (state.velocityFrame[i] == WORLD) {
            System.arraycopy(u, v, state.targetVelocity, v, 3);
        } else {
            Rotation.toBody(
                    state.filterAttitude, 4 * i, u[v], u[v + 1], u[v + 2], state.targetVelocity, v);
        }
    }

    /** Points at an attitude given as a rotation vector, body to world, rad. */
    void point(int i, double x, double y, double z) {
        point(i, Quaternion.ofRotationVector(new Vec3(x, y, z)));
        state.attitudeMode[i] = AttitudeMode.POINT.ordinal();
    }

    /** Adds to the bearing of the attitude to hold, rad, clockwise seen from above. */
    void turnBearing(int i, double clockwise) {
        double[] t = state.targetAttitude;
        Quaternion now = Quaternion.normalised(t[4 * i], t[4 * i + 1], t[4 * i + 2], t[4 * i + 3]);
        point(i, Quaternion.ofRotationVector(new Vec3(0, 0, -clockwise)).times(now));
        state.attitudeMode[i] = AttitudeMode.POINT.ordinal();
    }

    /** Changes the attitude mode; HOLD takes the attitude of the moment, as filtered. */
    void attitudeMode(int i, int mode) {
        boolean known = (state.filterFlags[i] & OnboardFilter.ATTITUDE_KNOWN) != 0;
        if (mode == AttitudeMode.HOLD.ordinal() && known) {
            System.arraycopy(state.filterAttitude, 4 * i, state.targetAttitude, 4 * i, 4);
        }
        state.attitudeMode[i] = mode;
    }

    private void point(int i, Quaternion q) {
        state.targetAttitude[4 * i] = q.w();
        state.targetAttitude[4 * i + 1] = q.x();
        state.targetAttitude[4 * i + 2] = q.y();
        state.targetAttitude[4 * i + 3] = q.z();
    }
}
