package io.qiki.dtmp.agent;

/** The phases of an agent's tick, in their order. */
public enum Phase {
    /** Trust in sensors, own motion, tracks, outcomes of commands. */
    SENSE,
    /** The self-test. */
    BIOS,
    /** One step of the state machine. */
    FSM,
    /** What the engines propose. */
    PROPOSE,
    /** What is accepted, and the commands. */
    DECIDE
}
