package io.qiki.dtmp.journal;

import java.util.List;
import java.util.OptionalLong;

/**
 * An answer of the event log.
 *
 * @param events oldest first
 * @param next the {@code before} that gives the page of older matches; empty when there is none
 * @param dropped how many old events the log has given up for newer ones since its beginning
 */
public record EventPage(List<LoggedEvent> events, OptionalLong next, long dropped) {
    /** Copies. */
    public EventPage {
        events = List.copyOf(events);
    }
}
