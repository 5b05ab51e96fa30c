package io.qiki.dtmp.store;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * Asks the state store of this process. Futures complete on the caller's context and fail with
 * {@code RequestFailed}: store.unavailable when it does not answer.
 */
public final class StateStoreClient {
    /** An answer later than this counts as none, ms: the store answers within microseconds. */
    public static final long LIMIT_MILLIS = 1_000;

    /**
     * The same for a writer, ms: below the least deadline of the agents, so that they tick on in
     * time while the store is silent.
     */
    public static final long COMMIT_LIMIT_MILLIS = 150;

    /** A writer that does not live by the clock waits as long as it takes: a day, ms. */
    private static final long PATIENT_LIMIT_MILLIS = 86_400_000;

    private static final int WINDOW = 256;

    private final Vertx vertx;
    private final long commitLimitMillis;

    /** A client of the process's store. */
    public StateStoreClient(Vertx vertx) {
        this(vertx, COMMIT_LIMIT_MILLIS);
    }

    private StateStoreClient(Vertx vertx, long commitLimitMillis) {
        this.vertx = vertx;
        this.commitLimitMillis = commitLimitMillis;
    }

    /** The same for a writer in lockstep, which waits for its commits as long as they take. */
    public static StateStoreClient patient(Vertx vertx) {
        return new StateStoreClient(vertx, PATIENT_LIMIT_MILLIS);
    }

    /** Judges commits one by one; gives an outcome per commit, in their order. */
    public Future<List<StateAck>> commit(List<StateCommit> commits) {
        Future<Object> answer =
                request(Addresses.STORE_COMMIT, new CommitBatch(commits), commitLimitMillis);
        return typed(answer, AckBatch.class).map(AckBatch::acks);
    }

    /**
     * Makes a writer the only one of a twin.
     *
     * @param floor highest epoch the simulator has seen of this twin
     * @return the state to go on from; its epoch is the writer's
     */
    public Future<StoredState> acquire(TwinId twin, String writer, long floor) {
        Future<Object> answer =
                request(
                        Addresses.STORE_ACQUIRE,
                        new Acquire(twin, writer, floor),
                        commitLimitMillis);
        return typed(answer, StoredState.class);
    }

    /**
     * The state of a twin with its newest transitions. Fails with request.not-found.
     *
     * @param limit most transitions to give
     */
    public Future<StateAndHistory> state(TwinId twin, int limit) {
        return request(Addresses.STORE_STATE, new Query(twin, limit));
    }

    /** The states of all twins, in the order of their first acquire. */
    public Future<List<StoredState>> states() {
        Future<StateList> answer = request(Addresses.STORE_LIST, "");
        return answer.map(StateList::states);
    }

    /** What the store has done so far. */
    public Future<StoreMetrics> figures() {
        return request(Addresses.STORE_FIGURES, "");
    }

    /**
     * A subscription to the states of all twins: the current ones first, then every change, or the
     * newest and how many it replaced.
     */
    public CreditInlet<StoredState> changes(ObjLongConsumer<StoredState> reader) {
        return new CreditInlet<>(vertx, Addresses.STORE_CHANGES, StoredState.class, WINDOW, reader);
    }

    /** An answer of another type is a failure like any other. */
    private static <R> Future<R> typed(Future<Object> answer, Class<R> type) {
        return Replies.translate(answer.map(type::cast), FailureCode.STORE_UNAVAILABLE);
    }

    private <R> Future<R> request(String address, Object body) {
        return request(address, body, LIMIT_MILLIS);
    }

    private <R> Future<R> request(String address, Object body, long limitMillis) {
        DeliveryOptions options =
                new DeliveryOptions().setLocalOnly(true).setSendTimeout(limitMillis);
        Future<Message<R>> reply = vertx.eventBus().request(address, body, options);
        return Replies.translate(reply.map(Message::body), FailureCode.STORE_UNAVAILABLE);
    }

    /**
     * A state and how it came about.
     *
     * @param state now
     * @param history newest transitions, oldest first, and how many older ones are gone
     */
    public record StateAndHistory(StoredState state, TransitionHistory history) {}

    /** The commits of a shard at a tick. */
    record CommitBatch(List<StateCommit> commits) {}

    /** An outcome per commit. */
    record AckBatch(List<StateAck> acks) {}

    /** A writer that wants a twin. */
    record Acquire(TwinId twin, String writer, long floor) {}

    /** Somebody who wants a state. */
    public record Query(TwinId twin, int limit) {}

    /** All states. */
    public record StateList(List<StoredState> states) {}
}
