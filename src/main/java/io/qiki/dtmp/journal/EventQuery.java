package io.qiki.dtmp.journal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import java.util.Optional;

/**
 * Which events somebody wants: the newest {@code limit} of those that match everything else.
 *
 * @param twin to whom; empty: any
 * @param type exactly; empty: any
 * @param fromTick first tick
 * @param toTick last tick; not before the first
 * @param after only ids above, 0: all
 * @param before only ids below
 * @param limit most events, 1..{@link #MAX_LIMIT}
 */
public record EventQuery(
        Optional<TwinId> twin,
        Optional<String> type,
        long fromTick,
        long toTick,
        long after,
        long before,
        int limit) {
    /** Most events that one answer holds. */
    public static final int MAX_LIMIT = 1_000;

    /** Refuses missing parts and numbers out of range. */
    public EventQuery {
        Check.present(twin, "twin filter");
        Check.present(type, "type filter");
        Check.range(fromTick, 0, Long.MAX_VALUE, "from");
        Check.range(toTick, fromTick, Long.MAX_VALUE, "to");
        Check.range(after, 0, Long.MAX_VALUE, "after");
        Check.range(before, 0, Long.MAX_VALUE, "before");
        Check.range(limit, 1, MAX_LIMIT, "limit");
    }

    /** The newest events of any kind. */
    public static EventQuery newest(int limit) {
        return new EventQuery(
                Optional.empty(), Optional.empty(), 0, Long.MAX_VALUE, 0, Long.MAX_VALUE, limit);
    }

    /** Events of one twin only. */
    public EventQuery ofTwin(TwinId only) {
        return new EventQuery(Optional.of(only), type, fromTick, toTick, after, before, limit);
    }

    /** Events of one type only. */
    public EventQuery ofType(String only) {
        return new EventQuery(twin, Optional.of(only), fromTick, toTick, after, before, limit);
    }

    /** Events of these ticks only, both ends included. */
    public EventQuery ofTicks(long first, long last) {
        return new EventQuery(twin, type, first, last, after, before, limit);
    }

    /** Events with an id above this one only. */
    public EventQuery after(long id) {
        return new EventQuery(twin, type, fromTick, toTick, id, before, limit);
    }

    /** Events with an id below this one only. */
    public EventQuery before(long id) {
        return new EventQuery(twin, type, fromTick, toTick, after, id, limit);
    }

    /** Whether an event passes the filters other than the ids. */
    boolean matches(TwinEvent event) {
        return event.tick() >= fromTick
                && event.tick() <= toTick
                && (twin.isEmpty() || twin.get().equals(event.twin()))
                && (type.isEmpty() || type.get().equals(event.type()));
    }
}
