package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.ControlSpec;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * Wanted torque from the filtered attitude and rate: proportional to how much the rate differs from
 * the one that leads to the target, whose size is limited to the slew rate. With frequency w and
 * damping d, the loop is the classic I (2 d w rate + w2 angle) for small angles. Inside the dead
 * zone nothing is wanted.
 */
final class AttitudeControl {
    private static final int DAMP = AttitudeMode.DAMP.ordinal();
    private static final int SUN_POINT = AttitudeMode.SUN_POINT.ordinal();
    private static final double SHARE = 0.9;
    private static final double OPPOSITE = 1e-6;

    private final WorldState state;
    private final double stiffness;
    private final double rateGain;
    private final double slew;
    private final double deadZone;
    private final double safeDeadZone;
    private final double meanMotion;
    private final double[] inertia;
    private final double[] normal;
    private final Reach reach;
    private final double[] angle = new double[3];
    private final double[] scratch = new double[3];

    AttitudeControl(WorldState state, VehicleProfile profile, Reach reach, double meanMotion) {
        this.state = state;
        this.reach = reach;
        this.meanMotion = meanMotion;
        ControlSpec spec = profile.control();
        stiffness = spec.attitudeFrequency() / (2 * spec.attitudeDamping());
        rateGain = 2 * spec.attitudeDamping() * spec.attitudeFrequency();
        slew = spec.slewRate();
        deadZone = spec.attitudeDeadZone();
        safeDeadZone = spec.safeAttitudeDeadZone();
        inertia =
                new double[] {
                    profile.mass().inertiaBody().x(),
                    profile.mass().inertiaBody().y(),
                    profile.mass().inertiaBody().z()
                };
        normal =
                new double[] {
                    profile.power().array().normalBody().x(),
                    profile.power().array().normalBody().y(),
                    profile.power().array().normalBody().z()
                };
    }

    /** Writes the wanted torque of a vehicle. */
    void step(int i) {
        double[] demand = state.demand;
        int d = 6 * i + 3;
        demand[d] = 0;
        demand[d + 1] = 0;
        demand[d + 2] = 0;
        if ((state.filterFlags[i] & OnboardFilter.RATE_VALID) == 0) {
            return;
        }
        remaining(i);
        double square = angle[0] * angle[0] + angle[1] * angle[1] + angle[2] * angle[2];
        double scale = stiffness;
        if (square * scale * scale > slew * slew) {
            scale = slew / Math.sqrt(square);
        }
        int r = 3 * i;
        double ex = state.filterRate[r] - scale * angle[0];
        double ey = state.filterRate[r + 1] - scale * angle[1];
        double ez = state.filterRate[r + 2] - scale * angle[2];
        if (meanMotion != 0) {
            Rotation.toBody(state.filterAttitude, 4 * i, 0, 0, meanMotion, scratch, 0);
            ex -= scratch[0];
            ey -= scratch[1];
            ez -= scratch[2];
        }
        boolean safe = state.powerMode[i] != 0 || state.lapsed[i] != 0;
        double zone = stiffness * (safe ? safeDeadZone : deadZone);
        if (ex * ex + ey * ey + ez * ez < zone * zone) {
            return;
        }
        double tx = -rateGain * inertia[0] * ex;
        double ty = -rateGain * inertia[1] * ey;
        double tz = -rateGain * inertia[2] * ez;
        double share = SHARE * reach.torqueShare(tx, ty, tz);
        share = Math.min(1, share);
        demand[d] = share * tx;
        demand[d + 1] = share * ty;
        demand[d + 2] = share * tz;
    }

    /** Whether the attitude is within twice the dead zone of its target, by the filter. */
    boolean settled(int i) {
        remaining(i);
        double square = angle[0] * angle[0] + angle[1] * angle[1] + angle[2] * angle[2];
        return (state.filterFlags[i] & OnboardFilter.ATTITUDE_VALID) != 0
                && square <= 4 * deadZone * deadZone;
    }

    /** The rotation that is left to do, body frame, rad for small angles. */
    private void remaining(int i) {
        angle[0] = 0;
        angle[1] = 0;
        angle[2] = 0;
        long mode = state.attitudeMode[i];
        long flags = state.filterFlags[i];
        if (mode == DAMP) {
            return;
        }
        if (mode == SUN_POINT) {
            if ((flags & OnboardFilter.SUN_VALID) != 0) {
                toSun(i);
            }
            return;
        }
        if ((flags & OnboardFilter.ATTITUDE_VALID) != 0) {
            Rotation.difference(state.filterAttitude, 4 * i, state.targetAttitude, 4 * i, angle, 0);
        }
    }

    private void toSun(int i) {
        double[] s = state.filterSun;
        int r = 3 * i;
        double cosine = normal[0] * s[r] + normal[1] * s[r + 1] + normal[2] * s[r + 2];
        double scale = 2 / Math.max(OPPOSITE, 1 + cosine);
        angle[0] = scale * (normal[1] * s[r + 2] - normal[2] * s[r + 1]);
        angle[1] = scale * (normal[2] * s[r] - normal[0] * s[r + 2]);
        angle[2] = scale * (normal[0] * s[r + 1] - normal[1] * s[r]);
        if (1 + cosine <= OPPOSITE) {
            angle[0] += 1;
        }
    }
}
