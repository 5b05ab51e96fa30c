package io.qiki.dtmp.model;

/** The states of an agent. */
public enum FsmState {
    /** Waiting for the first self-test. */
    BOOTING,
    /** Healthy, nothing to do. */
    IDLE,
    /** Flying its mission; see {@link Activity}. */
    ACTIVE,
    /** Only the safe set of actions leaves the agent. */
    SAFE_MODE,
    /** A critical device failed its self-test. */
    ERROR_STATE,
    /** Ended for good. */
    SHUTDOWN
}
