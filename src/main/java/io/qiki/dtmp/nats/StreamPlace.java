package io.qiki.dtmp.nats;

/**
 * How far a reader of a stream has come, so that it goes on behind it after an outage and takes
 * nothing twice. A stream that was made anew is read from its beginning. Owned by one thread.
 */
final class StreamPlace {
    private long created = Long.MIN_VALUE;
    private long sequence;

    /**
     * Where to go on in a stream.
     *
     * @param createdNanos when the stream was made, as the server tells it
     * @param last sequence number of its newest message; 0: it has none
     * @param newest most messages to begin with in a stream that is not known
     * @return sequence number of the first message to read, at least 1
     */
    long resume(long createdNanos, long last, long newest) {
        if (createdNanos != created || last < sequence) {
            created = createdNanos;
            sequence = Math.max(0, last - newest);
        }
        return sequence + 1;
    }

    /** Whether a message is the next one to take; one that was taken is not. */
    boolean take(long number) {
        if (number <= sequence) {
            return false;
        }
        sequence = number;
        return true;
    }
}
