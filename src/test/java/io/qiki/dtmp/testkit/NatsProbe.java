package io.qiki.dtmp.testkit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.Headers;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A foreign client of NATS: reads streams whole, listens, asks. */
public final class NatsProbe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Connection connection;

    /** A client of a server. */
    public NatsProbe(String url) throws IOException, InterruptedException {
        connection =
                Nats.connect(
                        Options.builder()
                                .server(url)
                                .maxReconnects(-1)
                                .connectionTimeout(PATIENCE)
                                .build());
    }

    /** The connection itself. */
    public Connection connection() {
        return connection;
    }

    /** Everything that a stream holds, oldest first. */
    public List<Message> all(String stream) throws Exception {
        try {
            long held =
                    connection
                            .jetStreamManagement()
                            .getStreamInfo(stream)
                            .getStreamState()
                            .getMsgCount();
            return held == 0 ? List.of() : read(stream);
        } catch (JetStreamApiException none) {
            throw new AssertionError("stream " + stream + ": " + none.getMessage(), none);
        }
    }

    private List<Message> read(String stream) throws Exception {
        JetStreamSubscription reader =
                connection
                        .jetStream()
                        .subscribe(
                                null,
                                PushSubscribeOptions.builder().stream(stream)
                                        .configuration(
                                                ConsumerConfiguration.builder()
                                                        .ackPolicy(AckPolicy.None)
                                                        .deliverPolicy(DeliverPolicy.All)
                                                        .build())
                                        .build());
        List<Message> found = new ArrayList<>();
        try {
            while (true) {
                Message next = reader.nextMessage(PATIENCE);
                if (next == null) {
                    throw new AssertionError("stream " + stream + " stops at " + found.size());
                }
                found.add(next);
                if (next.metaData().pendingCount() == 0) {
                    return found;
                }
            }
        } finally {
            reader.unsubscribe();
        }
    }

    /** What comes on a subject from now on. */
    public List<Message> listen(String subject) throws Exception {
        List<Message> heard = new CopyOnWriteArrayList<>();
        connection.createDispatcher(heard::add).subscribe(subject);
        connection.flush(PATIENCE);
        return heard;
    }

    /** Asks with a text; the answer is a JSON object. */
    public JsonObject ask(String subject, String body) throws Exception {
        return new JsonObject(
                new String(
                        ask(subject, body.getBytes(StandardCharsets.UTF_8)),
                        StandardCharsets.UTF_8));
    }

    /** Asks with bytes. */
    public byte[] ask(String subject, byte[] body) throws Exception {
        Message answer = connection.request(subject, new Headers(), body, PATIENCE);
        if (answer == null) {
            throw new AssertionError("nobody answers on " + subject);
        }
        return answer.getData();
    }

    /** The body of a message as a JSON object. */
    public static JsonObject json(Message message) {
        return new JsonObject(new String(message.getData(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
