package io.qiki.dtmp.nats;

import io.qiki.dtmp.config.ConfigNode;
import io.qiki.dtmp.model.Check;

/**
 * Bounds of each stream; what is beyond them goes, oldest first.
 *
 * @param bytes most that a stream takes, 1 MiB or more
 * @param perSubject most messages of a subject, so that frequent ones leave room for rare ones
 * @param ageNanos after so long a message goes, ns; at least the duplicate window
 * @param replicas of a stream, in a cluster of servers, 1..5
 */
public record StreamLimits(long bytes, long perSubject, long ageNanos, int replicas) {
    /** A repetition is known as one for so long, ns. Source: contract. */
    public static final long DUPLICATE_WINDOW_NANOS = 120_000_000_000L;

    /** A hundred events a second for an hour. */
    static final long DEFAULT_BYTES = 64L << 20;

    /** A quarter of an hour of the decisions of a twin. */
    static final long DEFAULT_PER_SUBJECT = 10_000;

    static final long DEFAULT_AGE_NANOS = 24 * 3_600_000_000_000L;

    /** What holds unless told otherwise. */
    public static final StreamLimits DEFAULT =
            new StreamLimits(DEFAULT_BYTES, DEFAULT_PER_SUBJECT, DEFAULT_AGE_NANOS, 1);

    private static final long LEAST_BYTES = 1L << 20;
    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_AGE_NANOS = 365 * DEFAULT_AGE_NANOS;

    /** Refuses bounds out of range. */
    public StreamLimits {
        Check.range(bytes, LEAST_BYTES, MOST_BYTES, "nats.streams.max-bytes");
        Check.range(perSubject, 1, Long.MAX_VALUE, "nats.streams.max-per-subject");
        Check.range(ageNanos, DUPLICATE_WINDOW_NANOS, MOST_AGE_NANOS, "nats.streams.max-age in ns");
        Check.range(replicas, 1, 5, "nats.streams.replicas");
    }

    /** Reads {@code {"max-bytes","max-per-subject","max-age","replicas"}}. */
    static StreamLimits read(ConfigNode node) {
        long bytes = node.integer("max-bytes", DEFAULT_BYTES, LEAST_BYTES, MOST_BYTES);
        long perSubject =
                node.integer("max-per-subject", DEFAULT_PER_SUBJECT, 1, 1_000_000_000_000L);
        long age =
                node.duration("max-age", DEFAULT_AGE_NANOS, DUPLICATE_WINDOW_NANOS, MOST_AGE_NANOS);
        int replicas = (int) node.integer("replicas", 1, 1, 5);
        node.done();
        return new StreamLimits(bytes, perSubject, age, replicas);
    }
}
