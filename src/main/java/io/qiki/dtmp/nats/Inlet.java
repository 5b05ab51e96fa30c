package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Hands messages of a connection over to the owner's context, so many at a time: what comes when
 * that many wait is refused on the client library's thread.
 */
final class Inlet {
    /** Messages that may wait for the owner. */
    static final int MOST_WAITING = 256;

    private static final long CLIENT_MESSAGES = 4_096;
    private static final long CLIENT_BYTES = 16L << 20;

    private final Context context;
    private final Consumer<Message> taken;
    private final Consumer<Message> refused;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    /**
     * An inlet.
     *
     * @param taken gets each message on the owner's context
     * @param refused gets a message that there is no place for, on a thread of the client library
     */
    Inlet(Context context, Consumer<Message> taken, Consumer<Message> refused) {
        this.context = context;
        this.taken = taken;
        this.refused = refused;
    }

    /** Listens on a connection for as long as it lasts. */
    void listen(Connection connection, List<String> subjects) {
        Dispatcher dispatcher = connection.createDispatcher(this::onMessage);
        dispatcher.setPendingLimits(CLIENT_MESSAGES, CLIENT_BYTES);
        subjects.forEach(dispatcher::subscribe);
    }

    private void onMessage(Message message) {
        if (!places.tryAcquire()) {
            refused.accept(message);
            return;
        }
        context.runOnContext(
                turn -> {
                    places.release();
                    taken.accept(message);
                });
    }
}
