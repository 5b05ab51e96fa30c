package io.qiki.dtmp.stress;

import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.store.StoreLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The store under load, on the bus and in process, as a program: one line per burden, exit 1 when
 * one of them is not borne. Bounded in count; the caller bounds the time and the memory.
 */
public final class StoreStress implements AutoCloseable {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final int WRITES = 1_000;
    private static final int WRITERS = 30;
    private static final int WRITES_EACH = 50;
    private static final int SUBSCRIBERS = 200;
    private static final int GETS = 5_000;
    private static final int MANY_WRITES = 1_000_000;
    private static final long SLACK_BYTES = 4L << 20;
    private static final long PATIENCE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final StateStoreClient client = new StateStoreClient(vertx);
    private final long epoch;

    private StoreStress() throws Exception {
        ReferenceCodec.install(vertx.eventBus());
        await(vertx.deployVerticle(new StateStoreVerticle(new StateStore(StoreLimits.DEFAULT))));
        epoch = await(client.acquire(TWIN, "stress", 0)).epoch();
    }

    /** Everything, one after the other. */
    public static void main(String[] arguments) throws Exception {
        try (StoreStress stress = new StoreStress()) {
            stress.writeInSequence();
            stress.writeAtOnce();
            stress.subscribe();
            stress.getAtOnce();
        }
        writeAMillion();
    }

    private static FsmSnapshot snapshot(long number) {
        FsmState state = number % 2 == 0 ? FsmState.IDLE : FsmState.ACTIVE;
        Activity activity = number % 2 == 0 ? Activity.NONE : Activity.CRUISE;
        FsmState from = number % 2 == 0 ? FsmState.ACTIVE : FsmState.IDLE;
        Activity fromActivity = number % 2 == 0 ? Activity.CRUISE : Activity.NONE;
        return new FsmSnapshot(
                state,
                activity,
                SafeModeReason.NONE,
                new Transition(from, fromActivity, state, activity, "STRESS", number),
                number);
    }

    private void writeInSequence() throws Exception {
        long before = version();
        for (int i = 1; i <= WRITES; i++) {
            StateAck ack =
                    await(
                                    client.commit(
                                            List.of(
                                                    new StateCommit(
                                                            TWIN,
                                                            epoch,
                                                            i,
                                                            before + i - 1,
                                                            snapshot(i)))))
                            .get(0);
            check(ack.accepted(), "write " + i + ": " + ack);
        }
        check(version() == before + WRITES, "version " + version());
        System.out.println("sequential writes " + WRITES + " version " + version());
    }

    /** Every writer reads the version, writes, and tries again when another was faster. */
    private void writeAtOnce() throws Exception {
        long before = version();
        AtomicLong ticks = new AtomicLong(WRITES);
        AtomicLong conflicts = new AtomicLong();
        List<Future<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(write(WRITES_EACH, before, ticks, conflicts));
        }
        await(Future.all(writers));
        long expected = before + (long) WRITERS * WRITES_EACH;
        check(version() == expected, "version " + version() + ", expected " + expected);
        check(conflicts.get() > 0, "writers at once must have met");
        System.out.println(
                "writers " + WRITERS + " x " + WRITES_EACH + " conflicts " + conflicts.get());
    }

    private Future<Void> write(int left, long version, AtomicLong ticks, AtomicLong conflicts) {
        if (left == 0) {
            return Future.succeededFuture();
        }
        long tick = ticks.incrementAndGet();
        return client.commit(List.of(new StateCommit(TWIN, epoch, tick, version, snapshot(tick))))
                .compose(
                        acks -> {
                            StateAck ack = acks.get(0);
                            if (ack.accepted()) {
                                return write(left - 1, ack.version(), ticks, conflicts);
                            }
                            conflicts.incrementAndGet();
                            boolean again =
                                    ack.code() == FailureCode.STORE_VERSION_CONFLICT
                                            || ack.code() == FailureCode.STORE_STALE_TICK;
                            return again
                                    ? write(left, ack.version(), ticks, conflicts)
                                    : Future.failedFuture(ack.toString());
                        });
    }

    /** A third reads at once, a third slowly, a third leaves before anything happens. */
    private void subscribe() throws Exception {
        AtomicLongArray newest = new AtomicLongArray(SUBSCRIBERS);
        AtomicLong missed = new AtomicLong();
        List<CreditInlet<StoredState>> inlets = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            int place = i;
            CreditInlet<StoredState> inlet =
                    client.changes(
                            (state, lost) -> {
                                if (place % 3 == 1) {
                                    spin();
                                }
                                newest.set(place, state.version());
                                missed.addAndGet(lost);
                            });
            await(inlet.open());
            inlets.add(inlet);
        }
        for (int i = 2; i < SUBSCRIBERS; i += 3) {
            await(inlets.get(i).close());
        }
        long version = version();
        for (int i = 1; i <= WRITES; i++) {
            long tick = 1_000_000L + i;
            check(
                    await(
                                    client.commit(
                                            List.of(
                                                    new StateCommit(
                                                            TWIN,
                                                            epoch,
                                                            tick,
                                                            version + i - 1,
                                                            snapshot(tick)))))
                            .get(0)
                            .accepted(),
                    "write with subscribers " + i);
        }
        long last = version();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        int behind = SUBSCRIBERS;
        while (behind > 0 && System.nanoTime() < deadline) {
            behind = 0;
            for (int i = 0; i < SUBSCRIBERS; i++) {
                behind += i % 3 != 2 && newest.get(i) != last ? 1 : 0;
            }
        }
        check(behind == 0, behind + " subscribers did not come to version " + last);
        for (CreditInlet<StoredState> inlet : inlets) {
            await(inlet.close());
        }
        System.out.println("subscribers " + SUBSCRIBERS + " missed " + missed.get());
    }

    private static void spin() {
        long end = System.nanoTime() + 20_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void getAtOnce() throws Exception {
        List<Future<StateStoreClient.StateAndHistory>> gets = new ArrayList<>();
        for (int i = 0; i < GETS; i++) {
            gets.add(client.state(TWIN, 1));
        }
        await(Future.all(gets));
        long version = version();
        for (Future<StateStoreClient.StateAndHistory> get : gets) {
            check(get.result().state().version() == version, "a get of an old version");
        }
        System.out.println("gets at once " + GETS);
    }

    /** In process, without the bus: the history is bounded, so nothing may grow. */
    private static void writeAMillion() {
        StateStore store = new StateStore(StoreLimits.DEFAULT);
        long epoch = store.acquire(TWIN, "stress", 0).epoch();
        long early = 0;
        for (int i = 1; i <= MANY_WRITES; i++) {
            StateAck ack = store.commit(new StateCommit(TWIN, epoch, i, i - 1, snapshot(i)));
            check(ack.accepted() && ack.version() == i, "write " + ack);
            if (i == MANY_WRITES / 10) {
                early = used();
            }
        }
        long grown = used() - early;
        check(grown <= SLACK_BYTES, "the heap grew by " + grown + " bytes");
        check(
                store.history(TWIN, Integer.MAX_VALUE).transitions().size()
                        == StoreLimits.DEFAULT.history(),
                "history");
        System.out.println("writes " + MANY_WRITES + " grown " + grown / 1024 + " KiB");
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private long version() throws Exception {
        return await(client.state(TWIN, 1)).state().version();
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    /** The command that runs this in a Java of its own. */
    static List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        Collections.addAll(command, options);
        Collections.addAll(
                command, "-cp", System.getProperty("java.class.path"), StoreStress.class.getName());
        return command;
    }
}
