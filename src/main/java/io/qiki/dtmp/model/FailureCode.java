package io.qiki.dtmp.model;

import java.util.Optional;

/**
 * Every way in which a request can fail, for people and programs alike. The number and the dotted
 * text never change their meaning.
 */
public enum FailureCode {
    /** Nothing failed. */
    NONE(0, "none", Category.REFUSED, "Nothing failed."),
    /** A request that cannot be read. */
    MALFORMED(1000, "request.malformed", Category.REFUSED, "Send well-formed JSON."),
    /** An argument that is missing, unknown, of the wrong type or out of range. */
    BAD_ARGUMENT(1001, "request.bad-argument", Category.REFUSED, "Correct the named argument."),
    /** A request of an origin that is not allowed. */
    FOREIGN_ORIGIN(
            1002, "request.foreign-origin", Category.REFUSED, "Use the address of this server."),
    /** A path, twin, fault or command that does not exist. */
    NOT_FOUND(1003, "request.not-found", Category.REFUSED, "Ask for one that exists."),
    /** A request that the present state does not allow. */
    WRONG_STATE(1004, "request.wrong-state", Category.REFUSED, "Bring it into the named state."),
    /** An id that was used for something else. */
    ID_REUSED(1005, "request.id-reused", Category.REFUSED, "Use a new id."),
    /** A body beyond the limit. */
    TOO_LARGE(1006, "request.too-large", Category.REFUSED, "Send less."),
    /** A queue or a rate limit is full. */
    QUEUE_FULL(1007, "request.queue-full", Category.REFUSED, "Try again later."),
    /** Something the product does not do yet. */
    NOT_BUILT(1008, "request.not-built", Category.REFUSED, "This is not built yet."),
    /** A method that the path does not take. */
    BAD_METHOD(1009, "request.bad-method", Category.REFUSED, "Use one of the allowed methods."),

    /** A configuration with faults. */
    CONFIG_INVALID(1100, "config.invalid", Category.REFUSED, "Correct the listed faults."),
    /** A configuration that is not there or cannot be read. */
    CONFIG_UNREADABLE(1101, "config.unreadable", Category.REFUSED, "Name a readable file."),

    /** Another version is current. */
    STORE_VERSION_CONFLICT(
            1200, "store.version-conflict", Category.REFUSED, "Read the current version first."),
    /** A newer writer has taken over. */
    STORE_FENCED(1201, "store.fenced", Category.REFUSED, "Acquire the twin again."),
    /** The store does not answer. */
    STORE_UNAVAILABLE(1202, "store.unavailable", Category.UNAVAILABLE, "Wait for its return."),

    /** A commit of a tick the writer has already gone beyond. */
    STORE_STALE_TICK(1203, "store.stale-tick", Category.REFUSED, "Commit a later tick."),
    /** The writer's epoch is older than one already seen. */
    SIM_FENCED(1300, "sim.fenced", Category.REFUSED, "A newer agent commands this vehicle."),
    /** The simulator does not answer. */
    SIM_UNAVAILABLE(1301, "sim.unavailable", Category.UNAVAILABLE, "Wait for its return."),
    /** The simulator restarted and ended what was pending. */
    SIM_RESTARTED(1302, "sim.restarted", Category.UNAVAILABLE, "Send it again."),
    /** A newer set-point took the actuator over. */
    SIM_SUPERSEDED(1303, "sim.superseded", Category.REFUSED, "A newer command took over."),

    /** The agent did not answer by its deadline. */
    AGENT_MISSED(1400, "agent.missed", Category.UNAVAILABLE, "The vehicle flies on by itself."),
    /** A phase of the tick failed. */
    AGENT_PHASE_FAILED(1401, "agent.phase-failed", Category.UNAVAILABLE, "See the event's cause."),
    /** The provider of observations does not answer. */
    PROVIDER_UNAVAILABLE(
            1402, "provider.unavailable", Category.UNAVAILABLE, "Wait for its return."),

    /** A replay that comes to something else than its log. */
    REPLAY_DIFFERS(
            1403, "replay.differs", Category.FATAL, "Replay with the build that wrote the log."),

    /** No effect was seen by the deadline of a command. */
    COMMAND_TIMEOUT(
            1410, "command.timeout", Category.UNAVAILABLE, "Look at the vehicle, then repeat."),

    /** The event log does not answer. */
    JOURNAL_UNAVAILABLE(1600, "journal.unavailable", Category.UNAVAILABLE, "Wait for its return."),

    /** An address that is taken or must not be used. */
    NET_BIND(1500, "net.bind", Category.FATAL, "Stop the other program or choose another port."),
    /** A fault of this program. */
    INTERNAL(1900, "internal", Category.FATAL, "Report it with the log.");

    /** What kind of failure it is. */
    public enum Category {
        /** The request was understood and is not done. */
        REFUSED,
        /** Something needed is away for now. */
        UNAVAILABLE,
        /** It will not work without somebody's help. */
        FATAL
    }

    private final int code;
    private final String text;
    private final Category category;
    private final String advice;

    FailureCode(int code, String text, Category category, String advice) {
        this.code = code;
        this.text = text;
        this.category = category;
        this.advice = advice;
    }

    /** The stable number. */
    public int code() {
        return code;
    }

    /** The stable dotted text. */
    public String text() {
        return text;
    }

    /** What kind of failure it is. */
    public Category category() {
        return category;
    }

    /** One sentence: what would help. */
    public String advice() {
        return advice;
    }

    /** The failure of a number, if there is one. */
    public static Optional<FailureCode> of(int code) {
        for (FailureCode failure : values()) {
            if (failure.code == code) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** The failure of a dotted text, if there is one. */
    public static Optional<FailureCode> named(String text) {
        for (FailureCode failure : values()) {
            if (failure.text.equals(text)) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }
}
