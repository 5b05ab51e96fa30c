package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.AgentOrders;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StoreLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two agents that both take themselves for the one of a twin, on one store and one simulator. */
@Timeout(30)
class RivalWritersTest {
    private static final int TICKS = 40;

    private final StateStore store = new StateStore(new StoreLimits(4, 64, 4));
    private final SimShard worlds =
            new SimShard(
                    0,
                    new World(WorldSettings.of(4), List.of(Flight.TWIN)),
                    new SimVault(),
                    InputSink.NONE);
    private final Rival older = new Rival("older");
    private final Rival newer = new Rival("newer");

    @Test
    void shouldLetExactlyOneCommitAndCommand() {
        // Given one agent that flies
        for (int i = 0; i < TICKS; i++) {
            AgentBatch batch = older.tick(worlds.advance());
            assertThat(worlds.take(batch.turn(), batch.orders())).isEmpty();
            worlds.finish(false);
        }
        long epoch = older.last.epoch();
        assertThat(older.last.output().snapshot().state()).isEqualTo(FsmState.ACTIVE);

        // When another one takes the twin, and the first goes on as if nothing had happened
        for (int i = 0; i < TICKS; i++) {
            SensedBatch seen = worlds.advance();
            AgentBatch winner = newer.tick(seen);
            older.tick(seen);

            // Then at each tick one commits and is obeyed, the other is fenced off and refused
            assertThat(newer.last.committed()).isTrue();
            assertThat(older.last.committed()).isFalse();
            assertThat(worlds.take(winner.turn(), winner.orders())).isEmpty();
            assertThat(worlds.take(winner.turn(), List.of(stubborn(epoch))))
                    .isEqualTo(Map.of(Flight.TWIN, FailureCode.SIM_FENCED));
            worlds.finish(false);
        }
        assertThat(store.writer(Flight.TWIN)).contains("newer");
        assertThat(store.metrics().fenced()).isPositive();
        assertThat(newer.last.output().snapshot().state()).isEqualTo(FsmState.ACTIVE);
        assertThat(older.last.output().snapshot().reason())
                .isEqualTo(SafeModeReason.STORE_UNAVAILABLE);
        assertThat(worlds.world().epochSeen(0)).isEqualTo(newer.last.epoch());
    }

    /** Orders under the epoch that was once its own, whatever it has been told since. */
    private AgentOrders stubborn(long epoch) {
        TwinTick wish = older.last;
        return new AgentOrders(
                wish.twin(), epoch, wish.output().decision().commands(), wish.hash());
    }

    /** An agent with a name of its own on the one store. */
    private final class Rival implements CommitPort {
        private final AgentShard agents;
        private TwinTick last;

        Rival(String name) {
            agents =
                    new AgentShard(
                            Flight.settings(Mission.standard()),
                            4,
                            List.of(Flight.TWIN),
                            name,
                            this,
                            twin -> PhaseListener.NONE);
        }

        AgentBatch tick(SensedBatch seen) {
            List<AgentBatch> made = new ArrayList<>();
            agents.tick(seen, made::add);
            last = made.get(0).twins().get(0);
            return made.get(0);
        }

        @Override
        public void acquire(
                TwinId twin, String writer, long floor, Consumer<Optional<StoredState>> answer) {
            answer.accept(Optional.of(store.acquire(twin, writer, floor)));
        }

        @Override
        public void commit(List<StateCommit> batch, Consumer<List<StateAck>> answer) {
            answer.accept(store.commit(batch));
        }
    }
}
