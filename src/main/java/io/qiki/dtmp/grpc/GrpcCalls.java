package io.qiki.dtmp.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.ServiceBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
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
                                            call.response().end(answer.result());
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
                    call.handler(
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
        call.invalidMessageHandler(
                broken ->
                        refuse(
                                call.response(),
                                "the message is not a readable "
                                        + method.methodName()
                                        + " request: "
                                        + broken.getMessage()));
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
