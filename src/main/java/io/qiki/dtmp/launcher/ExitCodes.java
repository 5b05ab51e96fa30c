package io.qiki.dtmp.launcher;

import io.qiki.dtmp.model.FailureCode;

/** The exit codes of the program and of every failure. */
final class ExitCodes {
    /** Done. */
    static final int DONE = 0;

    /** Failed while running. */
    static final int FAILED = 1;

    /** Ended by its own watchdog. */
    static final int WATCHDOG = 70;

    /** Wrong use or configuration. */
    static final int WRONG_USE = 2;

    private ExitCodes() {}

    /** The exit code of a failure that ends the program. */
    static int of(FailureCode code) {
        return switch (code) {
            case NONE -> DONE;
            case MALFORMED, BAD_ARGUMENT, NOT_BUILT, CONFIG_INVALID, CONFIG_UNREADABLE -> WRONG_USE;
            case FOREIGN_ORIGIN,
                    NOT_FOUND,
                    WRONG_STATE,
                    ID_REUSED,
                    TOO_LARGE,
                    QUEUE_FULL,
                    BAD_METHOD,
                    STORE_VERSION_CONFLICT,
                    STORE_FENCED,
                    STORE_UNAVAILABLE,
                    STORE_STALE_TICK,
                    SIM_FENCED,
                    SIM_UNAVAILABLE,
                    SIM_RESTARTED,
                    SIM_SUPERSEDED,
                    AGENT_MISSED,
                    AGENT_PHASE_FAILED,
                    PROVIDER_UNAVAILABLE,
                    REPLAY_DIFFERS,
                    COMMAND_TIMEOUT,
                    JOURNAL_UNAVAILABLE,
                    NET_BIND,
                    INTERNAL ->
                    FAILED;
        };
    }
}
