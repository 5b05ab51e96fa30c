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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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

    /** Begins a call with a first message; more may follow, and answers come as they like. */
    public <Q, R> Stream<Q, R> stream(ServiceMethod<R, Q> method, Q first) throws Exception {
        return stream(method, first, 0);
    }

    /** The same with a deadline in ms; 0: none. */
    public <Q, R> Stream<Q, R> stream(ServiceMethod<R, Q> method, Q first, long millis)
            throws Exception {
        Promise<Stream<Q, R>> opened = Promise.promise();
        context.runOnContext(
                turn ->
                        client.<Q, R>request(server, method)
                                .map(
                                        request -> {
                                            if (millis > 0) {
                                                request.timeout(millis, TimeUnit.MILLISECONDS);
                                            }
                                            Stream<Q, R> stream = new Stream<>(context, request);
                                            request.write(first);
                                            return stream;
                                        })
                                .onComplete(opened));
        return await(opened.future());
    }

    /** A call whose messages come one after the other. May be used from any thread. */
    public static final class Stream<Q, R> {
        private final Context context;
        private final GrpcClientRequest<Q, R> request;
        private final List<R> messages = new CopyOnWriteArrayList<>();
        private final AtomicReference<GrpcClientResponse<Q, R>> response = new AtomicReference<>();
        private volatile GrpcStatus status;
        private volatile String sentence = "";

        private Stream(Context context, GrpcClientRequest<Q, R> request) {
            this.context = context;
            this.request = request;
            request.exceptionHandler(cause -> end(GrpcStatus.UNAVAILABLE, cause.getMessage()));
            request.response()
                    .onSuccess(this::listen)
                    .onFailure(cause -> end(GrpcStatus.UNAVAILABLE, cause.getMessage()));
        }

        private void listen(GrpcClientResponse<Q, R> opened) {
            response.set(opened);
            opened.handler(messages::add);
            opened.exceptionHandler(cause -> end(GrpcStatus.CANCELLED, cause.toString()));
            opened.endHandler(
                    done ->
                            end(
                                    opened.status(),
                                    Optional.ofNullable(opened.statusMessage())
                                            .orElseGet(() -> said(opened.trailers()))));
        }

        /** The client forgets to read the sentence of an answer that had messages. */
        private static String said(MultiMap trailers) {
            String encoded = Optional.ofNullable(trailers.get("grpc-message")).orElse("");
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        private void end(GrpcStatus how, String said) {
            if (status == null) {
                sentence = Optional.ofNullable(said).orElse("");
                status = how;
            }
        }

        /** What has come so far. */
        public List<R> messages() {
            return List.copyOf(messages);
        }

        /** Sends another message. */
        public void send(Q message) {
            context.runOnContext(turn -> request.write(message));
        }

        /** Reads no more until told to. */
        public void pause() {
            context.runOnContext(turn -> response.get().pause());
        }

        /** Reads again. */
        public void resume() {
            context.runOnContext(turn -> response.get().resume());
        }

        /** Gives the call up. */
        public void cancel() {
            context.runOnContext(turn -> request.cancel());
        }

        /** Whether the server has ended it, or it is lost. */
        public boolean over() {
            return status != null;
        }

        /** How it ended. */
        public GrpcStatus status() {
            return status;
        }

        /** What was said about the end. */
        public String sentence() {
            return sentence;
        }
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
