package io.qiki.dtmp.agent;

import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way to the state store: directly in lockstep, over the bus when live. Each answer comes
 * exactly once, at once or later, on the thread that owns the agents.
 */
public interface CommitPort {
    /**
     * Makes a writer the only one of a twin.
     *
     * @param floor highest epoch the simulator has seen of this twin
     * @param answer gets the state to go on from, its epoch being the writer's; empty when the
     *     store does not answer or refuses
     */
    void acquire(TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer);

    /**
     * Commits states.
     *
     * @param answer gets an outcome per commit, in their order; an empty list when the store does
     *     not answer
     */
    void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer);
}
