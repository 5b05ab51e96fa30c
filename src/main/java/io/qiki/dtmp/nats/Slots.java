package io.qiki.dtmp.nats;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What may be conflated: one slot per key, in which the newest wins. A key keeps its place in the
 * queue when its value is replaced, so that none is passed over for ever. Used by one thread.
 *
 * @param <K> what a slot is kept for
 * @param <V> what waits in it
 */
final class Slots<K, V> {
    private final int most;
    private final Map<K, V> slots = new LinkedHashMap<>();
    private long replaced;

    /**
     * Empty slots.
     *
     * @param most keys; a new key beyond them takes the place of the one that waits longest
     */
    Slots(int most) {
        this.most = most;
    }

    /** Puts the newest in place of what waits. */
    void offer(K key, V newest) {
        if (slots.put(key, newest) != null) {
            replaced++;
        } else if (slots.size() > most) {
            Iterator<K> oldest = slots.keySet().iterator();
            oldest.next();
            oldest.remove();
            replaced++;
        }
    }

    /** Takes what waits longest. */
    Optional<V> poll() {
        Iterator<V> first = slots.values().iterator();
        if (!first.hasNext()) {
            return Optional.empty();
        }
        V next = first.next();
        first.remove();
        return Optional.of(next);
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** What was given up for something newer since the beginning. */
    long replaced() {
        return replaced;
    }
}
