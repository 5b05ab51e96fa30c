package io.qiki.dtmp.model;

/** What an operator may ask an agent for, in every state. */
public enum OperatorRequest {
    /** Go to SAFE_MODE and stay until IDLE is asked for. */
    SAFE_MODE,
    /** Leave an operator's SAFE_MODE by the exit rule. */
    IDLE,
    /** End for good. */
    SHUTDOWN
}
