package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.TwinId;
import java.util.HashMap;
import java.util.Map;

/**
 * What the bridge owes to the streams, and how far it has come: it outlives the verticle that sends
 * it, so that a restart of the bridge loses and repeats nothing. Used by one verticle at a time.
 */
public final class Outboxes {
    private final Outbox<OutMessage> events;
    private final Outbox<OutMessage> commands;
    private final Outbox<OutMessage> states;
    private final Outbox<OutMessage> decisions;
    private final Map<TwinId, Told> told = new HashMap<>();
    private long lastEvent;
    private long lastMessage;

    /** Empty boxes of a process that begins. */
    public Outboxes(NatsConfig config) {
        events = new Outbox<>(config.outbox());
        commands = new Outbox<>(config.outbox());
        states = new Outbox<>(config.outbox());
        decisions = new Outbox<>(config.outbox());
    }

    /**
     * How far a twin has been told.
     *
     * @param incarnation of the newest decision
     * @param tick of the newest decision
     * @param version of the newest state
     */
    record Told(int incarnation, long tick, long version) {
        static final Told NOTHING = new Told(0, 0, -1);
    }

    Outbox<OutMessage> events() {
        return events;
    }

    Outbox<OutMessage> commands() {
        return commands;
    }

    Outbox<OutMessage> states() {
        return states;
    }

    Outbox<OutMessage> decisions() {
        return decisions;
    }

    Told told(TwinId twin) {
        return told.getOrDefault(twin, Told.NOTHING);
    }

    void told(TwinId twin, Told now) {
        told.put(twin, now);
    }

    /** Id of the newest event that was taken from the log. */
    long lastEvent() {
        return lastEvent;
    }

    void lastEvent(long id) {
        lastEvent = id;
    }

    /** Counts the messages of the process. */
    long nextMessage() {
        return ++lastMessage;
    }

    /** Messages that had to be given up since the beginning. */
    long dropped() {
        return events.dropped() + commands.dropped() + states.dropped() + decisions.dropped();
    }
}
