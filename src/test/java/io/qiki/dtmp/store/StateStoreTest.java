package io.qiki.dtmp.store;

import static io.qiki.dtmp.store.Snapshots.ONE;
import static io.qiki.dtmp.store.Snapshots.TWO;
import static io.qiki.dtmp.store.Snapshots.after;
import static io.qiki.dtmp.store.Snapshots.commit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.StateAck;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.model.TwinId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class StateStoreTest {
    private final StateStore store = new StateStore(new StoreLimits(2, 2, 4));

    @Test
    void shouldBeginWithVersionZeroAndTheSnapshotAgentsAreBornWith() {
        StoredState state = store.acquire(ONE, "agent", 0);

        assertThat(state).isEqualTo(new StoredState(ONE, 1, 0, 0, FsmSnapshot.coldStart()));
        assertThat(store.get(ONE)).contains(state);
        assertThat(store.writer(ONE)).contains("agent");
    }

    @Test
    void shouldRaiseTheVersionByOneWithEachChange() {
        store.acquire(ONE, "agent", 0);

        assertThat(store.commit(commit(1, 1, 0, after(1, 1)))).isEqualTo(ok(1, 1));
        assertThat(store.commit(commit(1, 2, 1, after(2, 2)))).isEqualTo(ok(1, 2));
        assertThat(store.get(ONE)).contains(new StoredState(ONE, 1, 2, 2, after(2, 2)));
    }

    @Test
    void shouldKeepTheVersionAndRefreshTheHeartbeatForAnEqualSnapshot() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 1, 0, after(1, 1)));

        // When
        StateAck ack = store.commit(commit(1, 2, 1, after(1, 1)));

        // Then
        assertThat(ack).isEqualTo(ok(1, 1));
        assertThat(store.get(ONE)).contains(new StoredState(ONE, 1, 1, 2, after(1, 1)));
        assertThat(store.metrics().heartbeats()).isEqualTo(1);
    }

    @Test
    void shouldRefuseStaleWrite() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 1, 0, after(1, 1)));

        // When
        StateAck ack = store.commit(commit(1, 2, 0, after(2, 2)));

        // Then
        assertThat(ack).isEqualTo(new StateAck(ONE, FailureCode.STORE_VERSION_CONFLICT, 1, 1));
        assertThat(store.get(ONE)).contains(new StoredState(ONE, 1, 1, 1, after(1, 1)));
        assertThat(store.metrics().conflicts()).isEqualTo(1);
    }

    @Test
    void shouldRefuseVersionFromTheFuture() {
        store.acquire(ONE, "agent", 0);

        assertThat(store.commit(commit(1, 1, 7, after(1, 1))).code())
                .isEqualTo(FailureCode.STORE_VERSION_CONFLICT);
    }

    @Test
    void shouldTakeACorrectedCommitOfTheSameTickAfterAConflict() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 1, 3, after(1, 1)));

        // When
        StateAck ack = store.commit(commit(1, 1, 0, after(1, 1)));

        // Then
        assertThat(ack).isEqualTo(ok(1, 1));
    }

    @Test
    void shouldFenceOffTheOlderWriter() {
        // Given
        store.acquire(ONE, "old", 0);
        store.commit(commit(1, 5, 0, after(1, 5)));
        store.acquire(ONE, "new", 0);

        // When
        StateAck late = store.commit(commit(1, 6, 1, after(2, 6)));
        StateAck lateRepeat = store.commit(commit(1, 5, 0, after(1, 5)));

        // Then
        StateAck fenced = new StateAck(ONE, FailureCode.STORE_FENCED, 2, 1);
        assertThat(List.of(late, lateRepeat)).containsOnly(fenced);
        assertThat(store.get(ONE)).contains(new StoredState(ONE, 2, 1, 5, after(1, 5)));
        assertThat(store.metrics().fenced()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnEpochThatWasNeverGiven() {
        store.acquire(ONE, "agent", 0);

        assertThat(store.commit(commit(9, 1, 0, after(1, 1))).code())
                .isEqualTo(FailureCode.STORE_FENCED);
    }

    @Test
    void shouldGiveAnEpochAboveTheFloorAndAboveTheLast() {
        assertThat(store.acquire(ONE, "a", 41).epoch()).isEqualTo(42);
        assertThat(store.acquire(ONE, "b", 7).epoch()).isEqualTo(43);
        assertThat(store.acquire(ONE, "b", 43).epoch()).isEqualTo(44);
    }

    @Test
    void shouldRefuseAFloorWithoutAnEpochAbove() {
        assertRefused(() -> store.acquire(ONE, "a", Long.MAX_VALUE), FailureCode.BAD_ARGUMENT);
        assertRefused(() -> store.acquire(ONE, "a", -1), FailureCode.BAD_ARGUMENT);
        assertThat(store.states()).isEmpty();
    }

    @Test
    void shouldAnswerARepeatWithTheFirstAnswer() {
        // Given
        store.acquire(ONE, "agent", 0);
        StateAck first = store.commit(commit(1, 1, 0, after(1, 1)));

        // When
        StateAck again = store.commit(commit(1, 1, 0, after(1, 1)));

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(store.metrics().changes()).isEqualTo(1);
        assertThat(store.metrics().repeats()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTheSameTickWithAnotherContent() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 1, 0, after(1, 1)));

        // When
        StateAck otherSnapshot = store.commit(commit(1, 1, 0, after(2, 1)));
        StateAck otherVersion = store.commit(commit(1, 1, 1, after(1, 1)));

        // Then
        StateAck reused = new StateAck(ONE, FailureCode.ID_REUSED, 1, 1);
        assertThat(List.of(otherSnapshot, otherVersion)).containsOnly(reused);
    }

    @Test
    void shouldRefuseAnEarlierTickWithinTheEpoch() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 1, 0, after(1, 1)));
        store.commit(commit(1, 5, 1, after(1, 1)));

        // When
        StateAck ack = store.commit(commit(1, 4, 1, after(1, 1)));

        // Then
        assertThat(ack).isEqualTo(new StateAck(ONE, FailureCode.STORE_STALE_TICK, 1, 1));
        assertThat(store.get(ONE).orElseThrow().tick()).isEqualTo(5);
    }

    @Test
    void shouldGoBackToAnEarlierTickUnderANewEpochWhileVersionsGoOn() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 900, 0, after(1, 900)));
        long epoch = store.acquire(ONE, "agent", 1).epoch();

        // When
        StateAck ack = store.commit(commit(epoch, 0, 1, FsmSnapshot.coldStart()));

        // Then
        assertThat(ack).isEqualTo(ok(2, 2));
        assertThat(store.get(ONE).orElseThrow().tick()).isZero();
    }

    @Test
    void shouldRefuseATwinNobodyAcquired() {
        assertThat(store.commit(commit(1, 1, 0, after(1, 1))))
                .isEqualTo(new StateAck(ONE, FailureCode.NOT_FOUND, 0, 0));
        assertThat(store.get(ONE)).isEmpty();
        assertThat(store.writer(ONE)).isEmpty();
    }

    @Test
    void shouldJudgeEachCommitOfABatchByItself() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.acquire(TWO, "agent", 0);

        // When
        List<StateAck> acks =
                store.commit(
                        List.of(
                                new StateCommit(ONE, 1, 1, 9, after(1, 1)),
                                new StateCommit(TWO, 1, 1, 0, after(1, 1))));

        // Then
        assertThat(acks)
                .containsExactly(
                        new StateAck(ONE, FailureCode.STORE_VERSION_CONFLICT, 1, 0),
                        new StateAck(TWO, FailureCode.NONE, 1, 1));
    }

    @Test
    void shouldRefuseMoreTwinsThanItsBound() {
        store.acquire(ONE, "agent", 0);
        store.acquire(TWO, "agent", 0);
        TwinId three = new TwinId("qiki-3");

        assertRefused(() -> store.acquire(three, "agent", 0), FailureCode.QUEUE_FULL);
        assertThat(store.states()).extracting(StoredState::twin).containsExactly(ONE, TWO);
    }

    @Test
    void shouldKeepTheNewestTransitionsAndCountTheDropped() {
        // Given
        store.acquire(ONE, "agent", 0);
        for (int n = 1; n <= 6; n++) {
            store.commit(commit(1, n, n - 1, after(n, n)));
        }

        // When
        TransitionHistory history = store.history(ONE, 10);

        // Then
        assertThat(history.transitions())
                .containsExactly(
                        after(3, 3).last(),
                        after(4, 4).last(),
                        after(5, 5).last(),
                        after(6, 6).last());
        assertThat(history.dropped()).isEqualTo(2);
        assertThat(store.metrics().historyDropped()).isEqualTo(2);
        assertThat(store.history(ONE, 1).transitions()).containsExactly(after(6, 6).last());
    }

    @Test
    void shouldKeepLongHistoriesInOrderWhileTheyGrow() {
        // Given
        StateStore roomy = new StateStore(new StoreLimits(1, 1, 50));
        roomy.acquire(ONE, "agent", 0);
        for (int n = 1; n <= 60; n++) {
            roomy.commit(commit(1, n, n - 1, after(n, n)));
        }

        // Then
        assertThat(roomy.history(ONE, 100).transitions())
                .hasSize(50)
                .extracting(Transition::tick)
                .isSorted()
                .startsWith(11L)
                .endsWith(60L);
    }

    @Test
    void shouldNotCountAChangeWithoutATransition() {
        // Given
        store.acquire(ONE, "agent", 0);
        FsmSnapshot unavailable = safeMode(SafeModeReason.SENSORS_UNAVAILABLE);
        store.commit(commit(1, 1, 0, unavailable));

        // When
        StateAck ack = store.commit(commit(1, 2, 1, safeMode(SafeModeReason.SENSORS_STALE)));

        // Then
        assertThat(ack.version()).isEqualTo(2);
        assertThat(store.history(ONE, 10).transitions()).containsExactly(unavailable.last());
    }

    @Test
    void shouldNotCountAColdStartAsATransition() {
        // Given
        store.acquire(ONE, "agent", 0);
        store.commit(commit(1, 1, 0, after(1, 1)));
        store.acquire(ONE, "agent", 0);

        // When
        store.commit(commit(2, 0, 1, FsmSnapshot.coldStart()));

        // Then
        assertThat(store.history(ONE, 10).transitions()).containsExactly(after(1, 1).last());
    }

    @Test
    void shouldGoOnFromTheStateOfAnotherStore() {
        // Given
        StoredState elsewhere = new StoredState(ONE, 7, 12, 340, after(5, 300));

        // When
        store.adopt(elsewhere);

        // Then
        assertThat(store.get(ONE)).contains(elsewhere);
        assertThat(store.commit(commit(7, 341, 12, after(6, 341)))).isEqualTo(ok(7, 13));
        assertThat(store.acquire(ONE, "agent", 0).epoch()).isEqualTo(8);
        assertRefused(() -> store.adopt(elsewhere), FailureCode.ID_REUSED);
    }

    @Test
    void shouldRefuseTheHistoryOfAnUnknownTwin() {
        assertRefused(() -> store.history(ONE, 1), FailureCode.NOT_FOUND);
    }

    private static FsmSnapshot safeMode(SafeModeReason reason) {
        FsmSnapshot idle = after(1, 1);
        Transition entry =
                new Transition(
                        idle.state(),
                        idle.activity(),
                        io.qiki.dtmp.model.FsmState.SAFE_MODE,
                        io.qiki.dtmp.model.Activity.NONE,
                        "SENSORS_UNAVAILABLE",
                        1);
        return new FsmSnapshot(entry.to(), entry.toActivity(), reason, entry, 2);
    }

    private static StateAck ok(long epoch, long version) {
        return new StateAck(ONE, FailureCode.NONE, epoch, version);
    }

    private static void assertRefused(Runnable call, FailureCode code) {
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.failure().code()).isEqualTo(code));
    }
}
