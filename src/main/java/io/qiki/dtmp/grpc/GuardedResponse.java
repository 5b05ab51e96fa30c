package io.qiki.dtmp.grpc;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * A response that may be ended at any time. Its trailers are written when they go out at once: the
 * server library cannot bear that their stream closes while they wait. Why: ADR 18.
 *
 * <p>A proxy, because only three of the fifty methods differ.
 */
final class GuardedResponse implements InvocationHandler {
    private static final Future<Void> NOBODY = Future.failedFuture("the caller has gone");

    private final HttpServerResponse response;
    private final HttpConnection connection;

    private GuardedResponse(HttpServerResponse response, HttpConnection connection) {
        this.response = response;
        this.connection = connection;
    }

    /** The same response, guarded. */
    static HttpServerResponse of(HttpServerResponse response, HttpConnection connection) {
        return (HttpServerResponse)
                Proxy.newProxyInstance(
                        GuardedResponse.class.getClassLoader(),
                        new Class<?>[] {HttpServerResponse.class},
                        new GuardedResponse(response, connection));
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
        boolean plain = arguments == null || arguments.length == 0;
        if (plain && method.getName().equals("end")) {
            return end();
        }
        if (method.getName().equals("exceptionHandler")) {
            @SuppressWarnings("unchecked")
            Handler<Throwable> handler = (Handler<Throwable>) arguments[0];
            response.exceptionHandler(GuardedRequest.cancelling(handler));
            return self;
        }
        try {
            Object result = method.invoke(response, arguments);
            return result == response ? self : result;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Future<Void> end() {
        if (response.closed()) {
            return NOBODY;
        }
        if (StreamGuard.flows(connection, response.streamId())) {
            return response.end();
        }
        return response.write(Buffer.buffer()).compose(written -> end());
    }
}
