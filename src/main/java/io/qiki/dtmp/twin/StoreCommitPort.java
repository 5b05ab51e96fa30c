package io.qiki.dtmp.twin;

import io.qiki.dtmp.agent.CommitPort;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StoreRefusedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Commits by plain calls: every answer comes before the call returns. */
final class StoreCommitPort implements CommitPort {
    private final StateStore store;

    StoreCommitPort(StateStore store) {
        this.store = store;
    }

    @Override
    public void acquire(
            TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
        answer.accept(acquired(twin, writer, floor));
    }

    @Override
    public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
        answer.accept(store.commit(batch));
    }

    private Optional<StoredState> acquired(TwinId twin, String writer, long floor) {
        try {
            return Optional.of(store.acquire(twin, writer, floor));
        } catch (StoreRefusedException refused) {
            return Optional.empty();
        }
    }
}
