package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ControlSpec;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * Wanted force: of an axis burst while one acts, else proportional to the error of the filtered
 * velocity. Once the error leaves the dead zone it is driven down to a quarter of it. Without
 * navigation or attitude nothing is wanted. In an orbital frame the tidal acceleration is countered
 * while a velocity is held.
 */
final class VelocityControl {
    private static final double SHARE = 0.9;
    private static final double RELEASE = 0.25;
    private static final long NEEDED = OnboardFilter.VELOCITY_VALID | OnboardFilter.ATTITUDE_VALID;

    private final WorldState state;
    private final SceneMotion scene;
    private final Reach reach;
    private final ControlSpec spec;
    private final double kilograms;
    private final double meanMotion;
    private final double[] target = new double[3];
    private final double[] scratch = new double[3];

    VelocityControl(
            WorldState state,
            SceneMotion scene,
            VehicleProfile profile,
            Reach reach,
            double meanMotion) {
        this.state = state;
        this.scene = scene;
        this.reach = reach;
        this.meanMotion = meanMotion;
        spec = profile.control();
        kilograms = profile.mass().dryKilograms() + 0.5 * profile.mass().propellantKilograms();
    }

    /** Writes the wanted force of a vehicle. */
    void step(int i) {
        int d = 6 * i;
        state.demand[d] = 0;
        state.demand[d + 1] = 0;
        state.demand[d + 2] = 0;
        if (state.burstActuator[i] >= 0) {
            burst(i, d);
            return;
        }
        if (state.velocityHeld[i] == 0 || (state.filterFlags[i] & NEEDED) != NEEDED) {
            state.velocityActive[i] = 0;
            return;
        }
        goal(i);
        double[] u = state.filterVelocity;
        int v = 3 * i;
        double ex = target[0] - u[v];
        double ey = target[1] - u[v + 1];
        double ez = target[2] - u[v + 2];
        double square = ex * ex + ey * ey + ez * ez;
        double zone = deadZone(i);
        double edge = state.velocityActive[i] != 0 ? RELEASE * zone : zone;
        boolean act = square > edge * edge;
        state.velocityActive[i] = act ? 1 : 0;
        if (!act && meanMotion == 0) {
            return;
        }
        double gain = act ? kilograms * spec.velocityGain() : 0;
        double fx = gain * ex;
        double fy = gain * ey;
        double fz = gain * ez;
        if (meanMotion != 0) {
            double n = meanMotion;
            double[] p = state.filterPosition;
            fx -= kilograms * (3 * n * n * p[v] + 2 * n * u[v + 1]);
            fy += kilograms * 2 * n * u[v];
            fz += kilograms * n * n * p[v + 2];
        }
        Rotation.toBody(state.filterAttitude, 4 * i, fx, fy, fz, scratch, 0);
        double share = Math.min(1, SHARE * reach.forceShare(scratch[0], scratch[1], scratch[2]));
        state.demand[d] = share * scratch[0];
        state.demand[d + 1] = share * scratch[1];
        state.demand[d + 2] = share * scratch[2];
    }

    /** Whether the filtered velocity is within twice the dead zone of its target. */
    boolean settled(int i) {
        if ((state.filterFlags[i] & NEEDED) != NEEDED) {
            return false;
        }
        goal(i);
        double square = 0;
        for (int k = 0; k < 3; k++) {
            double error = target[k] - state.filterVelocity[3 * i + k];
            square += error * error;
        }
        double zone = 2 * deadZone(i);
        return square <= zone * zone;
    }

    private double deadZone(int i) {
        double[] p = state.filterPosition;
        int v = 3 * i;
        boolean near =
                scene.station >= 0
                        && scene.stationDistance(p[v], p[v + 1], p[v + 2], state.step[i])
                                < spec.nearMetres();
        return near ? spec.nearVelocityDeadZone() : spec.velocityDeadZone();
    }

    private void goal(int i) {
        double[] t = state.targetVelocity;
        int v = 3 * i;
        if (state.velocityFrame[i] == 0) {
            System.arraycopy(t, v, target, 0, 3);
        } else {
            Rotation.toWorld(state.filterAttitude, 4 * i, t[v], t[v + 1], t[v + 2], target, 0);
        }
    }

    private void burst(int i, int d) {
        int number = (int) state.burstActuator[i] - Actuator.RCS_FORWARD.ordinal();
        int axis = number / 2;
        boolean negative = number % 2 == 1;
        double force = state.burstFraction[i] * reach.most(axis, negative);
        state.demand[d + axis] = negative ? -force : force;
    }
}
