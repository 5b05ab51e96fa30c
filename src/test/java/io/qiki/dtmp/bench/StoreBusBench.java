package io.qiki.dtmp.bench;

import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.store.StoreLimits;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The state store as the agents and its readers meet it: on the event bus. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreBusBench {
    static final List<Figure> FIGURES =
            List.of(
                    Figure.of("busCommit", "bus-commit-batch-1000", "commits/s"),
                    Figure.of("busGet", "bus-get", "reads/s"),
                    delivered(1),
                    delivered(10),
                    delivered(100));

    private static final int TWINS = 1_000;
    private static final int BURST = 100;

    /** A store on the bus. */
    @State(Scope.Benchmark)
    public static class OnTheBus {
        final Vertx vertx = Vertx.vertx();
        final StateStoreClient client = new StateStoreClient(vertx);
        final List<TwinId> twins = new ArrayList<>();
        long version;

        /** Deploys it and acquires the twins. */
        @Setup
        public void open() {
            ReferenceCodec.install(vertx.eventBus());
            get(vertx.deployVerticle(new StateStoreVerticle(new StateStore(StoreLimits.DEFAULT))));
            for (int i = 0; i < TWINS; i++) {
                twins.add(new TwinId("qiki-" + (i + 1)));
                get(client.acquire(twins.get(i), "bench", 0));
            }
        }

        /** Closes it. */
        @TearDown
        public void close() {
            get(vertx.close());
        }
    }

    /** Readers, each on an event loop, and one twin. */
    @State(Scope.Benchmark)
    public static class Delivery {
        /** How many read. */
        @Param({"1", "10", "100"})
        public int subscribers;

        final Vertx vertx = Vertx.vertx();
        final StateStoreClient client = new StateStoreClient(vertx);
        final TwinId twin = new TwinId("qiki-1");
        final AtomicLong missed = new AtomicLong();
        final Phaser burst = new Phaser(1);
        long version;

        /** Subscribes everybody. */
        @Setup
        public void open() {
            ReferenceCodec.install(vertx.eventBus());
            get(vertx.deployVerticle(new StateStoreVerticle(new StateStore(StoreLimits.DEFAULT))));
            get(client.acquire(twin, "bench", 0));
            burst.bulkRegister(subscribers);
            for (int i = 0; i < subscribers; i++) {
                get(vertx.deployVerticle(new Reader(this)));
            }
            burst.arriveAndAwaitAdvance();
        }

        /** Every version must have reached everybody. */
        @TearDown
        public void nothingMissed() {
            get(vertx.close());
            if (missed.get() != 0) {
                throw new IllegalStateException(missed + " versions were missed");
            }
        }
    }

    /** Reports each full burst; the first state it is greeted with counts as one. */
    private static final class Reader extends VerticleBase {
        private final Delivery delivery;

        Reader(Delivery delivery) {
            this.delivery = delivery;
        }

        @Override
        public Future<?> start() {
            return delivery.client.changes(this::onState).open();
        }

        private void onState(StoredState state, long replaced) {
            delivery.missed.addAndGet(replaced);
            if (state.version() % BURST == 0) {
                delivery.burst.arrive();
            }
        }
    }

    /** A change of every twin in one message, acknowledged. */
    @Benchmark
    @OperationsPerInvocation(TWINS)
    public List<StateAck> busCommit(OnTheBus bus) {
        List<StateCommit> commits = new ArrayList<>(TWINS);
        for (TwinId twin : bus.twins) {
            commits.add(
                    new StateCommit(
                            twin, 1, bus.version + 1, bus.version, StoreBench.state(bus.version)));
        }
        bus.version++;
        return accepted(get(bus.client.commit(commits)));
    }

    /** One state after the other, each asked for and answered. */
    @Benchmark
    public StoredState busGet(OnTheBus bus) {
        return get(bus.client.state(bus.twins.get(0), 1)).state();
    }

    /** Changes that everybody has read before the next burst. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int busDelivered(Delivery delivery) {
        List<StateCommit> commits = new ArrayList<>(BURST);
        for (int i = 0; i < BURST; i++) {
            commits.add(
                    new StateCommit(
                            delivery.twin,
                            1,
                            delivery.version + 1,
                            delivery.version,
                            StoreBench.state(delivery.version)));
            delivery.version++;
        }
        accepted(get(delivery.client.commit(commits)));
        return delivery.burst.arriveAndAwaitAdvance();
    }

    private static List<StateAck> accepted(List<StateAck> acks) {
        for (StateAck ack : acks) {
            if (ack.code() != FailureCode.NONE) {
                throw new IllegalStateException(ack.twin() + " refused with " + ack.code());
            }
        }
        return acks;
    }

    private static Figure delivered(int subscribers) {
        return Figure.of("busDelivered", "bus-delivered-" + subscribers, "commits/s")
                .at("subscribers=" + subscribers);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("no answer on the bus", e);
        }
    }
}
