package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.RunState;

/**
 * Decides when the next ticks are due on the wall. Pure: whoever owns it tells it the time.
 *
 * <p>The ticks of a process are due in firings: at low speed one tick per firing, at high speed as
 * many as make a firing last {@link #SHORTEST_FIRING_NANOS}. Firing k is due at start + k x
 * interval, so that nothing drifts and nothing bursts. A firing that begins less than an interval
 * late is caught up; one that begins a whole interval or more late is a slip, which is counted and
 * moves the schedule by whole intervals: no tick is skipped, later ones are due later.
 */
public final class TickPacer {
    /** Timers of the event loop resolve milliseconds; shorter firings would be noise. */
    public static final long SHORTEST_FIRING_NANOS = 10_000_000;

    private final long periodNanos;
    private RunState runState = RunState.STOPPED;
    private double speed;
    private long dueNanos;
    private long slips;

    /**
     * A pacer that is STOPPED.
     *
     * @param periodNanos simulation time of a tick, ns
     * @param speed simulation time over wall time
     */
    public TickPacer(long periodNanos, double speed) {
        this.periodNanos = Check.range(periodNanos, 1, 3_600_000_000_000L, "tick period in ns");
        this.speed = Check.range(speed, 1e-3, 1e6, "speed", "");
    }

    /** Goes on; the first firing is due now, unless it ran already. */
    public void start(long nowNanos) {
        if (runState != RunState.RUNNING) {
            runState = RunState.RUNNING;
            dueNanos = nowNanos;
        }
    }

    /** Stands until started or stepped. */
    public void pause() {
        runState = RunState.PAUSED;
    }

    /** Stands. */
    public void stop() {
        runState = RunState.STOPPED;
    }

    /** Changes the speed; the next firing is due one new interval from now at the latest. */
    public void speed(double newSpeed, long nowNanos) {
        speed = Check.range(newSpeed, 1e-3, 1e6, "speed", "");
        dueNanos = Math.min(dueNanos, nowNanos + intervalNanos());
    }

    /**
     * How many ticks to run now: 0 when none is due. Moves the schedule on.
     *
     * @param nowNanos the time of the clock that start was told
     */
    public int fire(long nowNanos) {
        long late = nowNanos - dueNanos;
        if (runState != RunState.RUNNING || late < 0) {
            return 0;
        }
        long interval = intervalNanos();
        if (late >= interval) {
            slips++;
            dueNanos += late / interval * interval;
        }
        dueNanos += interval;
        return ticksPerFiring();
    }

    /** Nanoseconds until the next firing is due, 0 when it is; only while RUNNING. */
    public long untilDueNanos(long nowNanos) {
        return Math.max(0, dueNanos - nowNanos);
    }

    /** Nanoseconds since the next firing was due, 0 when it is not yet; only while RUNNING. */
    public long lateNanos(long nowNanos) {
        return Math.max(0, nowNanos - dueNanos);
    }

    /** Wall time of one tick, ns. */
    public long wallPeriodNanos() {
        return Math.max(1, Math.round(periodNanos / speed));
    }

    /** Whether time goes on. */
    public RunState runState() {
        return runState;
    }

    /** Simulation time over wall time. */
    public double speed() {
        return speed;
    }

    /** Goes on counting where a predecessor was. */
    void countOn(long predecessorSlips) {
        slips = Check.range(predecessorSlips, 0, Long.MAX_VALUE, "slips");
    }

    /** Firings that began a whole interval or more late. */
    public long slips() {
        return slips;
    }

    private int ticksPerFiring() {
        return (int) Math.max(1, Math.ceil(SHORTEST_FIRING_NANOS / (periodNanos / speed)));
    }

    private long intervalNanos() {
        return Math.max(1, Math.round(ticksPerFiring() * (periodNanos / speed)));
    }
}
