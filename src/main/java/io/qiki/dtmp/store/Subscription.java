package io.qiki.dtmp.store;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.StoredState;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * A reader's place in the store: one slot per twin, in which the newest state waits until the
 * reader takes it.
 *
 * <p>The first thing it gives of each twin is the current state. Who polls whenever notified gets
 * every change in order; who is slower ends on the newest and is told how many versions it missed.
 * Used by the store's owner only.
 */
public final class Subscription {
    private final Subscribers subscribers;
    private final String name;
    private final List<StateCell> cells;
    private final Runnable ready;
    private final ArrayDeque<StateCell.Slot> queue = new ArrayDeque<>();
    private RuntimeException failure;
    private boolean closed;

    Subscription(Subscribers subscribers, String name, List<StateCell> cells, Runnable ready) {
        this.subscribers = subscribers;
        this.name = Check.text(name, "subscriber");
        this.cells = cells;
        this.ready = Check.present(ready, "notification");
    }

    /** Who reads; unique among the subscriptions of a store. */
    public String name() {
        return name;
    }

    /** Whether something waits to be polled. */
    public boolean hasPending() {
        return !queue.isEmpty();
    }

    /** Whether it has ended, by {@link #close} or by a {@link #failure}. */
    public boolean isClosed() {
        return closed;
    }

    /** What its notification threw, which ended it; empty otherwise. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Takes the state that has waited longest; empty when nothing waits or after the end. */
    public Optional<StateChange> poll() {
        StateCell.Slot slot = queue.poll();
        if (slot == null) {
            return Optional.empty();
        }
        StoredState state = slot.pending;
        long missed = state.version() - slot.handedVersion - 1;
        slot.pending = null;
        slot.handedVersion = state.version();
        subscribers.countDelivery(missed);
        return Optional.of(new StateChange(state, missed));
    }

    /** Ends it and frees everything it holds; a second call does nothing. */
    public void close() {
        if (!closed) {
            closed = true;
            queue.clear();
            subscribers.drop(this, cells);
        }
    }

    Runnable ready() {
        return ready;
    }

    /** Makes a slot in a cell, its current state waiting. */
    void open(StateCell cell) {
        StateCell.Slot slot = new StateCell.Slot(this, cell.version - 1);
        cell.addSlot(slot);
        offer(slot, cell.state());
    }

    /** Puts a state into its slot, in place of one that waits there. */
    void offer(StateCell.Slot slot, StoredState state) {
        if (slot.pending == null) {
            queue.add(slot);
        }
        slot.pending = state;
    }

    void fail(RuntimeException cause) {
        failure = cause;
        close();
    }
}
