package io.qiki.dtmp.model;

/**
 * Simulation time: a whole number of fixed steps, never a sum of doubles.
 *
 * @param step steps since the start of the incarnation
 * @param stepNanos length of one step, ns
 */
public record SimTime(long step, long stepNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Refuses negative time and a step of no length. */
    public SimTime {
        Check.range(step, 0, Long.MAX_VALUE, "step");
        Check.range(stepNanos, 1, 3_600_000_000_000L, "step length in ns");
    }

    /** Seconds since the start. */
    public double seconds() {
        return (double) step * stepNanos / NANOS_PER_SECOND;
    }

    /** Milliseconds of a number of steps of this length. */
    public static long millis(long steps, long stepNanos) {
        return Math.multiplyExact(steps, stepNanos) / 1_000_000;
    }
}
