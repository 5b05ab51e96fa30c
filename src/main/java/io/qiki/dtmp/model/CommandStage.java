package io.qiki.dtmp.model;

/** How far a command has come; it only moves on, and ends in exactly one final stage. */
public enum CommandStage {
    /** Received; its id is known. */
    REQUESTED(false),
    /** Arguments, ranges, run state and role are in order. */
    VALIDATED(false),
    /** In the simulator's inbox. */
    ACCEPTED(false),
    /** Its effect has begun and is seen in the world. */
    EXECUTING(false),
    /** Its effect is confirmed by observation. */
    EXECUTED(true),
    /** Refused, with the reason. */
    REJECTED(true),
    /** Its effect did not come, with what was seen. */
    FAILED(true),
    /** No result within its time. */
    TIMEOUT(true),
    /** Its validity ended before it acted. */
    EXPIRED(true),
    /** The component that should act is away. */
    UNAVAILABLE(true);

    private final boolean last;

    CommandStage(boolean last) {
        this.last = last;
    }

    /** Whether no other stage can follow. */
    public boolean isFinal() {
        return last;
    }

    /**
     * The one rule of the life cycle: a command only moves on, never after a final stage, and is
     * not refused once its effect is seen. Stages that nobody saw may be passed over.
     */
    public boolean mayBecome(CommandStage next) {
        if (last || next.ordinal() <= ordinal()) {
            return false;
        }
        return next != REJECTED || this != EXECUTING;
    }
}
