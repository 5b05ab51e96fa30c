package io.qiki.dtmp.web;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who listens to what. A body is encoded once, however many browsers read it, and not at all when
 * nobody does. Owned by one event loop.
 */
final class BrowserHub {
    private final Map<String, Channel> channels = new HashMap<>();
    private final Set<BrowserSession> sessions = new LinkedHashSet<>();
    private final Function<BrowserTopic, Optional<JsonObject>> newest;
    private long sent;
    private long conflated;
    private long eventsDropped;

    /**
     * A hub.
     *
     * @param newest the present body of a topic, for whoever registers
     */
    BrowserHub(Function<BrowserTopic, Optional<JsonObject>> newest) {
        this.newest = newest;
    }

    /** Takes a browser in; false when there are too many. */
    boolean join(BrowserSession session) {
        return sessions.size() < WebConfig.MAX_SESSIONS && sessions.add(session);
    }

    /** Forgets a browser and everything it registered for. */
    void leave(BrowserSession session) {
        sessions.remove(session);
        channels.values().forEach(channel -> channel.readers.remove(session));
        channels.values()
                .removeIf(channel -> channel.readers.isEmpty() && !channel.topic.everyOne());
    }

    /** Lets a browser listen; it gets the present body first where there is one. */
    void register(BrowserSession session, BrowserTopic topic) {
        Channel channel = channels.computeIfAbsent(topic.address(), a -> new Channel(topic));
        channel.readers.add(session);
        newest.apply(topic).ifPresent(body -> session.deliver(topic, frame(channel, body)));
    }

    /** Lets a browser listen no more. */
    void unregister(BrowserSession session, String address) {
        Channel channel = channels.get(address);
        if (channel != null) {
            channel.readers.remove(session);
        }
    }

    /** Whether anybody listens to a topic. */
    boolean wanted(BrowserTopic topic) {
        Channel channel = channels.get(topic.address());
        return channel != null && !channel.readers.isEmpty();
    }

    /** Sends a body to everybody who listens, with the next sequence of its topic. */
    void publish(BrowserTopic topic, JsonObject body) {
        Channel channel = channels.get(topic.address());
        if (channel == null || channel.readers.isEmpty()) {
            return;
        }
        channel.sequence++;
        String frame = frame(channel, body);
        for (BrowserSession reader : List.copyOf(channel.readers)) {
            sent++;
            if (reader.deliver(topic, frame)) {
                conflated += topic.everyOne() ? 0 : 1;
                eventsDropped += topic.everyOne() ? 1 : 0;
            }
        }
    }

    /** Ends the sessions that have not read for too long. */
    void closeStuck(long nowNanos) {
        List.copyOf(sessions).forEach(session -> session.closeWhenStuck(nowNanos));
    }

    int sessions() {
        return sessions.size();
    }

    long sent() {
        return sent;
    }

    long conflated() {
        return conflated;
    }

    /** Events that slow browsers did not get. */
    long eventsDropped() {
        return eventsDropped;
    }

    private static String frame(Channel channel, JsonObject body) {
        String encoded = body.put("sequence", channel.sequence).encode();
        return BridgeFrames.message(channel.topic.address(), encoded);
    }

    private static final class Channel {
        private final BrowserTopic topic;
        private final Set<BrowserSession> readers = new LinkedHashSet<>();
        private long sequence;

        Channel(BrowserTopic topic) {
            this.topic = topic;
        }
    }
}
