package io.qiki.dtmp.journal;

import java.util.List;
import java.util.OptionalLong;

/**
 * An answer of the event log.
 *
 * @param events oldest first
 * @param next the {@code before} that gives the page of older matches; empty when there is none
 */
public record EventPage(List<LoggedEvent> events, OptionalLong next) {
    /** Copies. */
    public EventPage {
        events = List.copyOf(events);
    }
}
