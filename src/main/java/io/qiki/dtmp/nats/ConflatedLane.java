package io.qiki.dtmp.nats;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way of messages of which the newest counts. Under pressure a slot per key holds the newest
 * one, which is made only when it is sent; without a connection nothing waits. Lives on its owner's
 * context.
 */
final class ConflatedLane {
    private static final int MOST_KEYS = 100_000;

    private final String source;
    private final Slots<String, Supplier<OutMessage>> slots = new Slots<>(MOST_KEYS);
    private final Consumer<Runnable> soon;
    private Optional<StreamPublisher> publisher = Optional.empty();
    private boolean waiting;
    private long unsent;
    private long sent;

    /**
     * A lane.
     *
     * @param source name of the process
     * @param soon runs something on the owner's context a moment later
     */
    ConflatedLane(String source, Consumer<Runnable> soon) {
        this.source = source;
        this.soon = soon;
    }

    /** There is a connection. */
    void up(StreamPublisher fresh) {
        publisher = Optional.of(fresh);
    }

    /** There is none any more: what waited is old when there is one again. */
    void down() {
        publisher = Optional.empty();
        while (slots.poll().isPresent()) {
            unsent++;
        }
    }

    /**
     * Sends a message, or keeps it in place of an older one of its key.
     *
     * @param key what the newest counts of, most often the subject
     */
    void offer(String key, Supplier<OutMessage> message) {
        if (publisher.isEmpty()) {
            unsent++;
            return;
        }
        slots.offer(key, message);
        pump();
    }

    private void pump() {
        while (!slots.isEmpty() && publisher.isPresent() && publisher.get().idle()) {
            OutMessage next = slots.poll().orElseThrow().get();
            if (!publisher.get().publish(next.subject(), next.headers(source, 0), next.body())) {
                unsent++;
                return;
            }
            sent++;
        }
        if (!slots.isEmpty() && !waiting) {
            waiting = true;
            soon.accept(this::again);
        }
    }

    private void again() {
        waiting = false;
        pump();
    }

    /** Messages that were given up for newer ones, or because there was no connection. */
    long dropped() {
        return slots.replaced() + unsent;
    }

    /** Messages given to the connection. */
    long sent() {
        return sent;
    }
}
