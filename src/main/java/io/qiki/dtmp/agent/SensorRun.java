package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.SensorId;

/**
 * How a critical sensor has behaved lately.
 *
 * @param sensor which
 * @param sequence of its newest reading
 * @param fingerprint of that reading's value
 * @param repeats distinct readings in a row with exactly this value
 * @param badTicks ticks in a row in which it was not trusted
 */
public record SensorRun(
        SensorId sensor, long sequence, long fingerprint, int repeats, int badTicks) {
    /** Refuses missing parts. */
    public SensorRun {
        Check.present(sensor, "sensor");
        Check.range(sequence, 0, Long.MAX_VALUE, "sequence");
        Check.range(repeats, 0, Integer.MAX_VALUE, "repeats");
        Check.range(badTicks, 0, Integer.MAX_VALUE, "bad ticks");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(sensor).add(sequence).add(fingerprint);
        return hash.add((long) repeats).add((long) badTicks);
    }
}
