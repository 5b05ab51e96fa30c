package io.qiki.dtmp.grpc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks every connection now and then whether its caller is still there; one that does not answer is
 * closed, and with it every stream that it held. HTTP/1.1 knows no such question: those connections
 * are left to the server's limit for idle ones.
 */
final class KeepAlive {
    private static final int TOKEN_BYTES = 8;

    private final Vertx vertx;
    private final long limitMillis;
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final long timer;

    /**
     * Begins to ask.
     *
     * @param periodMillis between two questions, ms
     * @param limitMillis that an answer may take, ms, less than the period
     */
    KeepAlive(Vertx vertx, long periodMillis, long limitMillis) {
        this.vertx = vertx;
        this.limitMillis = limitMillis;
        this.timer =
                vertx.setPeriodic(periodMillis, id -> List.copyOf(connections).forEach(this::ask));
    }

    void add(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(closed -> connections.remove(connection));
    }

    int size() {
        return connections.size();
    }

    private void ask(HttpConnection connection) {
        Future<Buffer> answer;
        try {
            answer = connection.ping(Buffer.buffer(new byte[TOKEN_BYTES]));
        } catch (UnsupportedOperationException oldProtocol) {
            connections.remove(connection);
            return;
        }
        long late = vertx.setTimer(limitMillis, id -> connection.close());
        answer.onComplete(answered -> vertx.cancelTimer(late));
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
