package io.qiki.dtmp.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.util.Optional;
import java.util.UUID;
import qiki.common.SensorType;

/**
 * A reading as the original tells of it: one value with its unit.
 *
 * @param sensorId which sensor
 * @param type its kind
 * @param at when it was measured; empty when not told
 * @param value what was measured
 * @param unit of the number or of each component
 * @param valid whether the sensor vouches for it
 * @param encoding how bytes are to be read; empty without any
 * @param signalStrength 0..1
 * @param source who produced it
 */
public record ReadingReport(
        UUID sensorId,
        SensorType type,
        Optional<Timestamp> at,
        Value value,
        Unit unit,
        boolean valid,
        String encoding,
        float signalStrength,
        String source) {
    /** Refuses missing parts and a signal strength out of range. */
    public ReadingReport {
        Check.present(sensorId, "sensor_id");
        Check.present(type, "sensor_type");
        Check.present(at, "timestamp");
        Check.present(value, "sensor_data");
        Check.present(unit, "unit");
        Check.present(encoding, "encoding");
        Check.range(signalStrength, 0, 1, "signal_strength", "1");
        Check.present(source, "source_module");
    }

    /** What a sensor measured. */
    public sealed interface Value {
        /** Nothing. */
        record None() implements Value {
            /** There is only one nothing. */
            public static final None INSTANCE = new None();
        }

        /** Three components in the sensor's frame. */
        record Vector(Vec3 components) implements Value {}

        /** A finite number. */
        record Scalar(double number) implements Value {
            /** Refuses what is not finite. */
            public Scalar {
                Check.finite(number, "scalar_data", "of its unit");
            }
        }

        /** Bytes that the encoding says how to read. */
        record Bytes(ByteString bytes) implements Value {}

        /** A radar frame. */
        record Frame(RadarReport frame) implements Value {}

        /** A radar track. */
        record Track(TrackReport track) implements Value {}
    }
}
