package io.qiki.dtmp.bus;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures on their way over the bus and back: the one table between codes and replies. */
public final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    /** Answers with what the call gives, or with its failure. */
    public static <R> void answer(Message<?> message, Supplier<R> call) {
        R result;
        try {
            result = call.get();
        } catch (RuntimeException e) {
            fail(message, e);
            return;
        }
        message.reply(result);
    }

    /** Answers when the future completes. */
    public static <R> void answerLater(Message<?> message, Future<R> future) {
        future.onComplete(message::reply, cause -> fail(message, cause));
    }

    /** Answers with a failure; one that is not an expected answer is logged with its cause. */
    public static void fail(Message<?> message, Throwable cause) {
        if (!(cause instanceof RequestFailed || cause instanceof ReplyException)) {
            LOG.error("{} failed", message.address(), cause);
        }
        Failure failure = failureOf(cause, FailureCode.INTERNAL);
        message.fail(failure.code().code(), failure.sentence());
    }

    /** The exception that a failure becomes on the bus. */
    public static ReplyException toReply(Failure failure) {
        return new ReplyException(
                ReplyFailure.RECIPIENT_FAILURE, failure.code().code(), failure.sentence());
    }

    /**
     * The failure behind a failed request.
     *
     * @param cause of the failed future
     * @param away what it means when nobody answered
     */
    public static Failure failureOf(Throwable cause, FailureCode away) {
        if (cause instanceof RequestFailed failed) {
            return failed.failure();
        }
        if (cause instanceof ReplyException reply) {
            return fromReply(reply, away);
        }
        if (cause instanceof IllegalArgumentException bad) {
            return new Failure(FailureCode.BAD_ARGUMENT, text(bad));
        }
        return new Failure(FailureCode.INTERNAL, text(cause));
    }

    /** Turns whatever failed a request into a {@link RequestFailed}. */
    public static <R> Future<R> translate(Future<R> future, FailureCode away) {
        return future.recover(
                cause ->
                        Future.failedFuture(
                                new RequestFailed(failureOf(cause, away), heard(cause))));
    }

    private static boolean heard(Throwable cause) {
        return !(cause instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.NO_HANDLERS);
    }

    private static Failure fromReply(ReplyException reply, FailureCode away) {
        if (reply.failureType() == ReplyFailure.RECIPIENT_FAILURE) {
            FailureCode code = FailureCode.of(reply.failureCode()).orElse(FailureCode.INTERNAL);
            return new Failure(code == FailureCode.NONE ? FailureCode.INTERNAL : code, text(reply));
        }
        LOG.debug("{}: {}", away.text(), reply.getMessage());
        String late = reply.failureType() == ReplyFailure.TIMEOUT ? " in time" : "";
        return new Failure(away, "the " + component(away) + " does not answer" + late);
    }

    /** Whom the code of an absence speaks of; where it lives on the bus is nobody's concern. */
    private static String component(FailureCode away) {
        int end = away.text().indexOf('.');
        return end < 0 ? "component that does this" : away.text().substring(0, end);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
