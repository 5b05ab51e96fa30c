package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.SensedInput;
import java.util.List;

/**
 * What the vehicles of a shard show at a tick.
 *
 * @param shard which
 * @param sensed one per vehicle, in the shard's order: its observation, or why there is none
 */
public record ObservationBatch(int shard, List<SensedInput> sensed) {
    /** Copies. */
    public ObservationBatch {
        sensed = List.copyOf(sensed);
    }
}
