package io.qiki.dtmp.nats;

import io.nats.client.impl.Headers;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one kind of messages into a stream: in their order, each once. Many are under way at a
 * time; when one fails nothing follows it until all that were under way are judged, and then it
 * goes on from the first that did not arrive. Lives on its owner's context.
 */
final class StreamLane {
    /** Messages under way at a time. */
    static final int WINDOW = 512;

    /**
     * A message that is not judged by then never will be on this connection, ns. A cluster of
     * servers may take 6 s to choose another leader.
     */
    static final long LIMIT_NANOS = 12_000_000_000L;

    /** After an error it is tried again so much later, ns. */
    private static final long PAUSE_NANOS = 500_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(StreamLane.class);

    private enum State {
        /** No connection. */
        DOWN,
        /** It is being found out what arrived. */
        COMPARING,
        /** Messages go. */
        OPEN,
        /** One failed; the others are still to be judged, or it is too early to try again. */
        STALLED
    }

    private final String stream;
    private final String source;
    private final Outbox<OutMessage> box;
    private final Auditor auditor;
    private final Consumer<String> broken;
    private State state = State.DOWN;
    private final LongSupplier nanoTime;
    private Optional<Way> way = Optional.empty();
    private long turn;
    private int unjudged;
    private long lastJudged;
    private long retryAt;
    private String trouble = "";
    private long delivered;

    /** A connection to send by. */
    interface Way {
        /** Whether a message can be sent without waiting. */
        boolean ready();

        /** Sends a message, or says that the connection takes nothing any more. */
        boolean publish(String subject, Headers headers, byte[] body, Consumer<Ack> onAck);
    }

    /**
     * What the server said of a message.
     *
     * @param stored whether it is in the stream now
     * @param sequence in the stream; 0 when it is not there
     * @param code of the error; 0: none
     * @param sentence of the error; empty: none
     */
    record Ack(boolean stored, long sequence, int code, String sentence) {
        /** Code of a message that no server will ever take. */
        static final int TOO_LARGE = 10_054;
    }

    /** Compares with the stream; see {@link StreamAudit}. */
    @FunctionalInterface
    interface Auditor {
        /**
         * Tells which of the ids arrived, or why that cannot be found out.
         *
         * @param floor sequence of a message that was there before any of them was sent
         */
        void compare(String stream, long floor, Set<String> ids, Verdict verdict);
    }

    /** What a comparison came to. */
    interface Verdict {
        void arrived(Set<String> ids);

        void unknown(String reason);
    }

    /**
     * A lane.
     *
     * @param stream that the messages go to
     * @param source name of the process
     * @param box what is to be sent; it outlives the lane
     * @param broken is told when the connection is of no use any more
     */
    StreamLane(
            String stream,
            String source,
            Outbox<OutMessage> box,
            Auditor auditor,
            Consumer<String> broken,
            LongSupplier nanoTime) {
        this.stream = stream;
        this.source = source;
        this.box = box;
        this.auditor = auditor;
        this.broken = broken;
        this.nanoTime = nanoTime;
        box.rewind();
    }

    /** Takes a message; what does not fit any more goes, oldest first. */
    void offer(OutMessage message) {
        box.offer(message, message.size());
        pump();
    }

    /** Says that messages right before the next one are missing. */
    void missing(long count) {
        box.missing(count);
    }

    /**
     * There is a connection.
     *
     * @param last sequence of the last message of the stream when it was made
     */
    void up(Way fresh, long last) {
        way = Optional.of(fresh);
        box.beginAfter(last);
        resume();
    }

    /** There is none any more. */
    void down() {
        turn++;
        way = Optional.empty();
        state = State.DOWN;
        unjudged = 0;
        box.rewind();
    }

    /** Time has passed. */
    void check() {
        long now = nanoTime.getAsLong();
        boolean silent = unjudged > 0 && now - lastJudged > LIMIT_NANOS;
        if (silent) {
            broken.accept("the server has not acknowledged anything for 12 s");
        } else if (state == State.STALLED && unjudged == 0 && now - retryAt >= 0) {
            resume();
        } else {
            pump();
        }
    }

    private void resume() {
        turn++;
        unjudged = 0;
        box.rewind();
        Set<String> ids = new HashSet<>();
        box.doubtful().forEach(one -> ids.add(one.id()));
        if (ids.isEmpty()) {
            open();
            return;
        }
        state = State.COMPARING;
        long mine = turn;
        auditor.compare(
                stream,
                box.floor(),
                ids,
                new Verdict() {
                    @Override
                    public void arrived(Set<String> found) {
                        if (mine == turn) {
                            box.settle(one -> found.contains(one.id()));
                            delivered += found.size();
                            open();
                        }
                    }

                    @Override
                    public void unknown(String reason) {
                        if (mine == turn) {
                            stall(reason);
                        }
                    }
                });
    }

    private void open() {
        state = State.OPEN;
        lastJudged = nanoTime.getAsLong();
        pump();
    }

    private void pump() {
        while (state == State.OPEN
                && box.inFlight() < WINDOW
                && way.isPresent()
                && way.get().ready()) {
            Optional<Outbox.Entry<OutMessage>> next = box.next();
            if (next.isEmpty()) {
                return;
            }
            send(way.get(), next.get());
        }
    }

    private void send(Way to, Outbox.Entry<OutMessage> entry) {
        OutMessage message = entry.message();
        Headers headers = message.headers(source, entry.missed());
        long mine = turn;
        if (unjudged == 0) {
            lastJudged = nanoTime.getAsLong();
        }
        unjudged++;
        if (!to.publish(
                message.subject(), headers, message.body(), ack -> onAck(mine, entry, ack))) {
            unjudged--;
            stall("the connection takes nothing any more");
        }
    }

    private void onAck(long sentIn, Outbox.Entry<OutMessage> entry, Ack ack) {
        if (sentIn != turn) {
            return;
        }
        unjudged--;
        lastJudged = nanoTime.getAsLong();
        if (ack.stored()) {
            trouble = "";
            delivered++;
            box.acknowledge(entry, ack.sequence());
        } else if (ack.code() == Ack.TOO_LARGE) {
            LOG.error("{} is given up: {}", entry.message().subject(), ack.sentence());
            box.refuse(entry);
        } else {
            stall(ack.sentence());
        }
        pump();
    }

    /** Nothing follows what failed until it is known what arrived. */
    private void stall(String reason) {
        if (!reason.equals(trouble)) {
            LOG.warn("stream {}: {}", stream, reason);
        }
        trouble = reason;
        state = State.STALLED;
        retryAt = nanoTime.getAsLong() + PAUSE_NANOS;
    }

    /** Why nothing goes although there is a connection; empty: all is well. */
    String trouble() {
        return trouble;
    }

    /** The messages that wait. */
    Outbox<OutMessage> box() {
        return box;
    }

    /** Messages known to be in the stream. */
    long delivered() {
        return delivered;
    }
}
