package io.qiki.dtmp.store;

import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import java.util.Arrays;

/** Everything the store holds of one twin. */
final class StateCell {
    private static final Slot[] NO_SLOTS = {};

    final TwinId twin;
    final TransitionRing history;
    String writer;
    long epoch;
    long version;
    FsmSnapshot snapshot = FsmSnapshot.coldStart();

    /** Replaced as a whole, so that a subscription may end while the others are notified. */
    Slot[] slots = NO_SLOTS;

    private long tick;
    private StateCommit lastCommit;
    private StateAck lastAck;
    private StoredState view;

    StateCell(TwinId twin, String writer, int historyBound) {
        this.twin = twin;
        this.writer = writer;
        this.history = new TransitionRing(historyBound);
    }

    /** The current state; the same object until something changes. */
    StoredState state() {
        if (view == null) {
            view = new StoredState(twin, epoch, version, tick, snapshot);
        }
        return view;
    }

    /** Hands the twin to a new writer, which may begin at any tick. */
    void handOver(String newWriter, long newEpoch) {
        writer = newWriter;
        epoch = newEpoch;
        lastCommit = null;
        lastAck = null;
        view = null;
    }

    /** Takes over what another store held. */
    void adopt(StoredState other) {
        epoch = other.epoch();
        version = other.version();
        tick = other.tick();
        snapshot = other.snapshot();
        view = null;
    }

    /** Whether the epoch has committed this tick or a later one. */
    boolean hasReached(long otherTick) {
        return lastCommit != null && otherTick <= lastCommit.tick();
    }

    /** The answer this epoch got at the tick of its last accepted commit. */
    StateAck lastAck() {
        return lastAck;
    }

    /** Whether a commit is the last accepted one again. */
    boolean isRepeat(StateCommit commit) {
        return lastCommit.tick() == commit.tick()
                && lastCommit.expectedVersion() == commit.expectedVersion()
                && same(lastCommit.snapshot(), commit.snapshot());
    }

    /** The tick of the last accepted commit of this epoch. */
    long lastTick() {
        return lastCommit.tick();
    }

    /** Takes a commit that passed every check; true when the version rose. */
    boolean take(StateCommit commit, StateAck ack) {
        boolean changed = ack.version() != version;
        tick = commit.tick();
        version = ack.version();
        lastCommit = commit;
        lastAck = ack;
        view = null;
        if (changed) {
            snapshot = commit.snapshot();
        }
        return changed;
    }

    /** Whether a snapshot brings a transition that is not in the history yet. */
    boolean isTransition(FsmSnapshot next) {
        Transition last = next.last();
        boolean moves = last.from() != last.to() || last.fromActivity() != last.toActivity();
        return moves
                && (next.transitions() != snapshot.transitions() || !last.equals(snapshot.last()));
    }

    void addSlot(Slot slot) {
        Slot[] more = Arrays.copyOf(slots, slots.length + 1);
        more[slots.length] = slot;
        slots = more;
    }

    void removeSlotsOf(Subscription owner) {
        Slot[] left = new Slot[slots.length];
        int count = 0;
        for (Slot slot : slots) {
            if (slot.owner != owner) {
                left[count++] = slot;
            }
        }
        slots = count == 0 ? NO_SLOTS : Arrays.copyOf(left, count);
    }

    @SuppressWarnings("ReferenceEquality") // the same object is the common case, and cheap to see
    static boolean same(FsmSnapshot one, FsmSnapshot other) {
        return one == other || one.equals(other);
    }

    /** The one place of a subscriber for this twin: the newest state not yet handed to it. */
    static final class Slot {
        final Subscription owner;
        StoredState pending;
        long handedVersion;

        Slot(Subscription owner, long handedVersion) {
            this.owner = owner;
            this.handedVersion = handedVersion;
        }
    }
}
