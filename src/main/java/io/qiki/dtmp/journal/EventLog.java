package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.TwinEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * The newest events of the process, in the order in which they were appended.
 *
 * <p>Used by one owner. A full log drops its oldest event for each new one and counts it; ids go on
 * and are never given twice, so a reader sees from them what it missed.
 */
public final class EventLog {
    /** Default bound: about 4 MB of ordinary events. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private static final int MAX_CAPACITY = 1_000_000;

    private final TwinEvent[] ring;
    private long lastId;

    /**
     * An empty log.
     *
     * @param capacity most events kept, 1..1 000 000
     */
    public EventLog(int capacity) {
        Check.range(capacity, 1, MAX_CAPACITY, "capacity of the event log");
        ring = new TwinEvent[capacity];
    }

    /** Keeps an event and gives it the next id. */
    public LoggedEvent append(TwinEvent event) {
        LoggedEvent logged = new LoggedEvent(lastId + 1, event);
        lastId = logged.id();
        ring[place(lastId)] = event;
        return logged;
    }

    /** The newest matches of a query. */
    public EventPage read(EventQuery query) {
        long newest = Math.min(lastId, query.before() - 1);
        long oldest = Math.max(oldestId(), Math.min(query.after(), lastId) + 1);
        List<LoggedEvent> found = new ArrayList<>();
        for (long id = newest; id >= oldest; id--) {
            TwinEvent event = ring[place(id)];
            if (!query.matches(event)) {
                continue;
            }
            if (found.size() == query.limit()) {
                return page(found, OptionalLong.of(id + 1));
            }
            found.add(new LoggedEvent(id, event));
        }
        return page(found, OptionalLong.empty());
    }

    /** Id of the newest event; 0 while there is none. */
    public long lastId() {
        return lastId;
    }

    /** How many events are kept now. */
    public int size() {
        return (int) Math.min(lastId, ring.length);
    }

    /** How many old events were dropped for newer ones. */
    public long dropped() {
        return lastId - size();
    }

    private long oldestId() {
        return lastId - size() + 1;
    }

    private int place(long id) {
        return (int) (id % ring.length);
    }

    private static EventPage page(List<LoggedEvent> newestFirst, OptionalLong next) {
        Collections.reverse(newestFirst);
        return new EventPage(newestFirst, next);
    }
}
