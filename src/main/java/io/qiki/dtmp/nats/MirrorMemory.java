package io.qiki.dtmp.nats;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a mirror has heard and how far it has read; outlives its verticle, so that a new one takes
 * nothing twice.
 */
public final class MirrorMemory {
    private final MirroredFleet fleet;
    private final MirroredProcesses processes = new MirroredProcesses();
    private final MirroredCommands commands = new MirroredCommands(MirroredCommands.MOST);
    private final StreamPlace events = new StreamPlace();
    private final AtomicLong unreadable = new AtomicLong();
    private final StreamPlace states = new StreamPlace();

    /**
     * Nothing heard yet.
     *
     * @param history transitions that are kept of each twin, at least 1
     */
    public MirrorMemory(int history) {
        this.fleet = new MirroredFleet(MirroredFleet.MOST_TWINS, history);
    }

    MirroredFleet fleet() {
        return fleet;
    }

    MirroredProcesses processes() {
        return processes;
    }

    MirroredCommands commands() {
        return commands;
    }

    /** Messages that could not be read; counted on any thread. */
    AtomicLong unreadable() {
        return unreadable;
    }

    /** How far the stream of events has been read. */
    StreamPlace events() {
        return events;
    }

    /** How far the stream of states has been read. */
    StreamPlace states() {
        return states;
    }
}
