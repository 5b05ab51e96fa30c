package io.qiki.dtmp.nats;

import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.store.StateStoreClient.StateAndHistory;
import io.qiki.dtmp.store.TransitionHistory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The states of a twin as the stream tells them, in its order, and the transitions that led there.
 * A state of a lower version, or after fewer transitions, than the one before begins a new trail:
 * whoever wrote the twin has started anew. Bounded; owned by one thread.
 */
final class StateTrail {
    private final int most;
    private final Deque<Transition> transitions = new ArrayDeque<>();
    private Optional<StoredState> newest = Optional.empty();

    /**
     * An empty trail.
     *
     * @param most transitions that are kept, at least 1
     */
    StateTrail(int most) {
        this.most = most;
    }

    /** Takes the next state of the stream. */
    void accept(StoredState state) {
        if (newest.filter(before -> begins(state, before)).isPresent()) {
            transitions.clear();
            newest = Optional.empty();
        }
        FsmSnapshot snapshot = state.snapshot();
        long known = newest.map(before -> before.snapshot().transitions()).orElse(0L);
        if (snapshot.transitions() > known) {
            if (transitions.size() == most) {
                transitions.removeFirst();
            }
            transitions.addLast(snapshot.last());
        }
        newest = Optional.of(state);
    }

    /** The newest state; empty before the first. */
    Optional<StoredState> newest() {
        return newest;
    }

    /**
     * A state with the newest transitions, oldest first; those that were not told or are not kept
     * any more count as dropped.
     */
    StateAndHistory with(StoredState state, int limit) {
        long made = newest.map(one -> one.snapshot().transitions()).orElse(0L);
        List<Transition> kept = new ArrayList<>(transitions);
        List<Transition> given = kept.subList(Math.max(0, kept.size() - limit), kept.size());
        return new StateAndHistory(
                state, new TransitionHistory(given, Math.max(0, made - kept.size())));
    }

    private static boolean begins(StoredState state, StoredState before) {
        return state.version() < before.version()
                || state.snapshot().transitions() < before.snapshot().transitions();
    }

    /** Whether a state is the one to believe: of a later writer, or of the same a later one. */
    static boolean isNewer(StoredState one, StoredState other) {
        return one.epoch() != other.epoch()
                ? one.epoch() > other.epoch()
                : one.version() > other.version();
    }
}
