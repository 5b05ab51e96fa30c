package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.StoredState;

/**
 * What a subscriber is handed.
 *
 * @param state the newest state of the twin at the time of its last change
 * @param missed versions between the one handed before and this one, which a newer one displaced
 */
public record StateChange(StoredState state, long missed) {
    /** Refuses a missing state or a negative count. */
    public StateChange {
        Check.present(state, "state");
        Check.range(missed, 0, Long.MAX_VALUE, "missed versions");
    }
}
