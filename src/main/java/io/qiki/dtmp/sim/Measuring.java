package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorNoise;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * The measurements of all sensors but the radar: the truth of the step with noise, into the pending
 * values. Each gives the worth of its reading.
 */
final class Measuring {
    private static final SensorId[] IDS = SensorId.values();
    private static final long BLIND = Sensors.pack(TruthState.NO_DATA, DataReason.BLINDED, false);
    private static final long NO_TARGET =
            Sensors.pack(TruthState.NO_DATA, DataReason.NO_TARGET, false);
    private static final long SATURATED =
            Sensors.pack(TruthState.INVALID, DataReason.SATURATED, false);

    private final WorldState state;
    private final SceneMotion scene;
    private final PowerPlane power;
    private final SensorNoise noise;
    private final double dryKilograms;
    private final double tank;
    private final double forceNoise;
    private final double cosSunLimit;
    private final double fieldX;
    private final double fieldY;
    private final double fieldZ;
    private final double[] gaugeScale;
    private final double[] scratch = new double[4];

    Measuring(
            WorldState state,
            SceneMotion motion,
            PowerPlane power,
            VehicleProfile profile,
            Scene scene) {
        this.state = state;
        this.scene = motion;
        this.power = power;
        noise = profile.noise();
        dryKilograms = profile.mass().dryKilograms();
        tank = profile.mass().propellantKilograms();
        double period =
                profile.sensor(SensorId.IMU_MAIN).map(s -> s.periodNanos() / 1e9).orElse(1.0);
        forceNoise = noise.inertial().velocityRandomWalk() / Math.sqrt(period);
        cosSunLimit = StrictMath.cos(noise.starTracker().sunLimit());
        fieldX = scene.magneticFieldWorld().x();
        fieldY = scene.magneticFieldWorld().y();
        fieldZ = scene.magneticFieldWorld().z();
        int points = profile.power().battery().openCircuit().size();
        double volts = profile.power().battery().openCircuit().get(points - 1).volts();
        double amperes = profile.power().bus().limitAmperes();
        double array =
                scene.sunWattsPerSquareMetre()
                        * profile.power().array().squareMetres()
                        * profile.power().array().efficiency();
        gaugeScale = new double[] {1, volts, amperes, array, volts * amperes, 1};
    }

    /** Draws the constant biases of a vehicle. */
    void drawBias(int i) {
        long base = CounterRandom.base(state.randomKey[i], CounterRandom.BIAS, 0);
        for (int k = 0; k < 3; k++) {
            state.inertialBias[6 * i + k] =
                    noise.inertial().rateBias() * CounterRandom.gaussian(base, k);
            state.inertialBias[6 * i + 3 + k] =
                    noise.inertial().forceBias() * CounterRandom.gaussian(base, 3 + k);
        }
    }

    /** Takes the measurement of a sensor; gives its worth. */
    long measure(int i, int sensor) {
        int at = Sensors.VALUES * i + Sensors.PLACE[sensor];
        return switch (IDS[sensor]) {
            case IMU_MAIN -> inertial(i, at);
            case NAV -> navigation(i, at);
            case STAR_TRACKER -> stars(i, at);
            case LIDAR_FRONT -> lidar(i, at);
            case SOLAR -> sun(i, at);
            case MAGNETOMETER -> field(i, at);
            case THERMAL -> temperatures(i, at);
            case POWER_GAUGE -> gauge(i, at);
            case PROPELLANT_GAUGE -> propellant(i, at);
            case RADAR_360, DOCKING, RADIATION, PROXIMITY ->
                    throw new IllegalStateException(IDS[sensor].id() + " is not measured here");
        };
    }

    private long base(int i, int stream) {
        return CounterRandom.base(state.randomKey[i], stream, state.step[i]);
    }

    private long inertial(int i, int at) {
        long base = base(i, CounterRandom.INERTIAL);
        double[] out = state.sensorPending;
        double[] bias = state.inertialBias;
        SensorNoise.Inertial spec = noise.inertial();
        double mass = dryKilograms + state.propellant[i];
        boolean beyond = false;
        for (int k = 0; k < 3; k++) {
            double rate =
                    state.rateBody[3 * i + k]
                            + bias[6 * i + k]
                            + spec.rateNoise() * CounterRandom.gaussian(base, k);
            double force =
                    state.forceBody[3 * i + k] / mass
                            + bias[6 * i + 3 + k]
                            + forceNoise * CounterRandom.gaussian(base, 3 + k);
            beyond |= Math.abs(rate) > spec.rateLimit() || Math.abs(force) > spec.forceLimit();
            out[at + k] = Math.max(-spec.rateLimit(), Math.min(spec.rateLimit(), rate));
            out[at + 3 + k] = Math.max(-spec.forceLimit(), Math.min(spec.forceLimit(), force));
        }
        return beyond ? SATURATED : Sensors.GOOD;
    }

    private long navigation(int i, int at) {
        long base = base(i, CounterRandom.NAVIGATION);
        double[] p = state.positionWorld;
        int v = 3 * i;
        double distance = scene.stationDistance(p[v], p[v + 1], p[v + 2], state.step[i]);
        SensorNoise.Navigation spec = noise.navigation();
        double sigma = spec.positionMetres() + spec.positionFraction() * distance;
        for (int k = 0; k < 3; k++) {
            state.sensorPending[at + k] = p[v + k] + sigma * CounterRandom.gaussian(base, k);
            state.sensorPending[at + 3 + k] =
                    state.velocityWorld[v + k]
                            + spec.velocityNoise() * CounterRandom.gaussian(base, 3 + k);
        }
        return Sensors.GOOD;
    }

    private long stars(int i, int at) {
        SensorNoise.StarTracker spec = noise.starTracker();
        double[] w = state.rateBody;
        int r = 3 * i;
        double rate = w[r] * w[r] + w[r + 1] * w[r + 1] + w[r + 2] * w[r + 2];
        double ax = spec.axisBody().x();
        double ay = spec.axisBody().y();
        double az = spec.axisBody().z();
        sunBody(i);
        double cosine = ax * scratch[0] + ay * scratch[1] + az * scratch[2];
        boolean dazzled = cosine > cosSunLimit && scene.sunlit(state.step[i]);
        if (dazzled || rate > spec.rateLimit() * spec.rateLimit()) {
            return BLIND;
        }
        long base = base(i, CounterRandom.STAR_TRACKER);
        double x = CounterRandom.gaussian(base, 0);
        double y = CounterRandom.gaussian(base, 1);
        double z = CounterRandom.gaussian(base, 2);
        double along = (x * ax + y * ay + z * az) * (spec.aboutRadians() - spec.acrossRadians());
        for (int k = 0; k < 4; k++) {
            state.sensorPending[at + k] = state.attitude[4 * i + k];
        }
        Rotation.turnBody(
                state.sensorPending,
                at,
                spec.acrossRadians() * x + along * ax,
                spec.acrossRadians() * y + along * ay,
                spec.acrossRadians() * z + along * az);
        return Sensors.GOOD;
    }

    private void sunBody(int i) {
        Rotation.toBody(state.attitude, 4 * i, scene.sunX, scene.sunY, scene.sunZ, scratch, 0);
    }

    private long lidar(int i, int at) {
        Rotation.toWorld(state.attitude, 4 * i, 1, 0, 0, scratch, 0);
        double nearest = Double.POSITIVE_INFINITY;
        for (int o = 0; o < scene.objects; o++) {
            double dx = scene.position(o, 0, state.step[i]) - state.positionWorld[3 * i];
            double dy = scene.position(o, 1, state.step[i]) - state.positionWorld[3 * i + 1];
            double dz = scene.position(o, 2, state.step[i]) - state.positionWorld[3 * i + 2];
            double along = dx * scratch[0] + dy * scratch[1] + dz * scratch[2];
            double square =
                    scene.radius[o] * scene.radius[o]
                            - (dx * dx + dy * dy + dz * dz - along * along);
            if (along > 0 && square >= 0) {
                nearest = Math.min(nearest, Math.max(0, along - Math.sqrt(square)));
            }
        }
        SensorNoise.Lidar spec = noise.lidar();
        if (nearest > spec.limitMetres()) {
            return NO_TARGET;
        }
        double sigma = spec.rangeMetres() + spec.rangeFraction() * nearest;
        double error = sigma * CounterRandom.gaussian(base(i, CounterRandom.LIDAR), 0);
        state.sensorPending[at] = Math.max(0, nearest + error);
        return Sensors.GOOD;
    }

    private long sun(int i, int at) {
        if (!scene.sunlit(state.step[i])) {
            return NO_TARGET;
        }
        sunBody(i);
        vector(at, base(i, CounterRandom.SUN), noise.sunRadians());
        double[] out = state.sensorPending;
        double scale =
                1
                        / Math.sqrt(
                                out[at] * out[at]
                                        + out[at + 1] * out[at + 1]
                                        + out[at + 2] * out[at + 2]);
        for (int k = at; k < at + 3; k++) {
            out[k] *= scale;
        }
        return Sensors.GOOD;
    }

    private long field(int i, int at) {
        Rotation.toBody(state.attitude, 4 * i, fieldX, fieldY, fieldZ, scratch, 0);
        vector(at, base(i, CounterRandom.FIELD), noise.fieldTesla());
        return Sensors.GOOD;
    }

    private void vector(int at, long base, double sigma) {
        for (int k = 0; k < 3; k++) {
            state.sensorPending[at + k] = scratch[k] + sigma * CounterRandom.gaussian(base, k);
        }
    }

    private long temperatures(int i, int at) {
        long base = base(i, CounterRandom.THERMAL);
        for (int k = 0; k < WorldState.NODES; k++) {
            double error = noise.temperatureKelvin() * CounterRandom.gaussian(base, k);
            state.sensorPending[at + k] =
                    Math.max(0, state.kelvin[WorldState.NODES * i + k] + error);
        }
        return Sensors.GOOD;
    }

    /** A gauge cannot show what its scale does not have. */
    private long gauge(int i, int at) {
        int a = PowerPlane.ACCOUNT_WIDTH * i;
        double[] out = state.sensorPending;
        out[at] = power.charge(i);
        out[at + 1] = state.busVolts[i];
        out[at + 2] = state.powerAccount[a + PowerPlane.BUS_AMPERES];
        out[at + 3] = state.powerAccount[a + PowerPlane.ARRAY];
        out[at + 4] = state.powerAccount[a + PowerPlane.LOADS];
        out[at + 5] = power.supercapCharge(i);
        long base = base(i, CounterRandom.POWER);
        for (int k = 0; k < gaugeScale.length; k++) {
            out[at + k] += noise.powerFraction() * gaugeScale[k] * CounterRandom.gaussian(base, k);
            out[at + k] = Math.max(0, out[at + k]);
        }
        out[at] = Math.min(1, out[at]);
        out[at + 5] = Math.min(1, out[at + 5]);
        for (int l = 0; l < WorldState.LOADS; l++) {
            out[at + 6 + l] = state.loadState[WorldState.LOADS * i + l];
        }
        return Sensors.GOOD;
    }

    private long propellant(int i, int at) {
        double error =
                noise.propellantFraction()
                        * tank
                        * CounterRandom.gaussian(base(i, CounterRandom.PROPELLANT), 0);
        state.sensorPending[at] = Math.max(0, Math.min(tank, state.propellant[i] + error));
        return Sensors.GOOD;
    }
}
