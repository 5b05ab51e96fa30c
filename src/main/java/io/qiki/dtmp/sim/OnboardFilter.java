package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.MassSpec;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TruthState;

/**
 * What the vehicle believes about its own motion, from its published readings alone: attitude from
 * gyroscope and star tracker, velocity and position from accelerometer and navigation, direction to
 * the sun from the sun sensor. Each is a fixed-gain observer that carries its state forward by rate
 * and force and corrects it when a new reading appears, at the age of that reading.
 *
 * <p>Without the gyroscope the star tracker gives the rate too; without the accelerometer what the
 * valves report stands in for it. What has no fresh source is not valid.
 */
final class OnboardFilter {
    /** Bits of the flags. */
    static final long ATTITUDE_KNOWN = 1;

    static final long VELOCITY_KNOWN = 2;
    static final long SUN_KNOWN = 4;
    static final long ATTITUDE_VALID = 8;
    static final long RATE_VALID = 16;
    static final long VELOCITY_VALID = 32;
    static final long SUN_VALID = 64;

    private static final int IMU = SensorId.IMU_MAIN.ordinal();
    private static final int STAR = SensorId.STAR_TRACKER.ordinal();
    private static final int NAV = SensorId.NAV.ordinal();
    private static final int SUN = SensorId.SOLAR.ordinal();
    private static final double STAR_GAIN = 0.08;
    private static final double STAR_GAIN_ALONE = 0.35;
    private static final double STAR_RATE_GAIN_ALONE = 0.06;
    private static final double VELOCITY_GAIN = 0.03;

    /** Fixes that are averaged before the velocity is used: noise down to a third. */
    private static final int FIXES_NEEDED = 10;

    private static final double POSITION_GAIN = 0.2;
    private static final double SUN_GAIN = 0.1;

    /** Freshness limits after which an estimate is given up. */
    private static final int LOST_PERIODS = 10;

    private final WorldState state;
    private final SensorSchedule schedule;
    private final double dt;
    private final double meanMotion;
    private final double starPeriod;
    private final double kilograms;
    private final double[] scratch = new double[4];
    private final double[] innovation = new double[3];

    OnboardFilter(
            WorldState state,
            SensorSchedule schedule,
            MassSpec mass,
            double meanMotion,
            double dt) {
        this.state = state;
        this.schedule = schedule;
        this.meanMotion = meanMotion;
        this.dt = dt;
        kilograms = mass.dryKilograms() + 0.5 * mass.propellantKilograms();
        starPeriod = Math.max(1, schedule.freshSteps[STAR] / 3) * dt;
    }

    /** Puts the filter of a vehicle to its start: it knows nothing. */
    void reset(int i) {
        state.filterAttitude[4 * i] = 1;
    }

    /** Carries the estimates of a vehicle to this step and takes in what is new. */
    void step(int i) {
        int s = WorldState.SENSORS * i;
        boolean inertial = good(s + IMU) && fresh(i, IMU);
        if (state.filterFixes[i] > 0 && lost(i, NAV)) {
            state.filterFixes[i] = 0;
            state.filterFlags[i] &= ~VELOCITY_KNOWN;
        }
        carry(i, inertial);
        if (news(i, 0, s + STAR)) {
            stars(i, s + STAR, inertial);
        }
        if (news(i, 1, s + NAV)) {
            navigation(i, s + NAV);
        }
        if (news(i, 2, s + SUN)) {
            sun(i);
        }
        judge(i, s, inertial);
    }

    private boolean good(int at) {
        return Sensors.truth(state.sensorState[at]) == TruthState.OK.ordinal();
    }

    private boolean fresh(int i, int sensor) {
        long age = state.step[i] - state.sensorStep[WorldState.SENSORS * i + sensor];
        return age <= schedule.freshSteps[sensor];
    }

    /** Whether a sensor has been without a good reading for so long that one starts over. */
    private boolean lost(int i, int sensor) {
        int at = WorldState.SENSORS * i + sensor;
        long age = state.step[i] - state.sensorStep[at];
        return age > LOST_PERIODS * schedule.freshSteps[sensor];
    }

    private boolean news(int i, int place, int at) {
        boolean fresh = state.sensorSequence[at] != state.filterSeen[3 * i + place];
        state.filterSeen[3 * i + place] = state.sensorSequence[at];
        return fresh && good(at);
    }

    private void judge(int i, int s, boolean inertial) {
        long flags = state.filterFlags[i] & (ATTITUDE_KNOWN | VELOCITY_KNOWN | SUN_KNOWN);
        boolean stars = good(s + STAR) && fresh(i, STAR);
        boolean known = (flags & ATTITUDE_KNOWN) != 0;
        if (known && (inertial || stars)) {
            flags |= ATTITUDE_VALID;
        }
        if (inertial || (known && stars)) {
            flags |= RATE_VALID;
        }
        if ((flags & VELOCITY_KNOWN) != 0 && good(s + NAV) && fresh(i, NAV)) {
            flags |= VELOCITY_VALID;
        }
        if ((flags & SUN_KNOWN) != 0 && good(s + SUN) && fresh(i, SUN)) {
            flags |= SUN_VALID;
        }
        state.filterFlags[i] = flags;
    }

    private void carry(int i, boolean inertial) {
        double[] w = state.filterRate;
        int r = 3 * i;
        int v = Sensors.VALUES * i + Sensors.PLACE[IMU];
        if (inertial) {
            w[r] = state.sensorValue[v];
            w[r + 1] = state.sensorValue[v + 1];
            w[r + 2] = state.sensorValue[v + 2];
        }
        double x = w[r] * dt;
        double y = w[r + 1] * dt;
        double z = w[r + 2] * dt;
        if (meanMotion != 0) {
            Rotation.toBody(state.filterAttitude, 4 * i, 0, 0, meanMotion * dt, scratch, 0);
            x -= scratch[0];
            y -= scratch[1];
            z -= scratch[2];
        }
        if ((state.filterFlags[i] & SUN_KNOWN) != 0) {
            double[] sun = state.filterSun;
            double sx = sun[r];
            double sy = sun[r + 1];
            double sz = sun[r + 2];
            sun[r] = sx - (y * sz - z * sy);
            sun[r + 1] = sy - (z * sx - x * sz);
            sun[r + 2] = sz - (x * sy - y * sx);
        }
        Rotation.turnBody(state.filterAttitude, 4 * i, x, y, z);
        carryVelocity(i, inertial, v + 3);
    }

    private void carryVelocity(int i, boolean inertial, int force) {
        if (state.filterFixes[i] == 0) {
            return;
        }
        int r = 3 * i;
        double[] p = state.filterPosition;
        double[] u = state.filterVelocity;
        double ax = 0;
        double ay = 0;
        double az = 0;
        if ((state.filterFlags[i] & ATTITUDE_KNOWN) != 0) {
            double[] f = inertial ? state.sensorValue : state.forceBody;
            int at = inertial ? force : r;
            double scale = inertial ? 1 : 1 / kilograms;
            Rotation.toWorld(state.filterAttitude, 4 * i, f[at], f[at + 1], f[at + 2], scratch, 0);
            ax = scale * scratch[0];
            ay = scale * scratch[1];
            az = scale * scratch[2];
        }
        double n = meanMotion;
        if (n != 0) {
            ax += 3 * n * n * p[r] + 2 * n * u[r + 1];
            ay -= 2 * n * u[r];
            az -= n * n * p[r + 2];
        }
        p[r] += u[r] * dt;
        p[r + 1] += u[r + 1] * dt;
        p[r + 2] += u[r + 2] * dt;
        u[r] += ax * dt;
        u[r + 1] += ay * dt;
        u[r + 2] += az * dt;
    }

    private void stars(int i, int at, boolean inertial) {
        int v = Sensors.VALUES * i + Sensors.PLACE[STAR];
        int r = 3 * i;
        System.arraycopy(state.sensorValue, v, scratch, 0, 4);
        double age = (state.step[i] - state.sensorStep[at]) * dt;
        double[] w = state.filterRate;
        Rotation.turnBody(scratch, 0, w[r] * age, w[r + 1] * age, w[r + 2] * age);
        if ((state.filterFlags[i] & ATTITUDE_KNOWN) == 0) {
            System.arraycopy(scratch, 0, state.filterAttitude, 4 * i, 4);
            state.filterFlags[i] |= ATTITUDE_KNOWN;
            return;
        }
        Rotation.difference(state.filterAttitude, 4 * i, scratch, 0, innovation, 0);
        double gain = inertial ? STAR_GAIN : STAR_GAIN_ALONE;
        Rotation.turnBody(
                state.filterAttitude,
                4 * i,
                gain * innovation[0],
                gain * innovation[1],
                gain * innovation[2]);
        if (!inertial) {
            double rateGain = STAR_RATE_GAIN_ALONE / starPeriod;
            w[r] += rateGain * innovation[0];
            w[r + 1] += rateGain * innovation[1];
            w[r + 2] += rateGain * innovation[2];
        }
    }

    private void navigation(int i, int at) {
        int v = Sensors.VALUES * i + Sensors.PLACE[NAV];
        double[] p = state.filterPosition;
        double[] u = state.filterVelocity;
        double age = (state.step[i] - state.sensorStep[at]) * dt;
        double share = 1.0 / ++state.filterFixes[i];
        double gain = Math.max(share, VELOCITY_GAIN);
        double positionGain = Math.max(share, POSITION_GAIN);
        for (int k = 0; k < 3; k++) {
            int r = 3 * i + k;
            u[r] += gain * (state.sensorValue[v + 3 + k] - u[r]);
            double now = state.sensorValue[v + k] + age * u[r];
            p[r] += positionGain * (now - p[r]);
        }
        if (state.filterFixes[i] >= FIXES_NEEDED) {
            state.filterFlags[i] |= VELOCITY_KNOWN;
        }
    }

    private void sun(int i) {
        int v = Sensors.VALUES * i + Sensors.PLACE[SUN];
        double[] s = state.filterSun;
        int r = 3 * i;
        double gain = (state.filterFlags[i] & SUN_KNOWN) != 0 ? SUN_GAIN : 1;
        for (int k = 0; k < 3; k++) {
            s[r + k] += gain * (state.sensorValue[v + k] - s[r + k]);
        }
        double scale =
                1 / Math.sqrt(s[r] * s[r] + s[r + 1] * s[r + 1] + s[r + 2] * s[r + 2] + 1e-300);
        for (int k = 0; k < 3; k++) {
            s[r + k] *= scale;
        }
        state.filterFlags[i] |= SUN_KNOWN;
    }
}
