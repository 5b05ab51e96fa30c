package io.qiki.dtmp.launcher;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys the verticles of a process and deploys those anew that fail: somebody reported it, or
 * {@value #FAILURES_IN_A_ROW} turns of it threw within {@value #ROW_MILLIS} ms. Between two
 * attempts it waits, each time twice as long, within bounds; a verticle that does not start or stop
 * in time is not waited for. Lives on one event loop.
 */
final class Supervisor {
    /** The first wait, ms: long enough for what is under way to end. */
    static final long FIRST_WAIT_MILLIS = 100;

    /** The longest wait, ms: an operator should not wait longer after mending the cause. */
    static final long LONGEST_WAIT_MILLIS = 5_000;

    /** After so long without a failure the next wait is the first again, ms. */
    static final long GOOD_MILLIS = 60_000;

    /** A verticle that has not started by then never will, ms. */
    static final long START_MILLIS = 10_000;

    /** A verticle that has not stopped by then is left to itself; it hears nothing any more, ms. */
    static final long STOP_MILLIS = 1_000;

    /** What is reported so soon after a start was said of the predecessor, ms. */
    static final long GRACE_MILLIS = 50;

    private static final int FAILURES_IN_A_ROW = 3;
    private static final long ROW_MILLIS = 3_000;
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Vertx vertx;
    private final Context context;
    private final Telemetry telemetry;
    private final Watchdog watchdog;
    private final BiConsumer<ComponentFailed, Integer> restarted;
    private final Map<String, Post> posts = new LinkedHashMap<>();
    private boolean closing;

    /**
     * A supervisor of nothing yet.
     *
     * @param restarted is told of every restart: what failed, and which restart of it this is
     */
    Supervisor(
            Vertx vertx,
            Telemetry telemetry,
            Watchdog watchdog,
            BiConsumer<ComponentFailed, Integer> restarted) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.telemetry = telemetry;
        this.watchdog = watchdog;
        this.restarted = restarted;
        vertx.eventBus()
                .<ComponentFailed>localConsumer(
                        Addresses.COMPONENT_FAILED,
                        message -> context.runOnContext(turn -> onFailed(message.body())));
    }

    /** A verticle and how it has fared. */
    private final class Post {
        private final String component;
        private final int shard;
        private final Supplier<Deployable> maker;
        private Optional<String> deployment = Optional.empty();
        private boolean restarting;
        private long waitMillis = FIRST_WAIT_MILLIS;
        private long lastFailure;
        private long lastStart;
        private int restarts;
        private int thrown;
        private long firstThrown;

        Post(String component, int shard, Supplier<Deployable> maker) {
            this.component = component;
            this.shard = shard;
            this.maker = maker;
        }

        private void onThrown(Throwable cause) {
            LOG.error("{} failed", name(component, shard), cause);
            long now = System.nanoTime();
            if (thrown == 0 || now - firstThrown > ROW_MILLIS * 1_000_000) {
                thrown = 0;
                firstThrown = now;
            }
            thrown++;
            if (thrown >= FAILURES_IN_A_ROW) {
                thrown = 0;
                onFailed(new ComponentFailed(component, shard, String.valueOf(cause)));
            }
        }
    }

    /** Deploys a component for the first time; a failure is the caller's. */
    Future<Void> deploy(String component, int shard, Supplier<Deployable> maker) {
        Post post = new Post(component, shard, maker);
        Promise<Void> done = Promise.promise();
        context.runOnContext(
                turn -> {
                    posts.put(name(component, shard), post);
                    deploy(post).onComplete(done);
                });
        return done.future();
    }

    private Future<Void> deploy(Post post) {
        return vertx.deployVerticle(new Watched(post, post.maker.get()))
                .onSuccess(
                        id -> {
                            post.deployment = Optional.of(id);
                            post.lastStart = System.nanoTime();
                            post.restarting = false;
                            telemetry.health().up(post.component, post.shard);
                        })
                .mapEmpty();
    }

    private void onFailed(ComponentFailed failed) {
        Post post = posts.get(name(failed.component(), failed.shard()));
        long now = System.nanoTime();
        if (post == null
                || post.restarting
                || closing
                || now - post.lastStart < GRACE_MILLIS * 1_000_000) {
            return;
        }
        post.restarting = true;
        post.thrown = 0;
        telemetry.health().down(post.component, post.shard, failed.cause());
        if (now - post.lastFailure > GOOD_MILLIS * 1_000_000) {
            post.waitMillis = FIRST_WAIT_MILLIS;
        }
        post.lastFailure = now;
        LOG.warn("{} is restarted: {}", name(post.component, post.shard), failed.cause());
        undeploy(post).onComplete(gone -> again(post, failed));
    }

    private void again(Post post, ComponentFailed failed) {
        long wait = post.waitMillis;
        post.waitMillis = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        vertx.setTimer(
                wait,
                id -> {
                    if (closing) {
                        return;
                    }
                    deploy(post)
                            .onSuccess(
                                    done -> {
                                        post.restarts++;
                                        telemetry
                                                .metrics()
                                                .counter(
                                                        MetricNames.RESTARTS,
                                                        "component",
                                                        post.component)
                                                .accept(1);
                                        restarted.accept(failed, post.restarts);
                                    })
                            .onFailure(
                                    cause -> {
                                        telemetry
                                                .health()
                                                .down(
                                                        post.component,
                                                        post.shard,
                                                        "does not start: " + cause.getMessage());
                                        again(post, failed);
                                    });
                });
    }

    private Future<Void> undeploy(Post post) {
        Optional<String> deployment = post.deployment;
        post.deployment = Optional.empty();
        return deployment
                .map(id -> vertx.undeploy(id).otherwiseEmpty())
                .orElse(Future.succeededFuture());
    }

    /** Undeploys everything, the last deployed first, and restarts nothing any more. */
    Future<Void> close() {
        Promise<Void> done = Promise.promise();
        context.runOnContext(
                turn -> {
                    closing = true;
                    Deque<Post> backwards = new ArrayDeque<>();
                    posts.values().forEach(backwards::push);
                    Future<Void> undone = Future.succeededFuture();
                    for (Post post : backwards) {
                        undone = undone.transform(before -> undeploy(post));
                    }
                    undone.onComplete(done);
                });
        return done.future();
    }

    private static String name(String component, int shard) {
        return shard == ComponentFailed.NO_SHARD ? component : component + " of shard " + shard;
    }

    /** A verticle whose turns are watched. */
    private final class Watched implements Deployable {
        private final Post post;
        private final Deployable verticle;

        Watched(Post post, Deployable verticle) {
            this.post = post;
            this.verticle = verticle;
        }

        @Override
        public Future<?> deploy(Context own) throws Exception {
            String name = name(post.component, post.shard);
            watchdog.add(name, own, Watchdog.STARTING_MILLIS);
            own.exceptionHandler(cause -> context.runOnContext(turn -> post.onThrown(cause)));
            Promise<Void> started = Promise.promise();
            long timer =
                    vertx.setTimer(
                            START_MILLIS,
                            id -> started.tryFail("has not started in " + START_MILLIS + " ms"));
            Future<?> starting = begin(own);
            starting.onComplete(
                    done -> {
                        vertx.cancelTimer(timer);
                        if (done.failed()) {
                            started.tryFail(done.cause());
                        } else if (started.tryComplete()) {
                            watchdog.add(name, own, Watchdog.LIMIT_MILLIS);
                        }
                    });
            return started.future().onFailure(cause -> watchdog.remove(own));
        }

        private Future<?> begin(Context own) {
            try {
                return verticle.deploy(own);
            } catch (Exception refused) {
                return Future.failedFuture(refused);
            }
        }

        /** Once this is over Vert.x takes its handlers away, whatever the verticle still does. */
        @Override
        public Future<?> undeploy(Context own) {
            watchdog.remove(own);
            Promise<Void> over = Promise.promise();
            long timer =
                    vertx.setTimer(
                            STOP_MILLIS,
                            id -> {
                                LOG.warn("{} does not stop", name(post.component, post.shard));
                                over.tryComplete();
                            });
            Future<?> stopping;
            try {
                stopping = verticle.undeploy(own);
            } catch (Exception thrown) {
                stopping = Future.failedFuture(thrown);
            }
            stopping.onComplete(
                    done -> {
                        vertx.cancelTimer(timer);
                        over.tryComplete();
                    });
            return over.future();
        }
    }
}
