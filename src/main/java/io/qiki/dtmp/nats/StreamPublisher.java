package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.qiki.dtmp.nats.StreamLane.Ack;
import io.vertx.core.Context;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Publishes to streams on one connection and hears what the server says of each message.
 * Acknowledgements come on a thread of the client library and are handed over in batches; all else
 * happens on the owner's context.
 */
final class StreamPublisher implements StreamLane.Way {
    /** More would only wait in the client library, which holds its caller up when it is full. */
    private static final long MOST_OUTGOING = 8_192;

    /** The same in bytes: about what goes in a tenth of a second. */
    private static final long MOST_OUTGOING_BYTES = 4L << 20;

    private static final long LITTLE_OUTGOING_BYTES = 1L << 20;

    private final Connection connection;
    private final Context context;
    private final String inbox;
    private final Map<Long, Consumer<Ack>> asking = new HashMap<>();
    private final Queue<Message> heard = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private long lastNumber;

    private static final Ack NOBODY = new Ack(false, 0, 503, "no stream takes the message now");

    StreamPublisher(Connection connection, Context context) {
        this.connection = connection;
        this.context = context;
        this.inbox = connection.createInbox() + ".";
        Dispatcher dispatcher = connection.createDispatcher(this::onHeard);
        dispatcher.setPendingLimits(0, 0);
        dispatcher.subscribe(inbox + "*");
    }

    Connection connection() {
        return connection;
    }

    @Override
    public boolean ready() {
        return connection.outgoingPendingMessageCount() < MOST_OUTGOING
                && connection.outgoingPendingBytes() < MOST_OUTGOING_BYTES;
    }

    /** Whether little waits, so that what can be given up for something newer need not wait. */
    boolean idle() {
        return connection.outgoingPendingBytes() < LITTLE_OUTGOING_BYTES
                && connection.outgoingPendingMessageCount() < MOST_OUTGOING / 2;
    }

    /**
     * Sends a message of which nothing is to be heard.
     *
     * @return false when the connection takes nothing any more
     */
    boolean publish(String subject, Headers headers, byte[] body) {
        try {
            connection.publish(subject, headers, body);
            return true;
        } catch (IllegalStateException | IllegalArgumentException broken) {
            return false;
        }
    }

    @Override
    public boolean publish(String subject, Headers headers, byte[] body, Consumer<Ack> onAck) {
        long number = ++lastNumber;
        try {
            connection.publish(subject, inbox + number, headers, body);
        } catch (IllegalStateException broken) {
            return false;
        } catch (IllegalArgumentException tooLarge) {
            onAck.accept(new Ack(false, 0, Ack.TOO_LARGE, tooLarge.getMessage()));
            return true;
        }
        asking.put(number, onAck);
        return true;
    }

    private void onHeard(Message message) {
        heard.add(message);
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(turn -> takeHeard());
        }
    }

    private void takeHeard() {
        scheduled.set(false);
        for (Message next = heard.poll(); next != null; next = heard.poll()) {
            String subject = next.getSubject();
            Optional.ofNullable(asking.remove(Long.parseLong(subject.substring(inbox.length()))))
                    .ifPresent(new Judge(next));
        }
    }

    private record Judge(Message message) implements Consumer<Consumer<Ack>> {
        @Override
        public void accept(Consumer<Ack> onAck) {
            onAck.accept(ack(message));
        }
    }

    static Ack ack(Message message) {
        if (message.isStatusMessage()) {
            return NOBODY;
        }
        try {
            JsonObject said = new JsonObject(new String(message.getData(), StandardCharsets.UTF_8));
            JsonObject error = said.getJsonObject("error");
            return error == null
                    ? new Ack(true, said.getLong("seq", 0L), 0, "")
                    : new Ack(
                            false,
                            0,
                            error.getInteger("err_code", error.getInteger("code", 1)),
                            error.getString("description", "an error without a description"));
        } catch (DecodeException | ClassCastException e) {
            return new Ack(false, 0, 1, "the server's acknowledgement cannot be read");
        }
    }
}
