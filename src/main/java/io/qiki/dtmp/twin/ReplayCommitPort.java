package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.CommitPort;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.InputRecord.CommitAnswer;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The store as it answered then. Where the log says nothing, the replay's own store answers; where
 * it does, its word counts, and the own store follows: a commit that was not answered may have
 * reached the store all the same, which shows in the next answer.
 */
final class ReplayCommitPort implements CommitPort {
    private final StateStore store;
    private final StoreCommitPort own;
    private final Deque<CommitAnswer> answers = new ArrayDeque<>();
    private final SortedMap<TwinId, List<Runnable>> unanswered = new TreeMap<>();
    private boolean spoken;

    ReplayCommitPort(StateStore store) {
        this.store = Check.present(store, "store");
        this.own = new StoreCommitPort(store);
    }

    /** What the store answered in the turn that comes; none: nothing remarkable. */
    void expect(List<CommitAnswer> next) {
        answers.clear();
        answers.addAll(next);
        spoken = next.stream().anyMatch(CommitAnswer.Committed.class::isInstance);
    }

    @Override
    public void acquire(
            TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
        if (!(answers.poll() instanceof CommitAnswer.Acquired then)) {
            own.acquire(twin, writer, floor, answer);
            return;
        }
        if (then.states().isEmpty()) {
            answer.accept(Optional.empty());
            return;
        }
        StoredState state = then.states().get(0);
        settle(twin, version(twin) < state.version());
        own.acquire(twin, writer, state.epoch() - 1, lost -> {});
        answer.accept(Optional.of(state));
    }

    @Override
    public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
        if (!spoken || !(answers.poll() instanceof CommitAnswer.Committed then)) {
            unanswered.clear();
            own.commit(batch, answer);
            return;
        }
        if (then.acks().isEmpty()) {
            batch.forEach(
                    one -> unanswered(one.twin(), () -> own.commit(List.of(one), lost -> {})));
            answer.accept(List.of());
            return;
        }
        then.acks().forEach(ack -> settle(ack.twin(), ahead(ack)));
        own.commit(batch, lost -> {});
        answer.accept(then.acks());
    }

    /** Whether the store held a version then that the own one has not come to. */
    private boolean ahead(StateAck ack) {
        long mine = version(ack.twin());
        return ack.version() > (ack.accepted() ? mine + 1 : mine);
    }

    private long version(TwinId twin) {
        return store.get(twin).map(StoredState::version).orElse(0L);
    }

    private void unanswered(TwinId twin, Runnable call) {
        unanswered.computeIfAbsent(twin, first -> new ArrayList<>()).add(call);
    }

    /** The commits that were not answered have reached the store after all, or have not. */
    private void settle(TwinId twin, boolean reached) {
        List<Runnable> calls = Optional.ofNullable(unanswered.remove(twin)).orElse(List.of());
        if (reached) {
            calls.forEach(Runnable::run);
        }
    }
}
