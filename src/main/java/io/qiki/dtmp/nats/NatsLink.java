package io.qiki.dtmp.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a NATS server: one connection after the other, each a new one, so that what a
 * connection carried is always the beginning of what was given to it and never has a hole. Whatever
 * waits for the server happens on threads of its own; the owner is told on its own context.
 *
 * @param <P> what has to be found out on a new connection before it is of use
 */
final class NatsLink<P> {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(2);
    private static final int MOST_PINGS = 2;
    private static final int OUTGOING_MESSAGES = 16_384;
    private static final int WORKERS = 4;

    /** The first wait before another attempt, ms. */
    private static final long FIRST_WAIT_MILLIS = 50;

    /** The longest wait, ms: a server that is back is found soon. */
    private static final long LONGEST_WAIT_MILLIS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(NatsLink.class);

    private final Vertx vertx;
    private final Context context;
    private final NatsConfig config;
    private final String name;
    private final Owner<P> owner;
    private final WorkerExecutor workers;
    private Connection connection;
    private String told = "";
    private long generation;
    private long waitMillis = FIRST_WAIT_MILLIS;
    private long timer = -1;
    private boolean closed;

    /** Who uses the way. */
    interface Owner<P> {
        /** Finds out what is needed of a new connection; on a worker, may wait and fail. */
        P prepare(Connection fresh) throws Exception;

        /** A connection is of use. */
        void onUp(Connection fresh, P prepared);

        /** There is none any more, or still none; why, in one sentence. */
        void onDown(String reason);
    }

    /** A way that is not tried yet. To be made on the owner's context. */
    NatsLink(Vertx vertx, NatsConfig config, String name, Owner<P> owner) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.name = name;
        this.owner = owner;
        this.workers = vertx.createSharedWorkerExecutor("qiki-nats-" + name, WORKERS);
    }

    /** Begins to try. */
    void open() {
        long attempt = ++generation;
        workers.executeBlocking(() -> connect(attempt), false)
                .onComplete(
                        fresh -> onConnected(attempt, fresh),
                        cause -> onFailed(attempt, sentence(cause)));
    }

    /** Ends the connection and the trying. */
    Future<Void> close() {
        closed = true;
        generation++;
        vertx.cancelTimer(timer);
        Connection old = connection;
        connection = null;
        return retire(old).transform(gone -> workers.close());
    }

    /** Gives up a connection that is of no use any more and tries for another. */
    void renew(String reason) {
        if (!closed && connection != null) {
            Connection old = connection;
            connection = null;
            generation++;
            retire(old);
            onFailed(generation, reason);
        }
    }

    /** Runs what may wait for the server; the future completes on the owner's context. */
    <R> Future<R> blocking(Callable<R> work) {
        return workers.executeBlocking(work, false);
    }

    private Future<Void> retire(Connection old) {
        if (old == null) {
            return Future.succeededFuture();
        }
        try {
            return workers.executeBlocking(() -> end(old), false);
        } catch (RejectedExecutionException over) {
            // An attempt that came through after the end: its connection must not stay.
            new Thread(() -> end(old), "nats-end").start();
            return Future.succeededFuture();
        }
    }

    private static Void end(Connection old) {
        try {
            old.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private Fresh<P> connect(long attempt) throws Exception {
        AtomicReference<String> refusal = new AtomicReference<>("");
        Connection fresh = Nats.connect(options(attempt, refusal));
        try {
            return new Fresh<>(fresh, owner.prepare(fresh));
        } catch (Exception e) {
            fresh.close();
            throw refusal.get().isEmpty()
                    ? e
                    : new IOException(sentence(e) + " (the server says: " + refusal.get() + ")", e);
        }
    }

    private record Fresh<P>(Connection connection, P prepared) {}

    private Options options(long attempt, AtomicReference<String> refusal)
            throws IOException, GeneralSecurityException {
        Options.Builder options =
                Options.builder()
                        .servers(config.urls().toArray(String[]::new))
                        .connectionName(name)
                        .maxReconnects(0)
                        .connectionTimeout(CONNECT_LIMIT)
                        .pingInterval(PING_INTERVAL)
                        .maxPingsOut(MOST_PINGS)
                        .maxMessagesInOutgoingQueue(OUTGOING_MESSAGES)
                        .connectionListener(new Closing(attempt))
                        .errorListener(new Refusals(refusal));
        config.login().addTo(options, System.getenv());
        if (config.tls().present()) {
            options.sslContext(TlsContext.of(config.tls()));
        }
        return options.build();
    }

    private void onConnected(long attempt, Fresh<P> fresh) {
        if (attempt != generation) {
            retire(fresh.connection());
            return;
        }
        if (fresh.connection().getStatus() != Connection.Status.CONNECTED) {
            retire(fresh.connection());
            onFailed(attempt, "the server closed the connection at once");
            return;
        }
        connection = fresh.connection();
        waitMillis = FIRST_WAIT_MILLIS;
        told = "";
        LOG.info("connected to NATS at {}", fresh.connection().getConnectedUrl());
        owner.onUp(fresh.connection(), fresh.prepared());
    }

    private void onFailed(long attempt, String reason) {
        if (closed || attempt != generation) {
            return;
        }
        connection = null;
        if (!reason.equals(told)) {
            told = reason;
            LOG.warn("no NATS: {}", reason);
        }
        owner.onDown(reason);
        long jitter = ThreadLocalRandom.current().nextLong(1 + waitMillis / 4);
        timer = vertx.setTimer(waitMillis + jitter, id -> open());
        waitMillis = Math.min(LONGEST_WAIT_MILLIS, 2 * waitMillis);
    }

    private static String sentence(Throwable cause) {
        if (cause instanceof AuthenticationException) {
            return "the server refuses the login: " + cause.getMessage();
        }
        String text = cause.getMessage();
        return text == null || text.isBlank() ? cause.getClass().getSimpleName() : text;
    }

    /** Tells the owner's context of the end of a connection. */
    private final class Closing implements ConnectionListener {
        private final long attempt;

        Closing(long attempt) {
            this.attempt = attempt;
        }

        @Override
        @SuppressWarnings("deprecation")
        public void connectionEvent(Connection which, Events type) {
            if (type == Events.CLOSED || type == Events.DISCONNECTED) {
                context.runOnContext(
                        turn -> {
                            if (connection == which) {
                                retire(which);
                                onFailed(attempt, "the connection to the server broke");
                            }
                        });
            }
        }
    }

    /** Remembers what the server last complained of. */
    private record Refusals(AtomicReference<String> last) implements ErrorListener {
        @Override
        public void errorOccurred(Connection which, String error) {
            last.set(error);
            LOG.debug("NATS says: {}", error);
        }
    }
}
