package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.Check;

/**
 * Bounds of what may wait for a stream.
 *
 * @param messages most that are kept, 1..10 000 000
 * @param bytes most memory that they take, at least 1
 */
public record OutboxLimits(int messages, long bytes) {
    /** Half an hour of the decisions of one twin, or 2 s of those of a thousand. */
    static final int DEFAULT_MESSAGES = 20_000;

    /** What the four outboxes of a process may take is four times this. */
    static final long DEFAULT_BYTES = 32L << 20;

    /** What holds unless told otherwise. */
    public static final OutboxLimits DEFAULT = new OutboxLimits(DEFAULT_MESSAGES, DEFAULT_BYTES);

    /** Refuses bounds that bound nothing. */
    public OutboxLimits {
        Check.range(messages, 1, 10_000_000, "messages of an outbox");
        Check.range(bytes, 1, Long.MAX_VALUE, "bytes of an outbox");
    }
}
