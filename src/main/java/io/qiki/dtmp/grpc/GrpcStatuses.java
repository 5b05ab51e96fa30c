package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure looks like on the wire: a status, a sentence, and the code in the trailers. */
final class GrpcStatuses {
    /** Trailer that holds the dotted text of the failure code. */
    static final String CODE = "qiki-failure-code";

    private static final Logger LOG = LoggerFactory.getLogger(GrpcStatuses.class);

    private GrpcStatuses() {}

    /** The status of a code. */
    static GrpcStatus of(FailureCode code) {
        return switch (code) {
            case NONE -> GrpcStatus.OK;
            case MALFORMED, BAD_ARGUMENT, CONFIG_INVALID, CONFIG_UNREADABLE ->
                    GrpcStatus.INVALID_ARGUMENT;
            case FOREIGN_ORIGIN -> GrpcStatus.PERMISSION_DENIED;
            case NOT_FOUND -> GrpcStatus.NOT_FOUND;
            case WRONG_STATE, STORE_FENCED, STORE_STALE_TICK, SIM_FENCED, SIM_SUPERSEDED ->
                    GrpcStatus.FAILED_PRECONDITION;
            case ID_REUSED -> GrpcStatus.ALREADY_EXISTS;
            case TOO_LARGE, QUEUE_FULL -> GrpcStatus.RESOURCE_EXHAUSTED;
            case NOT_BUILT, BAD_METHOD -> GrpcStatus.UNIMPLEMENTED;
            case STORE_VERSION_CONFLICT -> GrpcStatus.ABORTED;
            case STORE_UNAVAILABLE,
                    SIM_UNAVAILABLE,
                    SIM_RESTARTED,
                    AGENT_MISSED,
                    AGENT_PHASE_FAILED,
                    PROVIDER_UNAVAILABLE,
                    JOURNAL_UNAVAILABLE ->
                    GrpcStatus.UNAVAILABLE;
            case COMMAND_TIMEOUT -> GrpcStatus.DEADLINE_EXCEEDED;
            case REPLAY_DIFFERS, NET_BIND, INTERNAL -> GrpcStatus.INTERNAL;
        };
    }

    /** Ends a call with whatever made it fail. */
    static void fail(GrpcServerResponse<?, ?> response, Throwable cause) {
        fail(response, Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE));
    }

    /** Ends a call with a failure. */
    static void fail(GrpcServerResponse<?, ?> response, Failure failure) {
        ifOpen(
                () -> {
                    response.trailers().set(CODE, failure.code().text());
                    response.status(of(failure.code())).statusMessage(failure.sentence()).end();
                });
    }

    /** Writes, unless the caller has gone meanwhile: then nobody reads it. */
    static void ifOpen(Runnable write) {
        try {
            write.run();
        } catch (IllegalStateException gone) {
            LOG.debug("an answer has nobody to read it: {}", gone.getMessage());
        }
    }
}
