package io.qiki.dtmp.model;

/**
 * How simulation time goes on in this process.
 *
 * @param runState whether it does
 * @param speed simulation time over wall time
 * @param ticks finished since the start of the process
 * @param slips ticks that began a whole period or more after they were due
 * @param failedAdvances advances that a shard did not answer in time
 */
public record RunStatus(
        RunState runState, double speed, long ticks, long slips, long failedAdvances) {
    /** Refuses what cannot be. */
    public RunStatus {
        Check.present(runState, "run state");
        Check.range(speed, ControlCommand.MIN_SPEED, ControlCommand.MAX_SPEED, "speed", "");
        Check.range(ticks, 0, Long.MAX_VALUE, "ticks");
        Check.range(slips, 0, Long.MAX_VALUE, "slips");
        Check.range(failedAdvances, 0, Long.MAX_VALUE, "failed advances");
    }
}
