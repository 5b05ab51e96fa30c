package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.RunStatus;
import java.util.Optional;

/**
 * The last run state, speed and counters of the pacing. It outlives whoever paces; only the newest
 * holder may deposit, so that somebody who was given up and comes back late changes nothing.
 */
public final class PaceVault {
    private Optional<RunStatus> last = Optional.empty();
    private long holder;

    /** Makes the caller the only one that may deposit. */
    synchronized long claim() {
        holder++;
        return holder;
    }

    /** Keeps a status; not that of somebody who is no longer the holder. */
    synchronized void deposit(long claim, RunStatus status) {
        if (claim == holder) {
            last = Optional.of(status);
        }
    }

    /** What was deposited last. */
    synchronized Optional<RunStatus> last() {
        return last;
    }
}
