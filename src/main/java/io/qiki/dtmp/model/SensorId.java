package io.qiki.dtmp.model;

import java.util.Optional;

/** The sensors of the vehicle, in the order in which an observation lists them. */
public enum SensorId {
    /** Gyroscope and accelerometer. */
    IMU_MAIN("imu_main"),
    /** Position and velocity in the world frame. */
    NAV("nav"),
    /** Attitude from the stars. */
    STAR_TRACKER("sensor_star_tracker"),
    /** Range along the nose. */
    LIDAR_FRONT("lidar_front"),
    /** Search radar all around. */
    RADAR_360("radar_360"),
    /** Direction to the sun. */
    SOLAR("sensor_solar"),
    /** Magnetic field in the body frame. */
    MAGNETOMETER("magnetometer"),
    /** Relative position of a docking port. */
    DOCKING("sensor_docking"),
    /** Temperatures of the thermal nodes. */
    THERMAL("sensor_thermal"),
    /** Dose rate. */
    RADIATION("sensor_radiation"),
    /** Objects close by. */
    PROXIMITY("sensor_proximity"),
    /** State of charge, bus voltage and current, loads. */
    POWER_GAUGE("power_gauge"),
    /** Propellant left. */
    PROPELLANT_GAUGE("propellant_gauge");

    private static final SensorId[] ALL = values();
    private final String id;

    SensorId(String id) {
        this.id = id;
    }

    /** The id used in configurations and on every interface. */
    public String id() {
        return id;
    }

    /** How many there are. */
    public static int count() {
        return ALL.length;
    }

    /** The sensor at a place of the declared order, 0..count-1. */
    public static SensorId at(int ordinal) {
        return ALL[ordinal];
    }

    /** The sensor of an id, if there is one. */
    public static Optional<SensorId> of(String id) {
        for (SensorId sensor : ALL) {
            if (sensor.id.equals(id)) {
                return Optional.of(sensor);
            }
        }
        return Optional.empty();
    }
}
