package io.qiki.dtmp.model;

/**
 * How far the agent trusts a sensor at a tick.
 *
 * @param sensor which
 * @param verdict the trust
 * @param ageSteps simulation steps since its last good reading was measured
 */
public record SensorTrust(SensorId sensor, Verdict verdict, long ageSteps) {
    /** Degrees of trust, in the words of the original. */
    public enum Verdict {
        /** Fresh and plausible. */
        OK,
        /** There is no value. */
        NO_DATA,
        /** Older than its freshness limit. */
        STALE,
        /** Below the least quality. */
        LOW_QUALITY,
        /** Implausible or declared invalid. */
        INVALID,
        /** A part of the measurement is missing. */
        MISSING_FIELDS
    }

    /** Refuses missing parts. */
    public SensorTrust {
        Check.present(sensor, "sensor");
        Check.present(verdict, "verdict");
        Check.range(ageSteps, 0, Long.MAX_VALUE, "age in steps");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        return hash.add(sensor).add(verdict).add(ageSteps);
    }
}
