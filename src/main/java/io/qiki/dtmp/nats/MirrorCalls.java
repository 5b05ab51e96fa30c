package io.qiki.dtmp.nats;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Asks processes elsewhere. A failure is sim.unavailable: no connection, nobody who listens, no
 * answer in time. Lives on its owner's context.
 */
final class MirrorCalls {
    private final Vertx vertx;
    private final Context context;
    private final String source;
    private Optional<Connection> connection = Optional.empty();
    private String reason = "not connected yet";

    /**
     * Calls that nobody hears yet.
     *
     * @param source name of this process
     */
    MirrorCalls(Vertx vertx, String source) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.source = source;
    }

    /** There is a connection. */
    void up(Connection fresh) {
        connection = Optional.of(fresh);
    }

    /** There is none; why, in one sentence. */
    void down(String why) {
        connection = Optional.empty();
        reason = why;
    }

    /**
     * A question.
     *
     * @param subject where to
     * @param type CloudEvents type
     * @param contentType of the body
     * @param limitMillis after so long there is no answer, ms
     */
    record Question(
            String subject, String type, String contentType, Buffer body, long limitMillis) {}

    /** Asks; the future completes on the owner's context with the body of the answer. */
    Future<Buffer> ask(Question question) {
        if (connection.isEmpty()) {
            return away("there is no connection to NATS: " + reason);
        }
        CompletableFuture<Message> answer;
        try {
            answer = send(connection.get(), question);
        } catch (IllegalStateException closed) {
            return away("there is no connection to NATS: " + closed.getMessage());
        }
        Promise<Buffer> promise = Promise.promise();
        long timer = vertx.setTimer(question.limitMillis(), id -> promise.tryFail(late(question)));
        Future.fromCompletionStage(answer, context)
                .onComplete(done -> vertx.cancelTimer(timer))
                .onComplete(
                        message -> promise.tryComplete(Buffer.buffer(message.getData())),
                        failed -> promise.tryFail(unheard(question)));
        return promise.future();
    }

    private CompletableFuture<Message> send(Connection open, Question question) {
        OutMessage message =
                new OutMessage(
                        question.subject(),
                        UUID.randomUUID().toString(),
                        question.type(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                        question.contentType(),
                        new TreeMap<>(),
                        question.body().getBytes());
        return open.requestWithTimeout(
                message.subject(),
                message.headers(source, 0),
                message.body(),
                Duration.ofMillis(question.limitMillis()));
    }

    /** The client gives up at once when the server knows of nobody who listens. */
    private RequestFailed unheard(Question question) {
        return new RequestFailed(
                FailureCode.SIM_UNAVAILABLE,
                connection.isPresent()
                        ? "no process listens on " + question.subject()
                        : "the connection to NATS broke before the answer came");
    }

    private static RequestFailed late(Question question) {
        return new RequestFailed(
                FailureCode.SIM_UNAVAILABLE,
                "no answer on "
                        + question.subject()
                        + " within "
                        + question.limitMillis() / 1_000
                        + " s");
    }

    private static <R> Future<R> away(String sentence) {
        return Future.failedFuture(new RequestFailed(FailureCode.SIM_UNAVAILABLE, sentence));
    }
}
