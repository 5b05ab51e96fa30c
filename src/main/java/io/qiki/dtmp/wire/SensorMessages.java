package io.qiki.dtmp.wire;

import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.wire.ReadingReport.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import qiki.common.SensorType;

/**
 * Readings as the original knows them: one number or vector in floats with its unit, which is less
 * than the sensor measured; the whole of it stands in our own messages.
 */
public final class SensorMessages {
    private static final double PERCENT = 100;
    private static final String SOURCE = "q_sim_service";

    private SensorMessages() {}

    /** The newest reading of a sensor as a message; see {@link #report}. */
    public static qiki.sensors.SensorReading toWire(
            TwinId twin, SensorReading reading, WireDates dates) {
        return toWire(report(twin, reading, dates));
    }

    /**
     * The newest reading of a sensor: lidar, m; IMU, rates of turn in rad/s, body frame;
     * navigation, position in m, world frame; star tracker, rotation vector body to world in rad;
     * sun sensor, unit vector in the body frame; magnetometer, T, body frame; thermal, the first
     * node in K; power, state of charge in percent; propellant, kg; radar, a frame. Without data it
     * is not valid and has no value.
     */
    public static ReadingReport report(TwinId twin, SensorReading reading, WireDates dates) {
        Measurement measured = reading.measurement();
        return new ReadingReport(
                uuid(twin, reading.sensor()),
                type(reading.sensor()),
                Optional.of(dates.timestamp(reading.sourceStep())),
                value(measured, twin, dates),
                unit(measured),
                reading.usable(),
                measured instanceof Measurement.Radar ? "qiki.radar.v1" : "",
                (float) reading.quality(),
                SOURCE);
    }

    private static Value value(Measurement measured, TwinId twin, WireDates dates) {
        if (measured instanceof Measurement.Range one) {
            return new Value.Scalar(one.metres());
        } else if (measured instanceof Measurement.Inertial one) {
            return new Value.Vector(one.rateBody());
        } else if (measured instanceof Measurement.Navigation one) {
            return new Value.Vector(one.positionWorld());
        } else if (measured instanceof Measurement.Attitude one) {
            return new Value.Vector(one.bodyToWorld().rotationVector());
        } else if (measured instanceof Measurement.SunDirection one) {
            return new Value.Vector(one.directionBody());
        } else if (measured instanceof Measurement.MagneticField one) {
            return new Value.Vector(one.teslaBody());
        } else if (measured instanceof Measurement.Temperatures one) {
            return new Value.Scalar(one.kelvin().get(0));
        } else if (measured instanceof Measurement.PowerGauge one) {
            return new Value.Scalar(PERCENT * one.stateOfCharge());
        } else if (measured instanceof Measurement.Propellant one) {
            return new Value.Scalar(one.kilograms());
        } else if (measured instanceof Measurement.Radar one) {
            return new Value.Frame(RadarMessages.report(twin, one.frame(), dates));
        }
        return Value.None.INSTANCE;
    }

    private static Unit unit(Measurement measured) {
        if (measured instanceof Measurement.Range || measured instanceof Measurement.Navigation) {
            return Unit.METERS;
        } else if (measured instanceof Measurement.Inertial) {
            return Unit.RADIANS_PER_SECOND;
        } else if (measured instanceof Measurement.Attitude) {
            return Unit.RADIANS;
        } else if (measured instanceof Measurement.MagneticField) {
            return Unit.TESLA;
        } else if (measured instanceof Measurement.Temperatures) {
            return Unit.KELVIN;
        } else if (measured instanceof Measurement.PowerGauge) {
            return Unit.PERCENT;
        } else if (measured instanceof Measurement.Propellant) {
            return Unit.KILOGRAMS;
        }
        return Unit.UNSPECIFIED;
    }

    /** A report as a message; numbers become the nearest float. */
    public static qiki.sensors.SensorReading toWire(ReadingReport report) {
        qiki.sensors.SensorReading.Builder message =
                qiki.sensors.SensorReading.newBuilder()
                        .setSensorId(Heads.id(report.sensorId()))
                        .setSensorType(report.type())
                        .setUnit(EnumTables.UNIT.toWire(report.unit()))
                        .setIsValid(report.valid())
                        .setEncoding(report.encoding())
                        .setSignalStrength(report.signalStrength())
                        .setSourceModule(report.source());
        report.at().ifPresent(message::setTimestamp);
        Value value = report.value();
        if (value instanceof Value.Vector one) {
            message.setVectorData(Heads.vector(one.components()));
        } else if (value instanceof Value.Scalar one) {
            message.setScalarData((float) one.number());
        } else if (value instanceof Value.Bytes one) {
            message.setBinaryData(one.bytes());
        } else if (value instanceof Value.Frame one) {
            message.setRadarData(RadarMessages.toWire(one.frame()));
        } else if (value instanceof Value.Track one) {
            message.setRadarTrack(TrackMessages.toWire(one.track()));
        }
        return message.build();
    }

    /**
     * A message as a report.
     *
     * @throws ConversionException naming the field and what would be right
     */
    public static ReadingReport toModel(qiki.sensors.SensorReading message) {
        SensorType type = message.getSensorType();
        if (type == SensorType.UNRECOGNIZED || type == SensorType.SENSOR_TYPE_UNSPECIFIED) {
            throw new ConversionException(
                    "sensor_type",
                    "must be a known kind, was number " + message.getSensorTypeValue());
        }
        return new ReadingReport(
                Heads.id("sensor_id", message.hasSensorId(), message.getSensorId()),
                type,
                Heads.date("timestamp", message.hasTimestamp(), message.getTimestamp()),
                value(message),
                EnumTables.UNIT.toModel("unit", message.getUnitValue()),
                message.getIsValid(),
                message.getEncoding(),
                message.getSignalStrength(),
                message.getSourceModule());
    }

    private static Value value(qiki.sensors.SensorReading message) {
        return switch (message.getSensorDataCase()) {
            case VECTOR_DATA ->
                    new Value.Vector(
                            Fields.at("vector_data", () -> Heads.vector(message.getVectorData())));
            case SCALAR_DATA ->
                    new Value.Scalar(Fields.finite("scalar_data", message.getScalarData()));
            case BINARY_DATA -> new Value.Bytes(message.getBinaryData());
            case RADAR_DATA ->
                    new Value.Frame(
                            Fields.at(
                                    "radar_data",
                                    () -> RadarMessages.toModel(message.getRadarData())));
            case RADAR_TRACK ->
                    new Value.Track(
                            Fields.at(
                                    "radar_track",
                                    () -> TrackMessages.toModel(message.getRadarTrack())));
            case SENSORDATA_NOT_SET -> Value.None.INSTANCE;
        };
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
    public static UUID uuid(TwinId twin, SensorId sensor) {
        return uuid("sensor", twin, sensor.id());
    }

    /** A lasting id of something of a twin. */
    static UUID uuid(String kind, TwinId twin, String name) {
        String text = "qiki:" + kind + ":" + twin.value() + ":" + name;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
