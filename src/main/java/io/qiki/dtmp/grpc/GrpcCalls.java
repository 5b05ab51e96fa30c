package io.qiki.dtmp.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.ServiceBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds methods to a server: one message in, an answer or a typed failure out, whatever is thrown;
 * and measures them. A call that its caller gives up is not answered.
 */
final class GrpcCalls {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcCalls.class);

    private final Map<String, ServiceBuilder> services = new LinkedHashMap<>();
    private final Metrics metrics;

    GrpcCalls(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Begins a service: its methods may be bound from now on. */
    GrpcCalls service(ServiceName name, ServiceDescriptor descriptor) {
        services.put(name.fullyQualifiedName(), Service.service(name, descriptor));
        return this;
    }

    /** Adds every service to a server. */
    void addTo(GrpcServer server) {
        services.values().forEach(service -> server.addService(service.build()));
    }

    private <Q, R> void bind(ServiceMethod<Q, R> method, Handler<GrpcServerRequest<Q, R>> handler) {
        services.get(method.serviceName().fullyQualifiedName()).bind(method, handler);
    }

    /** What answers one message. */
    @FunctionalInterface
    interface Unary<Q, R> {
        /** The answer; {@code call} holds metadata and connection. */
        Future<R> answer(Q message, GrpcServerRequest<Q, R> call);
    }

    /** What answers one message with many. */
    @FunctionalInterface
    interface Streaming<Q, R> {
        /** Begins to write to the response of the call, and ends it. */
        void begin(Q message, GrpcServerRequest<Q, R> call);
    }

    /** A method with one message in and one out. */
    <Q, R> void unary(ServiceMethod<Q, R> method, Unary<Q, R> unary) {
        LongConsumer timer = timer(method);
        first(
                method,
                (message, call) -> {
                    long began = System.nanoTime();
                    unary.answer(message, call)
                            .onComplete(
                                    answer -> {
                                        timer.accept(System.nanoTime() - began);
                                        if (answer.succeeded()) {
                                            GrpcStatuses.ifOpen(
                                                    () -> call.response().end(answer.result()));
                                        } else {
                                            fail(method, call.response(), answer.cause());
                                        }
                                    });
                });
    }

    /** A method with one message in and many out. */
    <Q, R> void streaming(ServiceMethod<Q, R> method, Streaming<Q, R> streaming) {
        first(method, streaming);
    }

    /** A method whose messages come and go as they like. */
    <Q, R> void both(ServiceMethod<Q, R> method, Handler<GrpcServerRequest<Q, R>> handler) {
        bind(
                method,
                call -> {
                    guard(method, call);
                    handler.handle(call);
                });
    }

    private <Q, R> void first(ServiceMethod<Q, R> method, Streaming<Q, R> then) {
        bind(
                method,
                call -> {
                    boolean[] got = new boolean[1];
                    guard(method, call);
                    read(
                            method,
                            call,
                            failure -> end(call.response(), failure),
                            message -> {
                                if (got[0]) {
                                    return;
                                }
                                got[0] = true;
                                try {
                                    then.begin(message, call);
                                } catch (RuntimeException thrown) {
                                    fail(method, call.response(), thrown);
                                }
                            });
                    call.endHandler(
                            done -> {
                                if (!got[0]) {
                                    refuse(call.response(), "a call takes one message, got none");
                                    got[0] = true;
                                }
                            });
                });
    }

    /** What cannot be read is refused; what is given up costs nothing more. */
    private <Q, R> void guard(ServiceMethod<Q, R> method, GrpcServerRequest<Q, R> call) {
        metrics.counter(MetricNames.GRPC_CALLS, "method", method.methodName()).accept(1);
        call.response().exceptionHandler(gone -> LOG.debug("{}: {}", name(method), gone));
        call.exceptionHandler(gone -> LOG.debug("{}: {}", name(method), gone.toString()));
    }

    /**
     * Reads the messages of a call; what is none is told instead of resetting the stream.
     *
     * @param broken is told what is wrong with a message
     */
    static <Q, R> void read(
            ServiceMethod<Q, R> method,
            GrpcServerRequest<Q, R> call,
            Handler<Failure> broken,
            Handler<Q> reader) {
        call.invalidMessageHandler(
                invalid ->
                        broken.handle(
                                invalid instanceof MessageSizeOverflowException
                                        ? new Failure(
                                                FailureCode.TOO_LARGE,
                                                "a message has at most "
                                                        + GrpcConfig.MAX_MESSAGE_BYTES
                                                        + " bytes")
                                        : unreadable(method, invalid)));
        call.messageHandler(
                message -> {
                    Q read;
                    try {
                        read = method.decoder().decode(plain(message));
                    } catch (CodecException wrong) {
                        broken.handle(unreadable(method, wrong));
                        return;
                    }
                    reader.handle(read);
                });
    }

    /** What was compressed may not be larger either once it is unpacked. */
    private static GrpcMessage plain(GrpcMessage message) {
        if (!"gzip".equals(message.encoding())) {
            return message;
        }
        int most = (int) GrpcConfig.MAX_MESSAGE_BYTES;
        byte[] packed = message.payload().getBytes();
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = unpacked.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CodecException("unpacked it has more than " + most + " bytes");
            }
            return GrpcMessage.message("identity", Buffer.buffer(bytes));
        } catch (IOException broken) {
            throw new CodecException(broken);
        }
    }

    private static Failure unreadable(ServiceMethod<?, ?> method, Throwable why) {
        return new Failure(
                FailureCode.MALFORMED,
                "the message is not one that "
                        + method.methodName()
                        + " takes: "
                        + why.getMessage());
    }

    private void refuse(GrpcServerResponse<?, ?> response, String sentence) {
        end(response, new Failure(FailureCode.MALFORMED, sentence));
    }

    private <Q, R> void fail(
            ServiceMethod<Q, R> method, GrpcServerResponse<?, ?> response, Throwable cause) {
        Failure failure = Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE);
        if (failure.code() == FailureCode.INTERNAL) {
            LOG.error("{} failed", name(method), cause);
        }
        end(response, failure);
    }

    private void end(GrpcServerResponse<?, ?> response, Failure failure) {
        metrics.counter(MetricNames.GRPC_REFUSALS, "code", failure.code().text()).accept(1);
        GrpcStatuses.fail(response, failure);
    }

    private LongConsumer timer(ServiceMethod<?, ?> method) {
        return metrics.timer(MetricNames.GRPC_SECONDS, "method", method.methodName());
    }

    private static String name(ServiceMethod<?, ?> method) {
        return method.serviceName().name() + "/" + method.methodName();
    }
}
