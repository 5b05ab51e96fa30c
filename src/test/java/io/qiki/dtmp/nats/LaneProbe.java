package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the lanes of the bridge are, and the client library by itself with the same bytes,
 * headers and acknowledgements. Each way has a connection of its own to the same server.
 */
public final class LaneProbe implements AutoCloseable {
    private static final String SUBJECT = Subjects.decision(new TwinId("bench"));
    private static final String CORE = Subjects.telemetry(new TwinId("bench"));
    private static final String SOURCE = "bench-1";
    private static final int CHUNK = 256;
    private static final long LIMIT_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Connection own;
    private final Connection raw;
    private final Connection reader;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();

    /** Connects and makes the streams. */
    public LaneProbe(String url) throws Exception {
        own = connect(url);
        raw = connect(url);
        reader = connect(url);
        Streams.ensure(own, StreamLimits.DEFAULT);
        Dispatcher dispatcher = reader.createDispatcher(message -> read.incrementAndGet());
        dispatcher.setPendingLimits(0, 0);
        dispatcher.subscribe(CORE);
        reader.flush(java.time.Duration.ofSeconds(5));
    }

    private static Connection connect(String url) throws IOException, InterruptedException {
        return Nats.connect(
                Options.builder().server(url).maxMessagesInOutgoingQueue(16_384).build());
    }

    /** Messages a second through a lane into a stream, each acknowledged. */
    public double streamed(int bytes, int messages) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Outbox<OutMessage> box = new Outbox<>(OutboxLimits.DEFAULT);
        StreamLane lane =
                new StreamLane(
                        Subjects.TWIN_STREAM,
                        SOURCE,
                        box,
                        (stream, floor, doubtful, verdict) -> verdict.unknown("never asked"),
                        broken -> {},
                        System::nanoTime);
        StreamPublisher publisher = new StreamPublisher(own, context);
        long began = System.nanoTime();
        context.runOnContext(
                turn -> {
                    lane.up(publisher, 1);
                    feed(lane, new byte[bytes], messages, done);
                });
        await(done);
        return messages / ((System.nanoTime() - began) / 1e9);
    }

    /** Keeps the lane fed from its own context, as the bridge does. */
    private void feed(StreamLane lane, byte[] body, int left, CountDownLatch done) {
        int fed = 0;
        while (fed < Math.min(CHUNK, left) && lane.box().size() < 2 * StreamLane.WINDOW) {
            lane.offer(message(SUBJECT, body));
            fed++;
        }
        lane.check();
        if (left - fed == 0 && lane.box().size() == 0) {
            done.countDown();
        } else {
            int rest = left - fed;
            context.runOnContext(turn -> feed(lane, body, rest, done));
        }
    }

    /** The same by the client library alone. */
    public double rawStreamed(int bytes, int messages) throws Exception {
        JetStream stream = raw.jetStream();
        byte[] body = new byte[bytes];
        Deque<CompletableFuture<PublishAck>> underWay = new ArrayDeque<>();
        long began = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            if (underWay.size() == StreamLane.WINDOW) {
                underWay.poll().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            OutMessage one = message(SUBJECT, body);
            underWay.add(stream.publishAsync(SUBJECT, one.headers(SOURCE, 0), body));
        }
        while (!underWay.isEmpty()) {
            underWay.poll().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        return messages / ((System.nanoTime() - began) / 1e9);
    }

    /** Messages a second through the lane of what may be conflated, up to their reader. */
    public double plain(int bytes, int messages) throws Exception {
        ConflatedLane lane = new ConflatedLane(SOURCE, work -> vertx.setTimer(1, id -> work.run()));
        StreamPublisher publisher = new StreamPublisher(own, context);
        byte[] body = new byte[bytes];
        long target = read.get() + messages;
        long began = System.nanoTime();
        context.runOnContext(
                turn -> {
                    lane.up(publisher);
                    offer(lane, body, messages);
                });
        awaitRead(target);
        return messages / ((System.nanoTime() - began) / 1e9);
    }

    /** Under keys of their own nothing is conflated. */
    private void offer(ConflatedLane lane, byte[] body, int left) {
        int fed = Math.min(CHUNK, left);
        for (int i = 0; i < fed; i++) {
            OutMessage one = message(CORE, body);
            lane.offer(one.id(), () -> one);
        }
        if (left > fed) {
            context.runOnContext(turn -> offer(lane, body, left - fed));
        }
    }

    /** The same by the client library alone. */
    public double rawPlain(int bytes, int messages) throws Exception {
        byte[] body = new byte[bytes];
        long target = read.get() + messages;
        long began = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            Headers headers = message(CORE, body).headers(SOURCE, 0);
            raw.publish(CORE, headers, body);
        }
        awaitRead(target);
        return messages / ((System.nanoTime() - began) / 1e9);
    }

    private void awaitRead(long target) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (read.get() < target) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        (target - read.get())
                                + " messages did not come in "
                                + LIMIT_SECONDS
                                + " s");
            }
            Thread.sleep(1);
        }
    }

    private static void await(CountDownLatch done) throws InterruptedException {
        if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not everything came in " + LIMIT_SECONDS + " s");
        }
    }

    private OutMessage message(String subject, byte[] body) {
        return new OutMessage(
                subject,
                SOURCE + "-" + ids.incrementAndGet() + "-" + System.identityHashCode(this),
                "qiki.twin.v1.Decision",
                "2030-01-01T00:00:00Z",
                OutMessage.PROTOBUF,
                new TreeMap<>(),
                body);
    }

    @Override
    public void close() throws Exception {
        own.close();
        raw.close();
        reader.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
