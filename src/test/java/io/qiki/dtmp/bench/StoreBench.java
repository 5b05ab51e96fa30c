package io.qiki.dtmp.bench;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.store.Subscription;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** The state store in process: commits that change, reads, and delivery to those who keep up. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgs = "-Xmx1g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreBench {
    static final List<Figure> FIGURES =
            List.of(
                    Figure.of("commit", "commit", "commits/s")
                            .target(10e6)
                            .beside("the original's set without subscribers (818 k/s)", 818e3),
                    Figure.of("heartbeat", "heartbeat", "commits/s"),
                    Figure.of("get", "get", "reads/s")
                            .beside("the original's get (2.16 M/s)", 2.16e6),
                    delivered(1, 179e3),
                    delivered(10, 47.5e3),
                    delivered(100, 5.9e3).target(200e3));

    private static final int TWINS = 1_000;
    private static final FsmSnapshot BORN = FsmSnapshot.coldStart();
    private static final FsmSnapshot IDLE = idle();
    private static final FsmSnapshot ACTIVE = active();

    /** A store with every twin acquired. */
    @State(Scope.Thread)
    public static class Fleet {
        final StateStore store = new StateStore(StoreLimits.DEFAULT);
        final TwinId[] twins = new TwinId[TWINS];
        long tick;
        long version;

        /** Acquires the twins. */
        @Setup
        public void acquire() {
            for (int i = 0; i < TWINS; i++) {
                twins[i] = new TwinId("qiki-" + (i + 1));
                store.acquire(twins[i], "bench", 0);
            }
        }
    }

    /** One twin and readers who poll whenever they are told. */
    @State(Scope.Thread)
    public static class Delivery {
        /** How many read. */
        @Param({"1", "10", "100"})
        public int subscribers;

        final StateStore store = new StateStore(StoreLimits.DEFAULT);
        final TwinId twin = new TwinId("qiki-1");
        final Subscription[] readers = new Subscription[100];
        long version;
        long seen;

        /** Subscribes everybody. */
        @Setup
        public void subscribe() {
            store.acquire(twin, "bench", 0);
            for (int i = 0; i < subscribers; i++) {
                int reader = i;
                readers[i] = store.subscribe("reader-" + i, twin, () -> drain(readers[reader]));
                drain(readers[i]);
            }
        }

        /** Every version must have reached everybody. */
        @TearDown
        public void nothingMissed() {
            if (store.metrics().conflated() != 0
                    || store.metrics().deliveries() != (version + 1) * subscribers) {
                throw new IllegalStateException("a subscriber missed a version");
            }
        }

        private void drain(Subscription reader) {
            while (reader.hasPending()) {
                seen += reader.poll().orElseThrow().state().version();
            }
        }
    }

    /** A change of every twin, with its transition kept. */
    @Benchmark
    @OperationsPerInvocation(TWINS)
    public void commit(Fleet fleet, Blackhole hole) {
        FsmSnapshot next = state(fleet.version);
        fleet.tick++;
        for (TwinId twin : fleet.twins) {
            hole.consume(accepted(fleet.store, twin, fleet.tick, fleet.version, next));
        }
        fleet.version++;
    }

    /** An equal snapshot of every twin: what most ticks commit. */
    @Benchmark
    @OperationsPerInvocation(TWINS)
    public void heartbeat(Fleet fleet, Blackhole hole) {
        fleet.tick++;
        for (TwinId twin : fleet.twins) {
            hole.consume(accepted(fleet.store, twin, fleet.tick, 0, BORN));
        }
    }

    /** The current state of every twin. */
    @Benchmark
    @OperationsPerInvocation(TWINS)
    public void get(Fleet fleet, Blackhole hole) {
        for (TwinId twin : fleet.twins) {
            StoredState state = fleet.store.get(twin).orElseThrow();
            hole.consume(state);
        }
    }

    /** A change that every subscriber takes before the next one. */
    @Benchmark
    public StateAck delivered(Delivery delivery) {
        FsmSnapshot next = state(delivery.version);
        StateAck ack =
                accepted(
                        delivery.store,
                        delivery.twin,
                        delivery.version + 1,
                        delivery.version,
                        next);
        delivery.version++;
        return ack;
    }

    private static StateAck accepted(
            StateStore store, TwinId twin, long tick, long version, FsmSnapshot snapshot) {
        StateAck ack = store.commit(new StateCommit(twin, 1, tick, version, snapshot));
        if (!ack.accepted()) {
            throw new IllegalStateException(twin + " refused with " + ack.code());
        }
        return ack;
    }

    private static Figure delivered(int subscribers, double original) {
        return Figure.of("delivered", "delivered-" + subscribers, "commits/s")
                .at("subscribers=" + subscribers)
                .beside("the original's set, delivered to " + subscribers, original);
    }

    /** Another snapshot than the one before, at every version. */
    static FsmSnapshot state(long version) {
        return (version & 1) == 0 ? IDLE : ACTIVE;
    }

    private static FsmSnapshot idle() {
        return snapshot(
                new Transition(
                        FsmState.ACTIVE,
                        Activity.CRUISE,
                        FsmState.IDLE,
                        Activity.NONE,
                        "NO_PROPOSALS",
                        1),
                1);
    }

    private static FsmSnapshot active() {
        return snapshot(
                new Transition(
                        FsmState.IDLE,
                        Activity.NONE,
                        FsmState.ACTIVE,
                        Activity.CRUISE,
                        "PROPOSALS_RECEIVED",
                        2),
                2);
    }

    private static FsmSnapshot snapshot(Transition last, long transitions) {
        return new FsmSnapshot(
                last.to(), last.toActivity(), SafeModeReason.NONE, last, transitions);
    }
}
