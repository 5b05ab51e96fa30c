package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.TwinId;
import java.util.List;

/**
 * What the pacing needs to know.
 *
 * @param periodNanos simulation time of a tick, ns
 * @param stepsPerTick simulation steps of a tick
 * @param speed simulation time over wall time at the start
 * @param shards those that have twins
 * @param twins of the process, to whom control commands happen
 */
public record TickConfig(
        long periodNanos,
        int stepsPerTick,
        double speed,
        List<Integer> shards,
        List<TwinId> twins) {
    /** Copies; refuses what is out of range. */
    public TickConfig {
        Check.range(periodNanos, 1, 3_600_000_000_000L, "tick period in ns");
        Check.range(stepsPerTick, 1, 10_000, "steps per tick");
        Check.range(speed, ControlCommand.MIN_SPEED, ControlCommand.MAX_SPEED, "speed", "");
        shards = List.copyOf(shards);
        twins = List.copyOf(twins);
    }
}
