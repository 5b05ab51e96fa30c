package io.qiki.dtmp.web;

import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * What the server takes from a client before it knows what the client wants: silence, and lines
 * that can be read. Lives on its owner's event loop.
 */
final class HttpLimits {
    /** A connection on which nothing moves is closed after this; the socket has heartbeats. */
    static final int IDLE_SECONDS = 60;

    private static final int BAD_REQUEST = 400;
    private static final int LONG_LINE = 414;
    private static final int LONG_HEADER = 431;

    private final Consumer<FailureCode> refusals;

    /**
     * Limits.
     *
     * @param refusals is told of each request that could not be read
     */
    HttpLimits(Consumer<FailureCode> refusals) {
        this.refusals = refusals;
    }

    /**
     * How a server of a configuration listens. In clear text it speaks HTTP/1.1 only: browsers ask
     * for nothing else, and the library has left a request unanswered in the middle of an upgrade.
     */
    static HttpServerOptions options(WebConfig config) {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setMaxWebSocketMessageSize(WebConfig.MAX_BODY_BYTES)
                .setMaxWebSocketFrameSize(WebConfig.MAX_BODY_BYTES);
    }

    /** Applies to a server that does not listen yet. */
    HttpServer on(HttpServer server) {
        return server.invalidRequestHandler(this::onUnreadable);
    }

    private void onUnreadable(HttpServerRequest request) {
        String why = String.valueOf(request.decoderResult().cause().getMessage());
        int status = status(why);
        FailureCode code = status == BAD_REQUEST ? FailureCode.MALFORMED : FailureCode.TOO_LARGE;
        String sentence =
                switch (status) {
                    case LONG_LINE -> "the first line of the request is too long";
                    case LONG_HEADER -> "the headers of the request are too long";
                    default -> "the request is no HTTP that can be read";
                };
        refusals.accept(code);
        JsonObject document = Problem.document(new Failure(code, sentence)).put("status", status);
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(document.toBuffer())
                .onComplete(sent -> request.connection().close());
    }

    private static int status(String why) {
        if (why.startsWith("An HTTP line is larger than")) {
            return LONG_LINE;
        }
        return why.startsWith("HTTP header is larger than") ? LONG_HEADER : BAD_REQUEST;
    }
}
