package io.qiki.dtmp.grpc;

import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import java.util.Optional;

/**
 * What agents that drove another process came to.
 *
 * @param ticks with observations
 * @param losses how often the simulator was lost
 * @param lines one per twin
 */
public record DriveResult(long ticks, long losses, List<Line> lines) {
    /** Copies. */
    public DriveResult {
        lines = List.copyOf(lines);
    }

    /**
     * One twin.
     *
     * @param twin which
     * @param stored the committed state; empty without one
     * @param hash of its chain
     */
    public record Line(TwinId twin, Optional<StoredState> stored, long hash) {}
}
