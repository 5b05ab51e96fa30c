package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes the streams, as often as one likes, and believes only what the server says they are: an
 * older one leaves out what it does not know without a word. Bounds that somebody gave a stream
 * stay; what the bridge cannot do without is mended or refused. Blocking: for workers.
 */
final class Streams {
    /** The oldest server with everything that is needed. */
    private static final String OLDEST = "2.9.0";

    private static final int NO_SUCH_STREAM = 404;
    private static final List<String> ALL =
            List.of(Subjects.RADAR_STREAM, Subjects.EVENTS_STREAM, Subjects.TWIN_STREAM);

    private Streams() {}

    /**
     * Makes sure of every stream.
     *
     * @return the sequence of the last message of each, by its name
     * @throws IOException with a sentence that says what would help
     */
    static Map<String, Long> ensure(Connection connection, StreamLimits limits) throws IOException {
        ServerInfo server = connection.getServerInfo();
        if (!server.isSameOrNewerThanVersion(OLDEST)) {
            throw new IOException(
                    "the server has version "
                            + server.getVersion()
                            + ", which is too old; "
                            + OLDEST
                            + " or later is needed");
        }
        if (!server.isJetStreamAvailable()) {
            throw new IOException("the server has no JetStream; start it with -js");
        }
        JetStreamManagement management = connection.jetStreamManagement();
        Map<String, Long> last = new LinkedHashMap<>();
        for (String name : ALL) {
            last.put(name, ensure(management, name, limits).getStreamState().getLastSequence());
        }
        return last;
    }

    private static StreamInfo ensure(
            JetStreamManagement management, String name, StreamLimits limits) throws IOException {
        try {
            StreamInfo found = findOrMake(management, name, limits);
            if (!wrong(found.getConfiguration(), name).isEmpty()) {
                found = management.updateStream(mended(found.getConfiguration(), name, limits));
            }
            List<String> wrong = wrong(found.getConfiguration(), name);
            if (!wrong.isEmpty()) {
                throw new IOException(
                        "stream " + name + " is not as it must be: " + String.join("; ", wrong));
            }
            return found;
        } catch (JetStreamApiException e) {
            throw new IOException(
                    "the server refuses stream "
                            + name
                            + ": "
                            + e.getErrorDescription()
                            + " ("
                            + e.getApiErrorCode()
                            + ")",
                    e);
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("stream ")) {
                throw e;
            }
            throw new IOException(
                    "the server does not answer about stream " + name + ": " + e.getMessage(), e);
        }
    }

    private static StreamInfo findOrMake(
            JetStreamManagement management, String name, StreamLimits limits)
            throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(name);
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() != NO_SUCH_STREAM) {
                throw e;
            }
            return management.addStream(wanted(name, limits));
        }
    }

    private static StreamConfiguration wanted(String name, StreamLimits limits) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(Subjects.of(name))
                .storageType(StorageType.File)
                .retentionPolicy(RetentionPolicy.Limits)
                .discardPolicy(DiscardPolicy.Old)
                .maxBytes(limits.bytes())
                .maxMessagesPerSubject(limits.perSubject())
                .maxAge(Duration.ofNanos(limits.ageNanos()))
                .duplicateWindow(Duration.ofNanos(StreamLimits.DUPLICATE_WINDOW_NANOS))
                .replicas(limits.replicas())
                .build();
    }

    /** The stream as it is, with what must be otherwise. */
    private static StreamConfiguration mended(
            StreamConfiguration found, String name, StreamLimits limits) {
        List<String> subjects = new ArrayList<>(Subjects.of(name));
        found.getSubjects().stream()
                .filter(one -> Subjects.of(name).stream().noneMatch(all -> covers(all, one)))
                .forEach(subjects::add);
        return StreamConfiguration.builder(found)
                .subjects(subjects)
                .discardPolicy(DiscardPolicy.Old)
                .maxBytes(found.getMaxBytes() > 0 ? found.getMaxBytes() : limits.bytes())
                .maxAge(isBounded(found) ? found.getMaxAge() : Duration.ofNanos(limits.ageNanos()))
                .duplicateWindow(Duration.ofNanos(StreamLimits.DUPLICATE_WINDOW_NANOS))
                .build();
    }

    /** Whether a pattern takes every subject that another one takes; a stream has no overlaps. */
    private static boolean covers(String pattern, String other) {
        String form = Pattern.quote(pattern).replace("*", "\\E[^.]+\\Q").replace(">", "\\E.+\\Q");
        return other.matches(form);
    }

    private static boolean isBounded(StreamConfiguration found) {
        return found.getMaxAge().toNanos() >= StreamLimits.DUPLICATE_WINDOW_NANOS;
    }

    /** What the bridge cannot do with, each as a sentence. */
    private static List<String> wrong(StreamConfiguration found, String name) {
        List<String> wrong = new ArrayList<>();
        if (!found.getSubjects().containsAll(Subjects.of(name))) {
            wrong.add("it keeps " + found.getSubjects() + " and must keep " + Subjects.of(name));
        }
        if (found.getStorageType() != StorageType.File) {
            wrong.add("its storage is memory and must be file; delete it or choose another server");
        }
        if (found.getRetentionPolicy() != RetentionPolicy.Limits) {
            wrong.add("its retention is " + found.getRetentionPolicy() + " and must be limits");
        }
        if (found.getDiscardPolicy() != DiscardPolicy.Old) {
            wrong.add("it discards new messages and must discard old ones");
        }
        if (found.getMaxBytes() <= 0 || !isBounded(found)) {
            wrong.add("it has no bound of size or age and must have both");
        }
        if (found.getDuplicateWindow().toNanos() < StreamLimits.DUPLICATE_WINDOW_NANOS) {
            wrong.add(
                    "its duplicate window is "
                            + found.getDuplicateWindow().toSeconds()
                            + " s and must be 120 s");
        }
        return wrong;
    }
}
