package io.qiki.dtmp.config;

import static io.qiki.dtmp.config.VehicleReader.DEGREE;

import io.qiki.dtmp.model.RadarSpec;
import io.qiki.dtmp.model.SensorNoise;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;

/** Reads how wrong the sensors and the radar of a vehicle are. */
final class SensorReader {
    private static final double ARC_SECOND = DEGREE / 3600;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MICRO = 1e6;
    private static final double PERCENT = 100;

    /** Standard gravity, m/s2. Source: third General Conference on Weights and Measures, 1901. */
    private static final double STANDARD_GRAVITY = 9.80665;

    private static final SensorNoise FALLBACK = VehicleProfile.qikiDodeca01().noise();
    private static final RadarSpec FALLBACK_RADAR = VehicleProfile.qikiDodeca01().radar();

    private SensorReader() {}

    static SensorNoise noise(ConfigNode node) {
        SensorNoise.Inertial inertial = inertial(node.object("inertial"));
        SensorNoise.StarTracker stars = stars(node.object("star-tracker"));
        SensorNoise.Navigation navigation = navigation(node.object("navigation"));
        SensorNoise.Lidar lidar = lidar(node.object("lidar"));
        double sun = node.number("sun-deg", 0, 57, "deg");
        double field = node.number("field-t", 0, 1, "T");
        double temperature = node.number("temperature-k", 0, 100, "K");
        double power = node.number("power-percent", 0, 100, "%");
        double propellant = node.number("propellant-percent", 0, 100, "%");
        node.done();
        return new SensorNoise(
                inertial,
                stars,
                navigation,
                lidar,
                sun * DEGREE,
                field,
                temperature,
                power / PERCENT,
                propellant / PERCENT);
    }

    private static SensorNoise.Inertial inertial(ConfigNode node) {
        double rate = node.number("rate-rad-per-s", 0, 10, "rad/s");
        double bias = node.number("rate-bias-deg-per-h", 0, 1e6, "deg/h");
        double rateLimit = node.number("rate-limit-deg-per-s", 0.1, 5e4, "deg/s");
        double walk = node.number("velocity-random-walk-mps-per-sqrt-s", 0, 10, "m/s per sqrt s");
        double forceBias = node.number("force-bias-ug", 0, 1e6, "ug");
        double forceLimit = node.number("force-limit-g", 1e-3, 1e3, "g");
        node.done();
        return node.make(
                FALLBACK.inertial(),
                () ->
                        new SensorNoise.Inertial(
                                rate,
                                bias * DEGREE / SECONDS_PER_HOUR,
                                rateLimit * DEGREE,
                                walk,
                                forceBias / MICRO * STANDARD_GRAVITY,
                                forceLimit * STANDARD_GRAVITY));
    }

    private static SensorNoise.StarTracker stars(ConfigNode node) {
        Vec3 axis = node.vector("axis-body", 1, "");
        double across = node.number("across-arcsec", 0, 2e5, "arcsec");
        double about = node.number("about-arcsec", 0, 2e5, "arcsec");
        double rate = node.number("rate-limit-deg-per-s", 0, 5000, "deg/s");
        double sun = node.number("sun-limit-deg", 0, 180, "deg");
        node.done();
        return node.make(
                FALLBACK.starTracker(),
                () ->
                        new SensorNoise.StarTracker(
                                axis,
                                across * ARC_SECOND,
                                about * ARC_SECOND,
                                rate * DEGREE,
                                sun * DEGREE));
    }

    private static SensorNoise.Navigation navigation(ConfigNode node) {
        double position = node.number("position-m", 0, 1e6, "m");
        double fraction = node.number("position-percent-of-range", 0, 100, "%");
        double velocity = node.number("velocity-mps", 0, 1e3, "m/s");
        node.done();
        return new SensorNoise.Navigation(position, fraction / PERCENT, velocity);
    }

    private static SensorNoise.Lidar lidar(ConfigNode node) {
        double range = node.number("range-m", 0, 1e3, "m");
        double fraction = node.number("range-percent-of-range", 0, 100, "%");
        double limit = node.number("limit-m", 0, 1e6, "m");
        node.done();
        return new SensorNoise.Lidar(range, fraction / PERCENT, limit);
    }

    static RadarSpec radar(ConfigNode node) {
        double reference = node.number("reference-db", -200, 200, "dB");
        double cap = node.number("cap-db", -200, 200, "dB");
        double probability = node.number("false-alarm-probability", 1e-15, 0.5, "");
        double alarms = node.number("false-alarms-per-frame", 0, 1, "");
        double near = node.number("false-alarm-near-m", 0, 1e7, "m");
        double far = node.number("false-alarm-far-m", 0, 1e7, "m");
        double rangeFloor = node.number("range-floor-m", 0, 1e4, "m");
        double rangeSlope = node.number("range-slope-m", 0, 1e4, "m");
        double angleFloor = node.number("angle-floor-deg", 0, 57, "deg");
        double angleSlope = node.number("angle-slope-deg", 0, 57, "deg");
        double velocityFloor = node.number("velocity-floor-mps", 0, 1e3, "m/s");
        double velocitySlope = node.number("velocity-slope-mps", 0, 1e3, "m/s");
        double shortRange = node.number("short-range-m", 0, 1e7, "m");
        node.done();
        return node.make(
                FALLBACK_RADAR,
                () ->
                        new RadarSpec(
                                reference,
                                cap,
                                probability,
                                alarms,
                                near,
                                far,
                                rangeFloor,
                                rangeSlope,
                                angleFloor * DEGREE,
                                angleSlope * DEGREE,
                                velocityFloor,
                                velocitySlope,
                                shortRange));
    }
}
