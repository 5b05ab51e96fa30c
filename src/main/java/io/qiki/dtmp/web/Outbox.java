package io.qiki.dtmp.web;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for a browser that reads slowly. Of telemetry, states and decisions only the newest
 * waits; of events up to {@link #MAX_EVENTS}, then the oldest goes. The reader sees from the
 * sequences what it missed.
 */
final class Outbox {
    /** Events that wait for one browser. */
    static final int MAX_EVENTS = 1_000;

    private final Map<String, String> slots = new LinkedHashMap<>();
    private final ArrayDeque<String> events = new ArrayDeque<>();
    private long dropped;

    /** Keeps a frame; true when another one was given up for it. */
    boolean put(BrowserTopic topic, String frame) {
        if (!topic.everyOne()) {
            return count(slots.put(topic.address(), frame) != null);
        }
        events.addLast(frame);
        return count(events.size() > MAX_EVENTS && events.pollFirst() != null);
    }

    /** Takes the next frame, events first. */
    Optional<String> poll() {
        if (!events.isEmpty()) {
            return Optional.of(events.pollFirst());
        }
        Iterator<String> frames = slots.values().iterator();
        if (!frames.hasNext()) {
            return Optional.empty();
        }
        String frame = frames.next();
        frames.remove();
        return Optional.of(frame);
    }

    /** Forgets what waits of a topic that nobody reads any more. */
    void forget(String address) {
        slots.remove(address);
    }

    boolean isEmpty() {
        return slots.isEmpty() && events.isEmpty();
    }

    /** Frames given up since the beginning. */
    long dropped() {
        return dropped;
    }

    private boolean count(boolean gaveUp) {
        dropped += gaveUp ? 1 : 0;
        return gaveUp;
    }
}
