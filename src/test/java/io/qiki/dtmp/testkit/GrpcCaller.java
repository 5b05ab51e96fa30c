package io.qiki.dtmp.testkit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real client of a gRPC server on loopback, which shows status, sentence and trailers. */
public final class GrpcCaller implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;

    private final GrpcClient client;
    private final SocketAddress server;
    private final Context context;

    /** A client of a port. */
    public GrpcCaller(Vertx vertx, int port) {
        context = vertx.getOrCreateContext();
        client = GrpcClient.client(vertx);
        server = SocketAddress.inetSocketAddress(port, "127.0.0.1");
    }

    /** What a call came to. */
    public record Answer<R>(
            GrpcStatus status, String sentence, MultiMap trailers, List<R> messages) {
        /** The only message. */
        public R one() {
            if (messages.size() != 1) {
                throw new AssertionError(status + " " + sentence + ", messages " + messages);
            }
            return messages.get(0);
        }
    }

    /** Calls with one message. */
    public <Q, R> Answer<R> call(ServiceMethod<R, Q> method, Q message) throws Exception {
        return call(method, message, Map.of());
    }

    /** The same with metadata. */
    public <Q, R> Answer<R> call(
            ServiceMethod<R, Q> method, Q message, Map<String, String> metadata) throws Exception {
        Promise<Answer<R>> answer = Promise.promise();
        context.runOnContext(
                turn ->
                        client.<Q, R>request(server, method)
                                .compose(
                                        request -> {
                                            metadata.forEach(request.headers()::set);
                                            Future<GrpcClientResponse<Q, R>> response =
                                                    request.response();
                                            request.end(message);
                                            return response.compose(GrpcCaller::gather);
                                        })
                                .onComplete(answer));
        return await(answer.future());
    }

    /** Begins a call whose messages come one after the other. */
    public <Q, R> GrpcClientRequest<Q, R> open(ServiceMethod<R, Q> method) throws Exception {
        return await(client.<Q, R>request(server, method));
    }

    private static <R> Future<Answer<R>> gather(GrpcClientResponse<?, R> response) {
        Promise<Answer<R>> answer = Promise.promise();
        List<R> messages = new ArrayList<>();
        response.handler(messages::add);
        response.exceptionHandler(answer::tryFail);
        response.endHandler(
                end ->
                        answer.tryComplete(
                                new Answer<>(
                                        response.status(),
                                        Optional.ofNullable(response.statusMessage()).orElse(""),
                                        // an answer without messages has its trailers in front
                                        MultiMap.caseInsensitiveMultiMap()
                                                .addAll(response.headers())
                                                .addAll(response.trailers()),
                                        messages)));
        return answer.future();
    }

    /** What a future comes to. */
    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(client.close());
    }
}
