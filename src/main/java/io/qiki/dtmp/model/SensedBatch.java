package io.qiki.dtmp.model;

import java.util.List;

/**
 * What the vehicles of a shard show at a tick.
 *
 * @param number of the batch, never used twice in a shard; {@link #NONE}: there was none
 * @param sensed one per vehicle, in the shard's order: its observation, or why there is none
 */
public record SensedBatch(long number, List<SensedInput> sensed) {
    /** The number of no batch. */
    public static final long NONE = 0;

    /** Copies. */
    public SensedBatch {
        Check.range(number, NONE, Long.MAX_VALUE, "batch number");
        sensed = List.copyOf(sensed);
    }

    /** Nothing was seen of any of some vehicles. */
    public static SensedBatch blind(int vehicles, Failure failure) {
        return new SensedBatch(
                NONE, java.util.Collections.nCopies(vehicles, new SensedInput.Blind(failure)));
    }
}
