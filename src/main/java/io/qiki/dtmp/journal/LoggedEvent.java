package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.TwinEvent;

/**
 * An event in the log.
 *
 * @param id 1 for the first event of the log, then rising by 1
 * @param event what happened
 */
public record LoggedEvent(long id, TwinEvent event) {
    /** Refuses a missing event. */
    public LoggedEvent {
        Check.range(id, 1, Long.MAX_VALUE, "event id");
        Check.present(event, "event");
    }
}
