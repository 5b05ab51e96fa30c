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
 * <p>Used by one owner. The stages of the agents' own commands are routine and many: they are kept
 * apart, so that they cannot push out what happens seldom and matters. A full part drops its oldest
 * event for each new one and counts it; ids go on and are never given twice, so a reader sees from
 * them what it missed.
 */
public final class EventLog {
    /** Default bound of either part: about 4 MB of ordinary events. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private static final int MAX_CAPACITY = 1_000_000;

    private final Ring routine;
    private final Ring notable;
    private long lastId;

    /**
     * An empty log.
     *
     * @param capacity most events kept of the agents' commands, and of all others, 1..1 000 000
     */
    public EventLog(int capacity) {
        Check.range(capacity, 1, MAX_CAPACITY, "capacity of the event log");
        routine = new Ring(capacity);
        notable = new Ring(capacity);
    }

    /** Keeps an event and gives it the next id. */
    public LoggedEvent append(TwinEvent event) {
        lastId++;
        LoggedEvent logged = new LoggedEvent(lastId, event);
        (isRoutine(event) ? routine : notable).add(logged);
        return logged;
    }

    /** The newest matches of a query. */
    public EventPage read(EventQuery query) {
        List<LoggedEvent> found = new ArrayList<>();
        int quiet = 0;
        int loud = 0;
        while (quiet < routine.size() || loud < notable.size()) {
            boolean takeLoud =
                    quiet == routine.size()
                            || loud < notable.size()
                                    && notable.newest(loud).id() > routine.newest(quiet).id();
            LoggedEvent next = takeLoud ? notable.newest(loud++) : routine.newest(quiet++);
            if (next.id() <= query.after()) {
                break;
            }
            if (next.id() >= query.before() || !query.matches(next.event())) {
                continue;
            }
            if (found.size() == query.limit()) {
                return page(found, OptionalLong.of(next.id() + 1));
            }
            found.add(next);
        }
        return page(found, OptionalLong.empty());
    }

    /**
     * The oldest events after an id, for a reader that wants every one. What the log has dropped in
     * between shows as a gap of ids.
     *
     * @param limit most events to give, at least 1
     */
    public List<LoggedEvent> after(long id, int limit) {
        List<LoggedEvent> found = new ArrayList<>();
        int quiet = routine.newerThan(id);
        int loud = notable.newerThan(id);
        while (found.size() < limit && quiet + loud > 0) {
            boolean takeLoud =
                    quiet == 0
                            || loud > 0
                                    && notable.newest(loud - 1).id()
                                            < routine.newest(quiet - 1).id();
            found.add(takeLoud ? notable.newest(--loud) : routine.newest(--quiet));
        }
        return found;
    }

    /** Id of the newest event; 0 while there is none. */
    public long lastId() {
        return lastId;
    }

    /** How many events are kept now. */
    public int size() {
        return routine.size() + notable.size();
    }

    /** How many old events were dropped for newer ones. */
    public long dropped() {
        return lastId - size();
    }

    private static boolean isRoutine(TwinEvent event) {
        return event.type().equals("command") && "AGENT".equals(event.data().get("origin"));
    }

    private EventPage page(List<LoggedEvent> newestFirst, OptionalLong next) {
        Collections.reverse(newestFirst);
        return new EventPage(newestFirst, next, dropped());
    }

    /** The newest events of one part. */
    private static final class Ring {
        private final LoggedEvent[] events;
        private long added;

        Ring(int capacity) {
            events = new LoggedEvent[capacity];
        }

        void add(LoggedEvent event) {
            events[(int) (added % events.length)] = event;
            added++;
        }

        int size() {
            return (int) Math.min(added, events.length);
        }

        /** How many events have a higher id. */
        int newerThan(long id) {
            int least = 0;
            int most = size();
            while (least < most) {
                int middle = (least + most) / 2;
                if (newest(middle).id() > id) {
                    least = middle + 1;
                } else {
                    most = middle;
                }
            }
            return least;
        }

        /** The newest but so many. */
        LoggedEvent newest(int before) {
            return events[(int) ((added - 1 - before) % events.length)];
        }
    }
}
