package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import java.nio.charset.StandardCharsets;
import qiki.common.SensorType;
import qiki.common.UUID;
import qiki.common.Unit;
import qiki.common.Vector3;

/**
 * Readings as the original knows them: one number or vector in floats with its unit, which is less
 * than the sensor measured; the whole of it stands in our own messages.
 */
public final class SensorMessages {
    private static final double PERCENT = 100;
    private static final String SOURCE = "q_sim_service";

    private SensorMessages() {}

    /**
     * The newest reading of a sensor as a message: lidar, m; IMU, rates of turn in rad/s, body
     * frame; navigation, position in m, world frame; star tracker, rotation vector body to world in
     * rad; sun sensor, unit vector in the body frame; magnetometer, T, body frame; thermal, the
     * first node in K; power, state of charge in percent; propellant, kg; radar, a frame. Without
     * data it is not valid and has no value.
     */
    public static qiki.sensors.SensorReading toWire(
            TwinId twin, SensorReading reading, WireDates dates) {
        qiki.sensors.SensorReading.Builder message =
                qiki.sensors.SensorReading.newBuilder()
                        .setSensorId(id(twin, reading.sensor()))
                        .setSensorType(type(reading.sensor()))
                        .setTimestamp(dates.timestamp(reading.sourceStep()))
                        .setIsValid(reading.usable())
                        .setSignalStrength((float) reading.quality())
                        .setSourceModule(SOURCE);
        put(message, twin, reading.measurement(), dates);
        return message.build();
    }

    private static void put(
            qiki.sensors.SensorReading.Builder message,
            TwinId twin,
            Measurement measurement,
            WireDates dates) {
        if (measurement instanceof Measurement.Range one) {
            message.setScalarData((float) one.metres()).setUnit(Unit.METERS);
        } else if (measurement instanceof Measurement.Inertial one) {
            message.setVectorData(vector(one.rateBody())).setUnit(Unit.RADIANS_PER_SECOND);
        } else if (measurement instanceof Measurement.Navigation one) {
            message.setVectorData(vector(one.positionWorld())).setUnit(Unit.METERS);
        } else if (measurement instanceof Measurement.Attitude one) {
            message.setVectorData(vector(one.bodyToWorld().rotationVector())).setUnit(Unit.RADIANS);
        } else if (measurement instanceof Measurement.SunDirection one) {
            message.setVectorData(vector(one.directionBody()));
        } else if (measurement instanceof Measurement.MagneticField one) {
            message.setVectorData(vector(one.teslaBody())).setUnit(Unit.TESLA);
        } else if (measurement instanceof Measurement.Temperatures one) {
            message.setScalarData(one.kelvin().get(0).floatValue()).setUnit(Unit.KELVIN);
        } else if (measurement instanceof Measurement.PowerGauge one) {
            message.setScalarData((float) (PERCENT * one.stateOfCharge())).setUnit(Unit.PERCENT);
        } else if (measurement instanceof Measurement.Propellant one) {
            message.setScalarData((float) one.kilograms()).setUnit(Unit.KILOGRAMS);
        } else if (measurement instanceof Measurement.Radar one) {
            message.setRadarData(RadarMessages.toWire(twin, one.frame(), dates))
                    .setEncoding("qiki.radar.v1");
        }
    }

    private static Vector3 vector(Vec3 v) {
        return Vector3.newBuilder()
                .setX((float) v.x())
                .setY((float) v.y())
                .setZ((float) v.z())
                .build();
    }

    private static SensorType type(SensorId sensor) {
        return switch (sensor) {
            case IMU_MAIN -> SensorType.IMU;
            case NAV -> SensorType.GPS;
            case STAR_TRACKER -> SensorType.STAR_TRACKER;
            case LIDAR_FRONT -> SensorType.LIDAR;
            case RADAR_360 -> SensorType.RADAR;
            case SOLAR -> SensorType.SUN;
            case MAGNETOMETER -> SensorType.MAGNETOMETER;
            case DOCKING -> SensorType.DOCKING;
            case THERMAL -> SensorType.THERMAL;
            case RADIATION -> SensorType.RADIATION;
            case PROXIMITY -> SensorType.PROXIMITY;
            case POWER_GAUGE -> SensorType.POWER;
            case PROPELLANT_GAUGE -> SensorType.PROPELLANT;
        };
    }

    /** The id of a sensor of a twin; it never changes. */
    public static UUID id(TwinId twin, SensorId sensor) {
        return id("sensor", twin, sensor.id());
    }

    static UUID id(String kind, TwinId twin, String name) {
        String text = "qiki:" + kind + ":" + twin.value() + ":" + name;
        return UUID.newBuilder()
                .setValue(
                        java.util
                                .UUID
                                .nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .build();
    }
}
