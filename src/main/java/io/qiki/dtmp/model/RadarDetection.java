package io.qiki.dtmp.model;

/**
 * One echo, as the radar saw it: polar coordinates about the vehicle, world axes.
 *
 * @param rangeMetres distance, at least 0
 * @param bearingRadians clockwise from world +Y, 0..2 pi
 * @param elevationRadians above the world XY plane, -pi/2..pi/2
 * @param radialVelocityMps m/s, negative when closing
 * @param snrDecibels signal-to-noise ratio, dB
 * @param crossSectionDbsm estimated radar cross-section, dB of a square metre
 * @param transponder what the object's transponder radiates
 * @param transponderId the identity it claims; empty when none is received
 * @param band LR carries no identity
 */
public record RadarDetection(
        double rangeMetres,
        double bearingRadians,
        double elevationRadians,
        double radialVelocityMps,
        double snrDecibels,
        double crossSectionDbsm,
        TransponderMode transponder,
        String transponderId,
        RangeBand band) {
    /** What a transponder does; numbers as on the wire. */
    public enum TransponderMode {
        /** Not radiating. */
        OFF,
        /** Radiating its identity. */
        ON,
        /** Listening only. */
        SILENT,
        /** Radiating somebody else's identity. */
        SPOOF
    }

    /** Long or short range. */
    public enum RangeBand {
        /** Not stated. */
        UNSPECIFIED,
        /** Beyond 5000 m, without identity. */
        LONG,
        /** Up to 5000 m. */
        SHORT
    }

    /** Refuses what no radar can see, and an identity in the long-range band. */
    public RadarDetection {
        Check.range(rangeMetres, 0, Double.MAX_VALUE, "range", "m");
        Check.range(bearingRadians, 0, 2 * Math.PI, "bearing", "rad");
        Check.range(elevationRadians, -Math.PI / 2, Math.PI / 2, "elevation", "rad");
        Check.finite(radialVelocityMps, "radial velocity", "m/s");
        Check.finite(snrDecibels, "signal-to-noise ratio", "dB");
        Check.finite(crossSectionDbsm, "radar cross-section", "dBsm");
        Check.present(transponder, "transponder mode");
        Check.present(transponderId, "transponder id");
        Check.present(band, "range band");
        Check.that(
                band != RangeBand.LONG || transponderId.isEmpty(),
                () -> "a long-range detection must not carry an identity, was " + transponderId);
    }

    /** Position relative to the vehicle in world axes, m. */
    public Vec3 relativePositionWorld() {
        double horizontal = rangeMetres * StrictMath.cos(elevationRadians);
        return new Vec3(
                horizontal * StrictMath.sin(bearingRadians),
                horizontal * StrictMath.cos(bearingRadians),
                rangeMetres * StrictMath.sin(elevationRadians));
    }
}
