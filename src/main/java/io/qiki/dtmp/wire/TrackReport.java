package io.qiki.dtmp.wire;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.Vec3;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A radar track as the original tells of it.
 *
 * @param schemaVersion at least 0
 * @param id stays with the contact for life
 * @param type what it is known to be
 * @param iff friend or foe
 * @param seen where it was seen last, and what it radiated
 * @param quality 0..1
 * @param at date of the newest detection; empty when not told
 * @param status where it stands in its life
 * @param positionWorld m, world frame; empty when not told
 * @param velocityWorld m/s, world frame; empty when not told
 * @param positionCovariance none or six numbers, upper triangle by rows, m2
 * @param velocityCovariance none or six numbers, upper triangle by rows, m2/s2
 * @param ageSeconds since the first detection, at least 0
 * @param misses frames without detection in a row, at least 0
 */
public record TrackReport(
        int schemaVersion,
        UUID id,
        RadarTrack.ObjectType type,
        RadarTrack.Iff iff,
        RadarReport.Echo seen,
        double quality,
        Optional<Timestamp> at,
        RadarTrack.Status status,
        Optional<Vec3> positionWorld,
        Optional<Vec3> velocityWorld,
        List<Double> positionCovariance,
        List<Double> velocityCovariance,
        double ageSeconds,
        int misses) {
    private static final int TRIANGLE = 6;

    /** Copies; refuses missing parts and numbers out of range. */
    public TrackReport {
        Check.range(schemaVersion, 0, Integer.MAX_VALUE, "schema_version");
        Check.present(id, "track_id");
        Check.present(type, "object_type");
        Check.present(iff, "iff");
        Check.present(seen, "detection");
        Check.range(quality, 0, 1, "quality", "1");
        Check.present(at, "timestamp");
        Check.present(status, "status");
        Check.present(positionWorld, "position");
        Check.present(velocityWorld, "velocity");
        positionCovariance = triangle(positionCovariance, "position_covariance");
        velocityCovariance = triangle(velocityCovariance, "velocity_covariance");
        Check.range(ageSeconds, 0, Double.MAX_VALUE, "age_s", "s");
        Check.range(misses, 0, Integer.MAX_VALUE, "miss_count");
    }

    private static List<Double> triangle(List<Double> values, String name) {
        Check.that(
                values.isEmpty() || values.size() == TRIANGLE,
                name + " must have none or six numbers, had " + values.size());
        values.forEach(value -> Check.finite(value, name, "squared"));
        return List.copyOf(values);
    }
}
