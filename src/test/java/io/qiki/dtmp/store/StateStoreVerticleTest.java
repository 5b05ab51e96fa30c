package io.qiki.dtmp.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store on the bus: writers, a verticle that goes and comes, readers fast and slow. */
@Timeout(60)
class StateStoreVerticleTest {
    private static final TwinId ONE = Snapshots.ONE;
    private static final TwinId TWO = Snapshots.TWO;
    private static final int LESS_THAN_A_WINDOW = 200;

    private final StateStore store = new StateStore(StoreLimits.DEFAULT);
    private Vertx vertx;
    private StateStoreClient client;
    private String deployment;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        ReferenceCodec.install(vertx.eventBus());
        client = new StateStoreClient(vertx);
        deploy();
    }

    @AfterEach
    void close() throws Exception {
        get(vertx.close());
    }

    @Test
    void shouldFenceOffTheOlderWriter() throws Exception {
        // Given
        long older = get(client.acquire(ONE, "older", 0)).epoch();
        long newer = get(client.acquire(ONE, "newer", 0)).epoch();

        // When both write
        List<StateAck> acks =
                get(
                        client.commit(
                                List.of(
                                        new StateCommit(ONE, older, 1, 0, Snapshots.after(1, 1)),
                                        new StateCommit(ONE, newer, 1, 0, Snapshots.after(2, 2)))));

        // Then
        assertThat(acks)
                .extracting(StateAck::code)
                .containsExactly(FailureCode.STORE_FENCED, FailureCode.NONE);
        assertThat(get(client.state(ONE, 8)).state().snapshot()).isEqualTo(Snapshots.after(2, 2));
    }

    @Test
    void shouldJudgeTheTwinsOfABatchEachByItself() throws Exception {
        long one = get(client.acquire(ONE, "writer", 0)).epoch();
        long two = get(client.acquire(TWO, "writer", 0)).epoch();

        List<StateAck> acks =
                get(
                        client.commit(
                                List.of(
                                        new StateCommit(ONE, one, 1, 7, Snapshots.after(1, 1)),
                                        new StateCommit(TWO, two, 1, 0, Snapshots.after(1, 1)))));

        assertThat(acks)
                .containsExactly(
                        new StateAck(ONE, FailureCode.STORE_VERSION_CONFLICT, one, 0),
                        new StateAck(TWO, FailureCode.NONE, two, 1));
    }

    @Test
    void shouldLoseNothingWhenItsVerticleGoesAndComes() throws Exception {
        // Given a reader and a state
        List<StoredState> read = new CopyOnWriteArrayList<>();
        CreditInlet<StoredState> inlet = client.changes((state, missed) -> read.add(state));
        get(inlet.open());
        long epoch = get(client.acquire(ONE, "writer", 0)).epoch();
        get(client.commit(List.of(new StateCommit(ONE, epoch, 1, 0, Snapshots.after(1, 1)))));
        await().until(() -> version(read) == 1);

        // When the verticle goes
        get(vertx.undeploy(deployment));
        StateCommit next = new StateCommit(ONE, epoch, 2, 1, Snapshots.after(2, 2));

        // Then the writer is told so
        assertThatThrownBy(() -> get(client.commit(List.of(next))))
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailed.class,
                        failed ->
                                assertThat(failed.failure().code())
                                        .isEqualTo(FailureCode.STORE_UNAVAILABLE));

        // And when another one comes, it goes on where it was, for writer and reader alike
        deploy();
        assertThat(get(client.commit(List.of(next))))
                .containsExactly(new StateAck(ONE, FailureCode.NONE, epoch, 2));
        await().until(() -> version(read) == 2);
        assertThat(store.metrics().subscribers()).isEqualTo(1);
        get(inlet.close());
    }

    @Test
    void shouldServeTheFastAndKeepTheNewestForTheSlow() throws Exception {
        // Given a reader that stands still at its first state, and one that does not
        Reader fast = new Reader(false);
        Reader slow = new Reader(true);
        get(vertx.deployVerticle(fast, worker()));
        get(vertx.deployVerticle(slow, worker()));
        long epoch = get(client.acquire(ONE, "writer", 0)).epoch();
        await().until(() -> fast.read.size() == 1 && slow.began.getCount() == 0);

        // When far more is written than may be on its way
        int last = 2_000;
        for (int version = 0; version < last; version++) {
            StateCommit commit =
                    new StateCommit(
                            ONE,
                            epoch,
                            version + 1,
                            version,
                            Snapshots.after(version + 1, version + 1));
            get(client.commit(List.of(commit)));
            long written = version + 1L;
            if (written % LESS_THAN_A_WINDOW == 0) {
                await().until(() -> version(fast.read) == written);
            }
        }

        // Then the fast one has seen every version
        assertThat(fast.read).hasSize(last + 1);
        assertThat(fast.missed.get()).isZero();

        // And the slow one, once it goes on, ends on the newest and knows what it missed
        slow.mayGo.countDown();
        await().until(() -> version(slow.read) == last);
        assertThat(slow.missed.get()).isPositive();
        assertThat(slow.read.size() + slow.missed.get()).isEqualTo(last + 1L);
        assertThat(slow.read).extracting(StoredState::version).isSorted().doesNotHaveDuplicates();
    }

    private void deploy() throws Exception {
        deployment = get(vertx.deployVerticle(new StateStoreVerticle(store)));
    }

    private static DeploymentOptions worker() {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    }

    private static long version(List<StoredState> read) {
        return read.isEmpty() ? -1 : read.get(read.size() - 1).version();
    }

    private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer within 20 s", e);
        }
    }

    /** Reads every state; a slow one stands still at the first until it may go. */
    private final class Reader extends VerticleBase {
        final List<StoredState> read = new CopyOnWriteArrayList<>();
        final AtomicLong missed = new AtomicLong();
        final CountDownLatch began = new CountDownLatch(1);
        final CountDownLatch mayGo;

        Reader(boolean slow) {
            mayGo = new CountDownLatch(slow ? 1 : 0);
        }

        @Override
        public Future<?> start() {
            return client.changes(this::onState).open();
        }

        private void onState(StoredState state, long replaced) {
            read.add(state);
            missed.addAndGet(replaced);
            began.countDown();
            try {
                mayGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
