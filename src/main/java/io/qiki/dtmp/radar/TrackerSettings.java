package io.qiki.dtmp.radar;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.KnownObject;
import io.qiki.dtmp.model.Mission;
import java.util.List;

/**
 * How contacts are followed and recognised.
 *
 * @param gateMetres greatest range between a track and its next detection, m
 * @param gateRadians greatest angle between them, rad
 * @param lostMisses frames missed in a row that end a confirmed track
 * @param lostSteps simulation steps without a hit that end one without frames
 * @param stepNanos length of a step, ns
 * @param catalogue known objects
 * @param allow identities of friends
 * @param deny identities of foes
 */
public record TrackerSettings(
        double gateMetres,
        double gateRadians,
        int lostMisses,
        long lostSteps,
        long stepNanos,
        List<KnownObject> catalogue,
        List<String> allow,
        List<String> deny) {
    private static final double GATE_METRES = 50;
    private static final double GATE_RADIANS = 3 * Math.PI / 180;
    private static final int LOST_MISSES = 8;
    private static final long LOST_NANOS = 2_000_000_000L;

    /** Copies; refuses numbers out of range. */
    public TrackerSettings {
        Check.range(gateMetres, 0, 1e6, "range gate", "m");
        Check.range(gateRadians, 0, Math.PI, "angle gate", "rad");
        Check.range(lostMisses, 1, 1000, "misses to lose a track");
        Check.range(lostSteps, 1, Long.MAX_VALUE, "steps to lose a track");
        Check.range(stepNanos, 1, 3_600_000_000_000L, "step length in ns");
        catalogue = List.copyOf(catalogue);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /** Gates of 50 m and 3 degrees; lost at 8 misses or after 2 s. */
    public static TrackerSettings of(Mission mission, long stepNanos) {
        return new TrackerSettings(
                GATE_METRES,
                GATE_RADIANS,
                LOST_MISSES,
                LOST_NANOS / stepNanos,
                stepNanos,
                mission.catalogue(),
                mission.allow(),
                mission.deny());
    }
}
