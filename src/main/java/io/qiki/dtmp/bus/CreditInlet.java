package io.qiki.dtmp.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.UUID;
import java.util.function.ObjLongConsumer;

/**
 * The reading end of a {@link CreditStream} on the bus: takes a value, uses it, returns credit. It
 * comes back by itself when its owner was restarted. Lives on its reader's context.
 *
 * @param <V> a record of ours
 */
public final class CreditInlet<V extends Record> {
    private static final long SIGN_OF_LIFE_MILLIS = 2_000;

    private final Vertx vertx;
    private final String address;
    private final Class<V> type;
    private final ObjLongConsumer<V> reader;
    private final int window;
    private final String own;
    private MessageConsumer<CreditOutlet.Parcel> consumer;
    private long timer = -1;
    private boolean heard;

    /**
     * A subscription.
     *
     * @param address of the outlet
     * @param window values that may be on their way at a time
     * @param reader gets each value and the number of values it replaced
     */
    public CreditInlet(
            Vertx vertx, String address, Class<V> type, int window, ObjLongConsumer<V> reader) {
        this.vertx = vertx;
        this.address = address;
        this.type = type;
        this.window = window;
        this.reader = reader;
        this.own = address + ".to." + UUID.randomUUID();
    }

    /** Subscribes. */
    public Future<Void> open() {
        consumer = vertx.eventBus().localConsumer(own, this::onParcel);
        return consumer.completion()
                .onSuccess(
                        done -> {
                            sign(window, CreditOutlet.Sign.Kind.JOIN);
                            timer = vertx.setPeriodic(SIGN_OF_LIFE_MILLIS, id -> onTimer());
                        });
    }

    /** Leaves. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        sign(0, CreditOutlet.Sign.Kind.LEAVE);
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    /** After a silence the credit may have died with a restarted owner: it is given anew. */
    private void onTimer() {
        if (heard) {
            sign(0, CreditOutlet.Sign.Kind.RETURN);
        } else {
            sign(window, CreditOutlet.Sign.Kind.JOIN);
        }
        heard = false;
    }

    private void onParcel(Message<CreditOutlet.Parcel> message) {
        heard = true;
        try {
            reader.accept(type.cast(message.body().value()), message.body().missed());
        } finally {
            sign(1, CreditOutlet.Sign.Kind.RETURN);
        }
    }

    private void sign(int credit, CreditOutlet.Sign.Kind kind) {
        vertx.eventBus().send(address, new CreditOutlet.Sign(own, credit, kind));
    }
}
