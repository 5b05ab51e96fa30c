package io.qiki.dtmp.store;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.StoredState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The subscriptions of a store and how they are told; none can hold up the writer or another. */
final class Subscribers {
    private final int bound;
    private final Map<String, Subscription> byName = new HashMap<>();
    private final List<Subscription> ofAll = new ArrayList<>();
    private boolean notifying;
    private long deliveries;
    private long conflated;
    private long failures;

    Subscribers(int bound) {
        this.bound = bound;
    }

    Subscription ofOne(String name, StateCell cell, Runnable ready) {
        Subscription subscription = new Subscription(this, name, List.of(cell), ready);
        register(subscription);
        subscription.open(cell);
        return subscription;
    }

    /** Takes the list of cells by reference: it grows as twins come. */
    Subscription ofAll(String name, List<StateCell> cells, Runnable ready) {
        Subscription subscription = new Subscription(this, name, cells, ready);
        register(subscription);
        ofAll.add(subscription);
        cells.forEach(subscription::open);
        return subscription;
    }

    Optional<Subscription> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Hands a changed state to the slots of its twin. */
    void publish(StateCell cell) {
        StateCell.Slot[] slots = cell.slots;
        if (slots.length == 0) {
            return;
        }
        StoredState state = cell.state();
        notifying = true;
        try {
            for (StateCell.Slot slot : slots) {
                if (!slot.owner.isClosed()) {
                    slot.owner.offer(slot, state);
                    tell(slot.owner);
                }
            }
        } finally {
            notifying = false;
        }
    }

    /** Opens a slot of a new twin for whoever reads all. */
    void announce(StateCell cell) {
        notifying = true;
        try {
            for (Subscription subscription : List.copyOf(ofAll)) {
                if (!subscription.isClosed()) {
                    subscription.open(cell);
                    tell(subscription);
                }
            }
        } finally {
            notifying = false;
        }
    }

    /** Forgets an ended subscription and the slots it had. */
    void drop(Subscription subscription, List<StateCell> cells) {
        byName.remove(subscription.name());
        ofAll.remove(subscription);
        cells.forEach(cell -> cell.removeSlotsOf(subscription));
    }

    void countDelivery(long missed) {
        deliveries++;
        conflated += missed;
    }

    int count() {
        return byName.size();
    }

    long deliveries() {
        return deliveries;
    }

    long conflated() {
        return conflated;
    }

    long failures() {
        return failures;
    }

    void refuseWhileNotifying() {
        if (notifying) {
            throw new IllegalStateException(
                    "a subscriber's notification must not commit, acquire or subscribe");
        }
    }

    private void tell(Subscription subscription) {
        try {
            subscription.ready().run();
        } catch (RuntimeException e) {
            failures++;
            subscription.fail(e);
        }
    }

    private void register(Subscription subscription) {
        refuseWhileNotifying();
        String name = subscription.name();
        if (byName.containsKey(name)) {
            throw new StoreRefusedException(
                    FailureCode.ID_REUSED, "the subscriber name \"" + name + "\" is in use");
        }
        if (byName.size() >= bound) {
            throw new StoreRefusedException(
                    FailureCode.QUEUE_FULL,
                    "the store has "
                            + bound
                            + " subscribers, its bound; \""
                            + name
                            + "\" would be one more");
        }
        byName.put(name, subscription);
    }
}
