package io.qiki.dtmp.model;

/**
 * How wrong the sensors of a vehicle are: standard deviations and limits.
 *
 * @param inertial gyroscope and accelerometer
 * @param starTracker attitude from the stars
 * @param navigation position and velocity
 * @param lidar range ahead
 * @param sunRadians direction to the sun, rad per axis
 * @param fieldTesla magnetic field, T per axis
 * @param temperatureKelvin of a thermal node, K
 * @param powerFraction of full scale of the power gauge, 1
 * @param propellantFraction of a full tank, 1
 */
public record SensorNoise(
        Inertial inertial,
        StarTracker starTracker,
        Navigation navigation,
        Lidar lidar,
        double sunRadians,
        double fieldTesla,
        double temperatureKelvin,
        double powerFraction,
        double propellantFraction) {
    /**
     * Gyroscope and accelerometer.
     *
     * @param rateNoise rad/s per sample
     * @param rateBias rad/s, standard deviation of the constant bias
     * @param rateLimit rad/s, saturates beyond
     * @param velocityRandomWalk m/s per square root of a second
     * @param forceBias m/s2, standard deviation of the constant bias
     * @param forceLimit m/s2, saturates beyond
     */
    public record Inertial(
            double rateNoise,
            double rateBias,
            double rateLimit,
            double velocityRandomWalk,
            double forceBias,
            double forceLimit) {
        /** Refuses numbers out of range. */
        public Inertial {
            Check.range(rateNoise, 0, 10, "gyroscope noise", "rad/s");
            Check.range(rateBias, 0, 10, "gyroscope bias", "rad/s");
            Check.range(rateLimit, 1e-3, 1e3, "gyroscope limit", "rad/s");
            Check.range(velocityRandomWalk, 0, 10, "velocity random walk", "m/s per sqrt s");
            Check.range(forceBias, 0, 10, "accelerometer bias", "m/s2");
            Check.range(forceLimit, 1e-3, 1e4, "accelerometer limit", "m/s2");
        }
    }

    /**
     * Star tracker.
     *
     * @param axisBody where it looks, unit vector
     * @param acrossRadians noise across the axis, rad
     * @param aboutRadians noise about the axis, rad
     * @param rateLimit loses the stars beyond, rad/s
     * @param sunLimit blinded by the sun within this angle of the axis, rad
     */
    public record StarTracker(
            Vec3 axisBody,
            double acrossRadians,
            double aboutRadians,
            double rateLimit,
            double sunLimit) {
        /** Refuses numbers out of range. */
        public StarTracker {
            Check.range(
                    Check.present(axisBody, "star tracker axis").norm(),
                    1 - 1e-6,
                    1 + 1e-6,
                    "length of the star tracker axis",
                    "1");
            Check.range(acrossRadians, 0, 1, "noise across the axis", "rad");
            Check.range(aboutRadians, 0, 1, "noise about the axis", "rad");
            Check.range(rateLimit, 0, 100, "star tracker rate limit", "rad/s");
            Check.range(sunLimit, 0, Math.PI, "star tracker sun limit", "rad");
        }
    }

    /**
     * Navigation; R is the distance to the station.
     *
     * @param positionMetres noise at R = 0, m per axis
     * @param positionFraction noise per R, 1
     * @param velocityNoise m/s per axis
     */
    public record Navigation(double positionMetres, double positionFraction, double velocityNoise) {
        /** Refuses numbers out of range. */
        public Navigation {
            Check.range(positionMetres, 0, 1e6, "position noise", "m");
            Check.range(positionFraction, 0, 1, "position noise per distance", "1");
            Check.range(velocityNoise, 0, 1e3, "velocity noise", "m/s");
        }
    }

    /**
     * Lidar along body +X.
     *
     * @param rangeMetres noise at range 0, m
     * @param rangeFraction noise per range, 1
     * @param limitMetres sees nothing beyond, m
     */
    public record Lidar(double rangeMetres, double rangeFraction, double limitMetres) {
        /** Refuses numbers out of range. */
        public Lidar {
            Check.range(rangeMetres, 0, 1e3, "lidar noise", "m");
            Check.range(rangeFraction, 0, 1, "lidar noise per range", "1");
            Check.range(limitMetres, 0, 1e6, "lidar limit", "m");
        }
    }

    /** Refuses missing parts and numbers out of range. */
    public SensorNoise {
        Check.present(inertial, "inertial noise");
        Check.present(starTracker, "star tracker noise");
        Check.present(navigation, "navigation noise");
        Check.present(lidar, "lidar noise");
        Check.range(sunRadians, 0, 1, "sun sensor noise", "rad");
        Check.range(fieldTesla, 0, 1, "magnetometer noise", "T");
        Check.range(temperatureKelvin, 0, 100, "temperature noise", "K");
        Check.range(powerFraction, 0, 1, "power gauge noise", "1");
        Check.range(propellantFraction, 0, 1, "propellant gauge noise", "1");
    }
}
