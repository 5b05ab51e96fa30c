package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.Hash64;
import java.util.List;

/**
 * The way out of SAFE_MODE.
 *
 * @param entrySequences newest reading of each critical sensor at the entry
 * @param goodTicks ticks in a row in which everything required was good
 * @param failing what is not good now; empty when all is
 */
public record SafeWatch(List<Long> entrySequences, int goodTicks, String failing) {
    /** Not in SAFE_MODE. */
    public static final SafeWatch NONE = new SafeWatch(List.of(), 0, "");

    /** Copies. */
    public SafeWatch {
        entrySequences = List.copyOf(entrySequences);
        Check.range(goodTicks, 0, Integer.MAX_VALUE, "good ticks");
        Check.present(failing, "what fails");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add((long) entrySequences.size());
        for (long sequence : entrySequences) {
            hash.add(sequence);
        }
        return hash.add((long) goodTicks).add(failing);
    }
}
