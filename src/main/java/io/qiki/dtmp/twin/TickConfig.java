package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.ControlCommand;

/**
 * What the pacing needs to know.
 *
 * @param periodNanos simulation time of a tick, ns
 * @param speed simulation time over wall time at the start
 * @param shards how many shards there are
 */
public record TickConfig(long periodNanos, double speed, int shards) {
    /** Refuses what is out of range. */
    public TickConfig {
        Check.range(periodNanos, 1, 3_600_000_000_000L, "tick period in ns");
        Check.range(speed, ControlCommand.MIN_SPEED, ControlCommand.MAX_SPEED, "speed", "");
        Check.range(shards, 1, 1024, "shards");
    }
}
