package io.qiki.dtmp.store;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditOutlet;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts the state store on the bus.
 *
 * <p>Owns: nothing of its own; it is the only one that touches the {@link StateStore}, which
 * outlives it.
 *
 * <p>Consumes: {@link Addresses#STORE_COMMIT}, {@link Addresses#STORE_ACQUIRE}, {@link
 * Addresses#STORE_STATE}, {@link Addresses#STORE_LIST}, {@link Addresses#STORE_FIGURES}.
 *
 * <p>Emits: {@link Addresses#STORE_CHANGES}, a credit stream.
 *
 * <p>Runs on: an event loop, one instance per process.
 */
public final class StateStoreVerticle extends VerticleBase {
    private static final String SUBSCRIBER = "bus";

    private final StateStore store;
    private CreditOutlet<TwinId, StoredState> changes;
    private Subscription subscription;

    /** A verticle for a store. */
    public StateStoreVerticle(StateStore store) {
        this.store = store;
    }

    @Override
    public Future<?> start() {
        changes =
                new CreditOutlet<TwinId, StoredState>(vertx, Addresses.STORE_CHANGES)
                        .greetingWith(this::newest);
        store.subscription(SUBSCRIBER).ifPresent(Subscription::close);
        subscription = store.subscribeAll(SUBSCRIBER, this::onChange);
        var bus = vertx.eventBus();
        return Future.all(
                        bus.localConsumer(Addresses.STORE_COMMIT, this::onCommit).completion(),
                        bus.localConsumer(Addresses.STORE_ACQUIRE, this::onAcquire).completion(),
                        bus.localConsumer(Addresses.STORE_STATE, this::onState).completion(),
                        bus.localConsumer(Addresses.STORE_LIST, this::onList).completion(),
                        bus.localConsumer(Addresses.STORE_FIGURES, this::onFigures).completion())
                .compose(done -> changes.open());
    }

    @Override
    public Future<?> stop() {
        subscription.close();
        return changes.close();
    }

    private void onCommit(Message<StateStoreClient.CommitBatch> message) {
        answer(
                message,
                () -> new StateStoreClient.AckBatch(store.commit(message.body().commits())));
    }

    private void onAcquire(Message<StateStoreClient.Acquire> message) {
        StateStoreClient.Acquire wish = message.body();
        answer(message, () -> store.acquire(wish.twin(), wish.writer(), wish.floor()));
    }

    private void onState(Message<StateStoreClient.Query> message) {
        StateStoreClient.Query query = message.body();
        answer(message, () -> stateAndHistory(query));
    }

    private void onList(Message<String> message) {
        answer(message, () -> new StateStoreClient.StateList(store.states()));
    }

    private void onFigures(Message<String> message) {
        answer(message, store::metrics);
    }

    private void onChange() {
        subscription
                .poll()
                .ifPresent(
                        change -> {
                            changes.offer(change.state().twin(), change.state());
                            onChange();
                        });
    }

    private StateStoreClient.StateAndHistory stateAndHistory(StateStoreClient.Query query) {
        StoredState state =
                store.get(query.twin())
                        .orElseThrow(
                                () ->
                                        new RequestFailed(
                                                FailureCode.NOT_FOUND,
                                                "the store holds no twin " + query.twin()));
        return new StateStoreClient.StateAndHistory(
                state, store.history(query.twin(), query.limit()));
    }

    private Map<TwinId, StoredState> newest() {
        Map<TwinId, StoredState> states = new LinkedHashMap<>();
        store.states().forEach(state -> states.put(state.twin(), state));
        return states;
    }

    private static <R> void answer(Message<?> message, Supplier<R> call) {
        Replies.answer(
                message,
                () -> {
                    try {
                        return call.get();
                    } catch (StoreRefusedException e) {
                        throw new RequestFailed(e.failure());
                    }
                });
    }
}
