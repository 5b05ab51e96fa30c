package io.qiki.dtmp.model;

/** Whether simulation time goes on. */
public enum RunState {
    /** Stands; nothing ages. */
    STOPPED,
    /** Goes on. */
    RUNNING,
    /** Stands until started or stepped; nothing ages. */
    PAUSED
}
