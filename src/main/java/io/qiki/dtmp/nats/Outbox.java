package io.qiki.dtmp.nats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Messages that must arrive: in their order, each once, however often the way breaks. Bounded: when
 * it is full the oldest message that was not sent yet is given up for the newest, and the message
 * after the gap says how many are missing before it. Used by one thread; reads no clock.
 *
 * @param <M> what is sent
 */
final class Outbox<M> {
    private static final long UNKNOWN = -1;

    private final OutboxLimits limits;
    private final Deque<Entry<M>> sent = new ArrayDeque<>();
    private final Deque<Entry<M>> waiting = new ArrayDeque<>();
    private long lastNumber;
    private long bytes;
    private long dropped;
    private long gap;
    private long floor = UNKNOWN;

    /** A message and where it stands. */
    static final class Entry<M> {
        private final long number;
        private final M message;
        private final int size;
        private long missed;
        private long sequence = UNKNOWN;
        private boolean settled;
        private boolean doubtful;

        Entry(long number, M message, int size, long missed) {
            this.number = number;
            this.message = message;
            this.size = size;
            this.missed = missed;
        }

        /** Counts the messages of the box from 1. */
        long number() {
            return number;
        }

        M message() {
            return message;
        }

        /** Messages right before it that were given up. */
        long missed() {
            return missed;
        }
    }

    Outbox(OutboxLimits limits) {
        this.limits = limits;
    }

    /** Takes a message of so many bytes; gives how many had to be given up for it. */
    int offer(M message, int size) {
        waiting.addLast(new Entry<>(++lastNumber, message, size, gap));
        gap = 0;
        bytes += size;
        int given = 0;
        while (isOverfull() && !waiting.isEmpty()) {
            Entry<M> oldest = waiting.pollFirst();
            bytes -= oldest.size;
            giveUp(oldest);
            given++;
        }
        return given;
    }

    /** Says that messages that never came this far are missing before the next one. */
    void missing(long count) {
        gap += count;
        dropped += count;
    }

    private boolean isOverfull() {
        return size() > limits.messages() || bytes > limits.bytes();
    }

    /** The next message counts those that are missing right before it. */
    private void giveUp(Entry<M> entry) {
        dropped++;
        Entry<M> next = waiting.peekFirst();
        long missing = entry.missed + 1;
        if (next == null) {
            gap += missing;
        } else {
            next.missed += missing;
        }
    }

    /** The next message to send; from now on it waits for its acknowledgement. */
    Optional<Entry<M>> next() {
        Entry<M> next = waiting.pollFirst();
        if (next == null) {
            return Optional.empty();
        }
        sent.addLast(next);
        return Optional.of(next);
    }

    /**
     * A message has arrived; saying so again does nothing.
     *
     * @param sequence of the message where it arrived
     */
    void acknowledge(Entry<M> entry, long sequence) {
        entry.sequence = sequence;
        entry.settled = true;
        clear();
    }

    /** Says where the stream ended before any message was sent; later on it does nothing. */
    void beginAfter(long sequence) {
        if (floor == UNKNOWN) {
            floor = sequence;
        }
    }

    /** No message that is still owed can have arrived at this sequence or before it. */
    long floor() {
        return floor;
    }

    /** A message that will never be taken is given up. */
    void refuse(Entry<M> entry) {
        if (!entry.settled) {
            entry.settled = true;
            giveUp(entry);
        }
        clear();
    }

    private void clear() {
        while (!sent.isEmpty() && sent.peekFirst().settled) {
            Entry<M> done = sent.pollFirst();
            bytes -= done.size;
            floor = done.sequence == UNKNOWN ? floor : done.sequence;
        }
    }

    /** The way broke: what was sent and not acknowledged is sent again, unless it is settled. */
    void rewind() {
        while (!sent.isEmpty()) {
            Entry<M> entry = sent.pollLast();
            if (entry.settled) {
                bytes -= entry.size;
            } else {
                entry.doubtful = true;
                waiting.addFirst(entry);
            }
        }
    }

    /** Messages that were sent and may have arrived, oldest first. */
    List<M> doubtful() {
        List<M> found = new ArrayList<>();
        for (Entry<M> entry : waiting) {
            if (!entry.doubtful) {
                break;
            }
            found.add(entry.message);
        }
        return found;
    }

    /** Ends the doubt: those that did arrive are done, the others are sent again. */
    void settle(Predicate<M> arrived) {
        List<Entry<M>> again = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peekFirst().doubtful) {
            Entry<M> entry = waiting.pollFirst();
            if (arrived.test(entry.message)) {
                bytes -= entry.size;
            } else {
                entry.doubtful = false;
                again.add(entry);
            }
        }
        for (int i = again.size() - 1; i >= 0; i--) {
            waiting.addFirst(again.get(i));
        }
    }

    /** Messages kept, sent or not. */
    int size() {
        return sent.size() + waiting.size();
    }

    /** Messages sent and not acknowledged. */
    int inFlight() {
        return sent.size();
    }

    /** How many more messages of so many bytes it takes without giving one up. */
    int room(int each) {
        long byBytes = (limits.bytes() - bytes) / each;
        return (int) Math.max(0, Math.min(limits.messages() - size(), byBytes));
    }

    /** Memory that the messages take, bytes. */
    long bytes() {
        return bytes;
    }

    /** Messages given up since the beginning. */
    long dropped() {
        return dropped;
    }
}
