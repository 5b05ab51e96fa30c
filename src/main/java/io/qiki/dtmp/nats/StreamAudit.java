package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out which messages did arrive although nobody said so, by comparing with what the stream
 * holds; the server's own knowledge of repetitions ends with its duplicate window. Blocking: for
 * workers.
 */
final class StreamAudit {
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private StreamAudit() {}

    /**
     * Those of some message ids that a stream holds.
     *
     * @param floor sequence of a message that was there before any of them was sent
     * @throws IOException when the server does not answer
     */
    static Set<String> arrived(Connection connection, String stream, long floor, Set<String> ids)
            throws IOException, InterruptedException {
        try {
            JetStreamManagement management = connection.jetStreamManagement();
            StreamState state = management.getStreamInfo(stream).getStreamState();
            long last = state.getLastSequence();
            long first = last < floor ? 1 : floor + 1; // a stream that begins anew starts at 1
            if (state.getMsgCount() == 0 || first > last) {
                return Set.of();
            }
            return read(connection, stream, first, ids);
        } catch (JetStreamApiException e) {
            throw new IOException(
                    "stream " + stream + " cannot be compared: " + e.getErrorDescription(), e);
        }
    }

    private static Set<String> read(
            Connection connection, String stream, long first, Set<String> ids)
            throws IOException, JetStreamApiException, InterruptedException {
        ConsumerConfiguration headers =
                ConsumerConfiguration.builder()
                        .ackPolicy(AckPolicy.None)
                        .deliverPolicy(DeliverPolicy.ByStartSequence)
                        .startSequence(first)
                        .headersOnly(true)
                        .build();
        JetStreamSubscription reader =
                connection
                        .jetStream()
                        .subscribe(
                                null,
                                PushSubscribeOptions.builder().stream(stream)
                                        .configuration(headers)
                                        .build());
        Set<String> found = new HashSet<>();
        try {
            long left = reader.getConsumerInfo().getCalculatedPending();
            while (left > 0 && found.size() < ids.size()) {
                Message next = reader.nextMessage(SILENCE);
                if (next == null) {
                    throw new IOException("stream " + stream + " gives nothing to compare with");
                }
                String id =
                        next.getHeaders() == null
                                ? ""
                                : String.valueOf(next.getHeaders().getFirst(OutMessage.MESSAGE_ID));
                if (ids.contains(id)) {
                    found.add(id);
                }
                left = next.metaData().pendingCount();
            }
            return found;
        } finally {
            reader.unsubscribe();
        }
    }
}
