package io.qiki.dtmp.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream whose reader may lag without filling memory: one slot per subscriber and key, in which
 * the newest value wins, and deliveries only against credit. Owned by one thread; reads no clock.
 *
 * @param <K> what a slot is kept for
 * @param <V> what is delivered
 */
public final class CreditStream<K, V> {
    /** Without a sign of life for this long a subscription ends, ns. */
    public static final long IDLE_LIMIT_NANOS = 10_000_000_000L;

    /** The most credit a subscriber can save up. */
    public static final int MAX_CREDIT = 1024;

    private final int maxSubscribers;
    private final Map<String, Subscriber<K, V>> subscribers = new LinkedHashMap<>();

    /** A stream for at most so many subscribers. */
    public CreditStream(int maxSubscribers) {
        this.maxSubscribers = maxSubscribers;
    }

    /**
     * A value on its way.
     *
     * @param subscriber to whom
     * @param value the newest
     * @param missed values of the same key that it replaced since the last delivery of that key
     * @param <V> what is delivered
     */
    public record Delivery<V>(String subscriber, V value, long missed) {}

    /**
     * Adds a subscriber without credit, or forgets what an existing one had.
     *
     * @return false when there is no room
     */
    public boolean subscribe(String subscriber, long nowNanos) {
        if (!subscribers.containsKey(subscriber) && subscribers.size() >= maxSubscribers) {
            return false;
        }
        subscribers.put(subscriber, new Subscriber<>(nowNanos));
        return true;
    }

    /** Ends a subscription and frees what it held. */
    public void unsubscribe(String subscriber) {
        subscribers.remove(subscriber);
    }

    /** Puts a value into every subscriber's slot of its key and gives what can be delivered now. */
    public List<Delivery<V>> offer(K key, V value) {
        List<Delivery<V>> deliveries = new ArrayList<>(subscribers.size());
        subscribers.forEach(
                (name, subscriber) -> {
                    subscriber.put(key, value);
                    subscriber.take(name).ifPresent(deliveries::add);
                });
        return deliveries;
    }

    /** Puts a value into one subscriber's slot without delivering it. */
    public void put(String subscriber, K key, V value) {
        Subscriber<K, V> found = subscribers.get(subscriber);
        if (found != null) {
            found.put(key, value);
        }
    }

    /**
     * Gives a subscriber credit, 0 as a mere sign of life, and gives what can be delivered now;
     * empty also for one whose subscription has ended.
     */
    public List<Delivery<V>> credit(String subscriber, int amount, long nowNanos) {
        Subscriber<K, V> found = subscribers.get(subscriber);
        List<Delivery<V>> deliveries = new ArrayList<>();
        if (found == null) {
            return deliveries;
        }
        found.seenNanos = nowNanos;
        found.credit = Math.min(MAX_CREDIT, found.credit + Math.max(0, amount));
        Optional<Delivery<V>> next = found.take(subscriber);
        while (next.isPresent()) {
            deliveries.add(next.get());
            next = found.take(subscriber);
        }
        return deliveries;
    }

    /**
     * Joins, or comes back with all of its window free: the credit becomes {@code window} whatever
     * it was, since earlier credit may have died with a restarted owner or reader.
     *
     * @return what can be delivered now; nothing when there is no room
     */
    public List<Delivery<V>> join(String subscriber, int window, long nowNanos) {
        if (!has(subscriber) && !subscribe(subscriber, nowNanos)) {
            return List.of();
        }
        subscribers.get(subscriber).credit = 0;
        return credit(subscriber, window, nowNanos);
    }

    /** Whether a subscription stands. */
    public boolean has(String subscriber) {
        return subscribers.containsKey(subscriber);
    }

    /** Ends the subscriptions without a sign of life and gives how many. */
    public int expire(long nowNanos) {
        int before = subscribers.size();
        subscribers.values().removeIf(s -> nowNanos - s.seenNanos > IDLE_LIMIT_NANOS);
        return before - subscribers.size();
    }

    /** How many subscribers there are. */
    public int size() {
        return subscribers.size();
    }

    /** Values replaced before any subscriber of now could take them. */
    public long missed() {
        return subscribers.values().stream().mapToLong(s -> s.missedInAll).sum();
    }

    private static final class Subscriber<K, V> {
        private final Map<K, Slot<V>> slots = new LinkedHashMap<>();
        private int credit;
        private long seenNanos;
        private long missedInAll;

        Subscriber(long seenNanos) {
            this.seenNanos = seenNanos;
        }

        void put(K key, V value) {
            Slot<V> old = slots.get(key);
            slots.put(key, new Slot<>(value, old == null ? 0 : old.missed + 1));
            missedInAll += old == null ? 0 : 1;
        }

        Optional<Delivery<V>> take(String name) {
            if (credit == 0 || slots.isEmpty()) {
                return Optional.empty();
            }
            credit--;
            var first = slots.entrySet().iterator();
            Slot<V> slot = first.next().getValue();
            first.remove();
            return Optional.of(new Delivery<>(name, slot.value, slot.missed));
        }
    }

    private record Slot<V>(V value, long missed) {}
}
