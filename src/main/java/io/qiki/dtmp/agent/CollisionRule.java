package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;

/**
 * When a track is on a collision course and how it is avoided.
 *
 * @param missMetres least distance of the closest approach that is left alone, m
 * @param horizonSeconds how far ahead is looked, s
 * @param trackSeconds least time a track has been followed before it is acted on, s
 * @param lateralMps speed across the relative motion, m/s
 */
public record CollisionRule(
        double missMetres, double horizonSeconds, double trackSeconds, double lateralMps) {
    /** Below 40 m within 120 s, after 10 s of track: 0.3 m/s across. */
    public static final CollisionRule STANDARD = new CollisionRule(40, 120, 10, 0.3);

    /** Refuses numbers out of range. */
    public CollisionRule {
        Check.range(missMetres, 0, 1e6, "miss distance", "m");
        Check.range(horizonSeconds, 0, 1e6, "horizon", "s");
        Check.range(trackSeconds, 0, 1e6, "track time", "s");
        Check.range(lateralMps, 0, 10, "lateral speed", "m/s");
    }
}
