package io.qiki.dtmp.web;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Failures as problem documents.
 *
 * <p>Source: RFC 9457, with the members {@code code}, {@code number} and {@code advice} added.
 */
final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final String SENT = "qiki.problem";

    private Problem() {}

    /** The code of the problem that a request was answered with, if it was one. */
    static Optional<FailureCode> sent(RoutingContext context) {
        return Optional.ofNullable(context.<FailureCode>get(SENT));
    }

    /** The HTTP status of every failure. */
    static int status(FailureCode code) {
        return switch (code) {
            case NONE -> 200;
            case MALFORMED, BAD_ARGUMENT, CONFIG_INVALID -> 400;
            case FOREIGN_ORIGIN -> 403;
            case NOT_FOUND, CONFIG_UNREADABLE -> 404;
            case BAD_METHOD -> 405;
            case WRONG_STATE,
                    ID_REUSED,
                    STORE_VERSION_CONFLICT,
                    STORE_FENCED,
                    STORE_STALE_TICK,
                    SIM_FENCED,
                    SIM_SUPERSEDED ->
                    409;
            case TOO_LARGE -> 413;
            case QUEUE_FULL -> 429;
            case NOT_BUILT -> 501;
            case STORE_UNAVAILABLE,
                    SIM_UNAVAILABLE,
                    SIM_RESTARTED,
                    AGENT_MISSED,
                    AGENT_PHASE_FAILED,
                    PROVIDER_UNAVAILABLE,
                    COMMAND_TIMEOUT,
                    JOURNAL_UNAVAILABLE ->
                    503;
            case REPLAY_DIFFERS, NET_BIND, INTERNAL -> 500;
        };
    }

    /** The document of a failure. */
    static JsonObject document(Failure failure) {
        FailureCode code = failure.code();
        return new JsonObject()
                .put("type", "urn:qiki:failure:" + code.text())
                .put("title", code.text())
                .put("status", status(code))
                .put("detail", failure.sentence())
                .put("code", code.text())
                .put("number", code.code())
                .put("advice", code.advice());
    }

    /** Answers a request with a failure. */
    static void send(RoutingContext context, Failure failure) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.put(SENT, failure.code());
        context.response()
                .setStatusCode(status(failure.code()))
                .putHeader("Content-Type", MEDIA_TYPE)
                .end(document(failure).toBuffer());
    }

    /** Answers a request with a code and a sentence. */
    static void send(RoutingContext context, FailureCode code, String sentence) {
        send(context, new Failure(code, sentence));
    }
}
