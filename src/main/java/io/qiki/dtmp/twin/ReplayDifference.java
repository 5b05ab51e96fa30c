package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.TwinId;

/**
 * The first thing in which a replay was not what the log says.
 *
 * @param twin whose
 * @param tick at which
 * @param field what differs: the half and, if the log holds fingerprints of fields, the first field
 * @param recorded fingerprint in the log
 * @param replayed fingerprint of the replay
 */
public record ReplayDifference(TwinId twin, long tick, String field, long recorded, long replayed) {
    /** One line for a person. */
    public String text() {
        return "replay differs at tick "
                + tick
                + " of "
                + twin
                + " in "
                + field
                + ": recorded "
                + Hash64.hex(recorded)
                + ", replayed "
                + Hash64.hex(replayed);
    }
}
