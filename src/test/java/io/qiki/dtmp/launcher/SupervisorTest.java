package io.qiki.dtmp.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {
    private static final String ADDRESS = "test.work";

    private final Telemetry telemetry =
            new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics());
    private final List<Long> starts = new CopyOnWriteArrayList<>();
    private final List<Integer> restarts = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusedStarts = new AtomicInteger();
    private volatile boolean neverStops;
    private Vertx vertx;
    private Supervisor supervisor;

    /** Answers "work" and throws at everything else. */
    private final class Worker extends VerticleBase {
        @Override
        public Future<?> start() {
            starts.add(System.nanoTime());
            if (refusedStarts.getAndDecrement() > 0) {
                throw new IllegalStateException("cannot start");
            }
            return vertx.eventBus()
                    .<String>localConsumer(
                            ADDRESS,
                            message -> {
                                if (!message.body().equals("work")) {
                                    throw new IllegalStateException("thrown on purpose");
                                }
                                answers.incrementAndGet();
                            })
                    .completion();
        }

        @Override
        public Future<?> stop() {
            return neverStops ? Promise.promise().future() : Future.succeededFuture();
        }
    }

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        ReferenceCodec.install(vertx.eventBus());
        supervisor =
                new Supervisor(
                        vertx,
                        telemetry,
                        new Watchdog((names, thread, limit) -> {}),
                        (failed, count) -> restarts.add(count));
        get(supervisor.deploy("worker", ComponentFailed.NO_SHARD, Worker::new));
    }

    @AfterEach
    void close() throws Exception {
        neverStops = false;
        get(supervisor.close());
        get(vertx.close());
    }

    private void grace() {
        await().pollDelay(Duration.ofMillis(2 * Supervisor.GRACE_MILLIS)).until(() -> true);
    }

    private void report() {
        vertx.eventBus()
                .publish(
                        Addresses.COMPONENT_FAILED,
                        new ComponentFailed("worker", ComponentFailed.NO_SHARD, "test"));
    }

    @Test
    void shouldDeployAnewWhatThrewThreeTimes() {
        grace();
        vertx.eventBus().publish(ADDRESS, "throw");
        vertx.eventBus().publish(ADDRESS, "throw");
        await().pollDelay(Duration.ofMillis(300)).until(() -> starts.size() == 1);

        vertx.eventBus().publish(ADDRESS, "throw");

        await().until(() -> restarts.equals(List.of(1)));
        assertThat(telemetry.health().ready()).isTrue();
    }

    @Test
    void shouldWaitTwiceAsLongAfterEachFailureAndBeDownMeanwhile() {
        // Given
        grace();
        refusedStarts.set(3);

        // When
        report();
        await().until(() -> starts.size() == 3);
        assertThat(telemetry.health().components().get(0).reason()).contains("cannot start");
        assertThat(telemetry.health().ready()).isFalse();
        await().until(() -> restarts.size() == 1);

        // Then
        for (int i = 2; i < starts.size(); i++) {
            long waited = (starts.get(i) - starts.get(i - 1)) / 1_000_000;
            assertThat(waited).isGreaterThanOrEqualTo(Supervisor.FIRST_WAIT_MILLIS << (i - 1));
        }
        assertThat(starts).hasSize(5);
        assertThat(telemetry.health().ready()).isTrue();
    }

    @Test
    void shouldLeaveAVerticleThatDoesNotStopWithoutAnythingToHear() {
        // Given
        grace();
        neverStops = true;

        // When
        report();
        await().until(() -> restarts.size() == 1);

        // Then only the successor hears
        for (int i = 0; i < 10; i++) {
            vertx.eventBus().publish(ADDRESS, "work");
        }
        await().until(() -> answers.get() >= 10);
        await().during(Duration.ofMillis(200)).until(() -> answers.get() == 10);
    }

    @Test
    void shouldNotDeployTwiceForOneFailure() {
        grace();

        report();
        report();
        await().until(() -> restarts.size() == 1);

        await().during(Duration.ofMillis(300)).until(() -> starts.size() == 2);
    }

    private static <T> void get(Future<T> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
