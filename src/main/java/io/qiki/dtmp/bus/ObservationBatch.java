package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.SensedBatch;

/**
 * What the vehicles of a shard show at a tick.
 *
 * @param shard which
 * @param seen by each of them
 */
public record ObservationBatch(int shard, SensedBatch seen) {}
