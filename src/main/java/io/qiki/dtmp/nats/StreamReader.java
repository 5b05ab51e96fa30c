package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.StreamContext;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.StreamInfo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream in its order, each message once, over any number of connections. A stream that is
 * not there is looked for again and again; one that was made anew is read from its beginning. Lives
 * on its owner's context; what waits for the server does so elsewhere.
 */
final class StreamReader {
    /** Messages that may wait for the owner: beyond it the server is not asked for more. */
    private static final int WINDOW = 512;

    private static final long LOOK_MILLIS = 2_000;
    private static final long WAIT_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private final Vertx vertx;
    private final Context context;
    private final Blocking blocking;
    private final Source source;
    private final Consumer<byte[]> owner;
    private final StreamPlace place;
    private Reading reading = Reading.NONE;
    private long timer = -1;

    /** Runs what waits for the server; the future completes on the owner's context. */
    interface Blocking {
        <R> Future<R> run(Callable<R> work);
    }

    /**
     * What is read.
     *
     * @param stream name of it
     * @param filter subjects that are read
     * @param newest most messages to begin with
     * @param place how far it has been read
     */
    record Source(String stream, String filter, long newest, StreamPlace place) {}

    /** One connection's reading; what it brings after its end is not taken. */
    private static final class Reading {
        static final Reading NONE = new Reading();

        private final Semaphore places = new Semaphore(WINDOW);
        private Instant created = Instant.EPOCH;
        private MessageConsumer consumer;
        private volatile boolean over;
    }

    /**
     * A reader.
     *
     * @param owner gets the body of each message, on the context
     */
    StreamReader(Vertx vertx, Blocking blocking, Source source, Consumer<byte[]> owner) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.blocking = blocking;
        this.source = source;
        this.place = source.place();
        this.owner = owner;
    }

    /** There is a connection. */
    void open(Connection connection) {
        close();
        Reading fresh = new Reading();
        reading = fresh;
        look(connection, fresh);
    }

    /** There is none any more, or nobody wants to read. */
    void close() {
        vertx.cancelTimer(timer);
        reading.over = true;
    }

    /** The stream may not be there yet, or may be made anew while it is read. */
    private void look(Connection connection, Reading mine) {
        blocking.run(() -> connection.jetStreamManagement().getStreamInfo(source.stream()))
                .compose(
                        info ->
                                mine.over
                                        ? Future.succeededFuture()
                                        : begin(connection, mine, info))
                .onFailure(
                        away ->
                                LOG.debug(
                                        "{} cannot be read: {}", source.stream(), away.toString()))
                .onComplete(done -> lookAgain(connection, mine));
    }

    private void lookAgain(Connection connection, Reading mine) {
        if (!mine.over) {
            timer = vertx.setTimer(LOOK_MILLIS, id -> look(connection, mine));
        }
    }

    private Future<Void> begin(Connection connection, Reading mine, StreamInfo info) {
        Instant created = info.getCreateTime().toInstant();
        if (mine.consumer != null && created.equals(mine.created)) {
            return Future.succeededFuture();
        }
        if (mine.consumer != null) {
            open(connection);
            return blocking.run(() -> end(mine.consumer)).mapEmpty();
        }
        mine.created = created;
        long first =
                place.resume(
                        TimeUnit.SECONDS.toNanos(created.getEpochSecond()) + created.getNano(),
                        info.getStreamState().getLastSequence(),
                        source.newest());
        LOG.info("reading {} from message {}", source.stream(), first);
        return blocking.run(() -> consume(connection, mine, first))
                .onSuccess(consumer -> mine.consumer = consumer)
                .mapEmpty();
    }

    private MessageConsumer consume(Connection connection, Reading mine, long first)
            throws Exception {
        StreamContext stream = connection.getStreamContext(source.stream());
        return stream.createOrderedConsumer(
                        new OrderedConsumerConfiguration()
                                .filterSubject(source.filter())
                                .deliverPolicy(DeliverPolicy.ByStartSequence)
                                .startSequence(first))
                .consume(
                        ConsumeOptions.builder().batchSize(WINDOW).build(),
                        message -> arrived(mine, message));
    }

    private static Void end(MessageConsumer consumer) throws Exception {
        consumer.close();
        return null;
    }

    /** On a thread of the client, which waits while the owner is behind. */
    private void arrived(Reading mine, Message message) throws InterruptedException {
        while (!mine.over) {
            if (mine.places.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                context.runOnContext(turn -> take(mine, message));
                return;
            }
        }
    }

    private void take(Reading mine, Message message) {
        mine.places.release();
        if (!mine.over && place.take(message.metaData().streamSequence())) {
            owner.accept(message.getData());
        }
    }
}
