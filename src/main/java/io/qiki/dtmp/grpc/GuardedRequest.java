package io.qiki.dtmp.grpc;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.grpc.common.GrpcError;

/**
 * A request whose caller may go at any time and in any way: it is always told to the reader as a
 * cancellation, and answering it afterwards throws nothing that a call does not expect. Why: ADR
 * 18.
 */
final class GuardedRequest extends HttpServerRequestWrapper {
    private final HttpServerResponse response;

    private GuardedRequest(HttpServerRequestInternal request) {
        super(request);
        this.response = GuardedResponse.of(request.response(), request.connection());
    }

    /** Hands requests on, guarded. */
    static Handler<HttpServerRequest> before(Handler<HttpServerRequest> next) {
        return request -> next.handle(new GuardedRequest((HttpServerRequestInternal) request));
    }

    /**
     * The same as a cancellation. The server library knows but some of the reasons for which a
     * stream may be reset, and none for a connection that is lost.
     */
    static Handler<Throwable> cancelling(Handler<Throwable> handler) {
        return handler == null
                ? null
                : gone ->
                        handler.handle(
                                new StreamResetException(GrpcError.CANCELLED.http2ResetCode, gone));
    }

    @Override
    public HttpServerRequest exceptionHandler(Handler<Throwable> handler) {
        super.exceptionHandler(cancelling(handler));
        return this;
    }

    @Override
    public HttpServerResponse response() {
        return response;
    }
}
