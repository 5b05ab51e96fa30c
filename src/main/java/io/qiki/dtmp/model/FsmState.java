package io.qiki.dtmp.model;

import java.util.Optional;

/** The states of an agent; numbers as on the wire. */
public enum FsmState {
    /** Waiting for the first self-test. */
    BOOTING(1),
    /** Healthy, nothing to do. */
    IDLE(2),
    /** Flying its mission; see {@link Activity}. */
    ACTIVE(3),
    /** Only the safe set of actions leaves the agent. */
    SAFE_MODE(6),
    /** A critical device failed its self-test. */
    ERROR_STATE(4),
    /** Ended for good. */
    SHUTDOWN(5);

    private final int number;

    FsmState(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The state of a number on the wire, if there is one. */
    public static Optional<FsmState> of(int number) {
        for (FsmState state : values()) {
            if (state.number == number) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
