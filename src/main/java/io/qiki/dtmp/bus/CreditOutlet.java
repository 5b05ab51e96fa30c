package io.qiki.dtmp.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The sending end of a {@link CreditStream} on the bus. Lives on its owner's context.
 *
 * @param <K> what a slot is kept for
 * @param <V> a record of ours
 */
public final class CreditOutlet<K, V extends Record> {
    private static final int MAX_SUBSCRIBERS = 1_024;
    private static final long EXPIRY_CHECK_MILLIS = 2_000;

    private final Vertx vertx;
    private final String address;
    private final CreditStream<K, V> stream = new CreditStream<>(MAX_SUBSCRIBERS);
    private Supplier<Map<K, V>> greeting = Map::of;
    private MessageConsumer<Sign> consumer;
    private long expiryTimer = -1;

    /** An outlet for the subscribers of an address. */
    public CreditOutlet(Vertx vertx, String address) {
        this.vertx = vertx;
        this.address = address;
    }

    /** Says what a new reader gets first: the newest value of every key. */
    public CreditOutlet<K, V> greetingWith(Supplier<Map<K, V>> newest) {
        greeting = newest;
        return this;
    }

    /** Begins to take subscriptions. */
    public Future<Void> open() {
        consumer = vertx.eventBus().localConsumer(address, this::onSign);
        expiryTimer =
                vertx.setPeriodic(EXPIRY_CHECK_MILLIS, id -> stream.expire(System.nanoTime()));
        return consumer.completion();
    }

    /** Ends every subscription. */
    public Future<Void> close() {
        vertx.cancelTimer(expiryTimer);
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    /** Sends to whoever has credit, keeps the newest for the others. */
    public void offer(K key, V value) {
        send(stream.offer(key, value));
    }

    private void onSign(Message<Sign> message) {
        Sign sign = message.body();
        long now = System.nanoTime();
        switch (sign.kind()) {
            case JOIN -> join(sign, now);
            case RETURN -> send(stream.credit(sign.reader(), sign.credit(), now));
            case LEAVE -> stream.unsubscribe(sign.reader());
        }
    }

    private void join(Sign sign, long now) {
        boolean isNew = !stream.has(sign.reader()) && stream.subscribe(sign.reader(), now);
        if (isNew) {
            greeting.get().forEach((key, value) -> stream.put(sign.reader(), key, value));
        }
        send(stream.join(sign.reader(), sign.credit(), now));
    }

    private void send(List<CreditStream.Delivery<V>> deliveries) {
        for (CreditStream.Delivery<V> delivery : deliveries) {
            vertx.eventBus()
                    .send(delivery.subscriber(), new Parcel(delivery.value(), delivery.missed()));
        }
    }

    /** What a reader says. */
    record Sign(String reader, int credit, Kind kind) {
        enum Kind {
            /** All of my window is free. */
            JOIN,
            /** I have used so many; 0: I am still here. */
            RETURN,
            /** I go. */
            LEAVE
        }
    }

    /** What a reader gets. */
    record Parcel(Record value, long missed) {}
}
