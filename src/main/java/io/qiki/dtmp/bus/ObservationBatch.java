package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Observation;
import java.util.List;

/**
 * What the vehicles of a shard show at a tick.
 *
 * @param shard which
 * @param observations one per vehicle, in the shard's order
 */
public record ObservationBatch(int shard, List<Observation> observations) {
    /** Copies. */
    public ObservationBatch {
        observations = List.copyOf(observations);
    }
}
