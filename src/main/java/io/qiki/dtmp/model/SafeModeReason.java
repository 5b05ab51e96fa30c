package io.qiki.dtmp.model;

/** Why an agent is in SAFE_MODE; when several hold, the one declared first counts. */
public enum SafeModeReason {
    /** Not in SAFE_MODE. */
    NONE,
    /** No self-test report. */
    BIOS_UNAVAILABLE,
    /** A self-test report that cannot be true. */
    BIOS_INVALID,
    /** A critical sensor gives no or invalid readings. */
    SENSORS_UNAVAILABLE,
    /** A critical sensor's readings are over age, stuck or delayed. */
    SENSORS_STALE,
    /** A required actuator group failed, timed out or is away. */
    ACTUATOR_UNAVAILABLE,
    /** The provider of observations does not answer. */
    PROVIDER_UNAVAILABLE,
    /** Commits are not acknowledged. */
    STORE_UNAVAILABLE,
    /** An essential engine or a phase of the tick failed. */
    ENGINE_FAILURE,
    /** Too many ticks in a row took longer than a period. */
    TICK_OVERRUN,
    /** The operator asked for it. */
    OPERATOR_REQUEST
}
