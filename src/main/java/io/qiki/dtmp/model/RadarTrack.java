package io.qiki.dtmp.model;

import java.util.UUID;

/**
 * A contact that the agent follows through the radar frames, under one identity.
 *
 * @param id stays with the contact for life
 * @param status where it stands in its life
 * @param type what it is known to be
 * @param iff friend or foe
 * @param positionWorld m, world frame
 * @param velocityWorld m/s, world frame
 * @param rangeMetres distance from the vehicle at the last hit, m
 * @param radialVelocityMps m/s, negative when closing
 * @param snrDecibels of the last hit, dB
 * @param crossSectionDbsm of the last hit, dBsm
 * @param transponder last received mode
 * @param transponderId last received identity, empty when none
 * @param quality 0..1
 * @param firstStep simulation step of the first hit
 * @param lastStep simulation step of the last hit
 * @param hits frames that saw it
 * @param misses frames missed in a row
 */
public record RadarTrack(
        UUID id,
        Status status,
        ObjectType type,
        Iff iff,
        Vec3 positionWorld,
        Vec3 velocityWorld,
        double rangeMetres,
        double radialVelocityMps,
        double snrDecibels,
        double crossSectionDbsm,
        RadarDetection.TransponderMode transponder,
        String transponderId,
        double quality,
        long firstStep,
        long lastStep,
        int hits,
        int misses) {
    /** The life of a track; numbers as on the wire. */
    public enum Status {
        /** Not stated. */
        UNSPECIFIED,
        /** Seen, not yet confirmed. */
        NEW,
        /** Confirmed and seen by the last frame. */
        TRACKED,
        /** Given up; announced once. */
        LOST,
        /** Confirmed and missed by the last frames. */
        COASTING
    }

    /** Kinds of objects; numbers as on the wire. */
    public enum ObjectType {
        /** Not known. */
        UNSPECIFIED,
        /** A small craft without crew. */
        DRONE,
        /** A craft. */
        SHIP,
        /** A station. */
        STATION,
        /** A natural body. */
        ASTEROID,
        /** A piece of scrap. */
        DEBRIS
    }

    /** Friend or foe; numbers as on the wire. */
    public enum Iff {
        /** Does not apply. */
        UNSPECIFIED,
        /** On the allow-list. */
        FRIEND,
        /** On the deny-list or inferred hostile. */
        FOE,
        /** Neither. */
        UNKNOWN
    }

    /** Refuses missing parts and numbers out of range. */
    public RadarTrack {
        Check.present(id, "track id");
        Check.present(status, "track status");
        Check.present(type, "object type");
        Check.present(iff, "friend or foe");
        Check.present(positionWorld, "position");
        Check.present(velocityWorld, "velocity");
        Check.range(rangeMetres, 0, Double.MAX_VALUE, "range", "m");
        Check.finite(radialVelocityMps, "radial velocity", "m/s");
        Check.finite(snrDecibels, "signal-to-noise ratio", "dB");
        Check.finite(crossSectionDbsm, "radar cross-section", "dBsm");
        Check.present(transponder, "transponder mode");
        Check.present(transponderId, "transponder id");
        Check.range(quality, 0, 1, "quality", "1");
        Check.range(firstStep, 0, lastStep, "first step");
        Check.range(hits, 1, Integer.MAX_VALUE, "hits");
        Check.range(misses, 0, Integer.MAX_VALUE, "misses");
    }

    /** Whether it was confirmed and is not lost. */
    public boolean confirmed() {
        return status == Status.TRACKED || status == Status.COASTING;
    }
}
