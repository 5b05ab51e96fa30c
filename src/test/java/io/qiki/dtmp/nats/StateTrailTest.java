package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.Transition;
import io.qiki.dtmp.store.StateStoreClient.StateAndHistory;
import io.qiki.dtmp.testkit.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class StateTrailTest {
    private final StateTrail trail = new StateTrail(3);

    @Test
    void shouldKeepTheNewestTransitionsAndCountTheOthers() {
        trail.accept(new StoredState(Reports.TWIN, 1, 0, 0, FsmSnapshot.coldStart()));
        for (int version = 1; version <= 5; version++) {
            trail.accept(state(1, version, version));
        }

        StateAndHistory all = trail.with(trail.newest().orElseThrow(), 10);

        assertThat(all.history().transitions())
                .extracting(Transition::tick)
                .containsExactly(3L, 4L, 5L);
        assertThat(all.history().dropped()).isEqualTo(2);
        assertThat(trail.with(all.state(), 1).history().transitions())
                .extracting(Transition::tick)
                .containsExactly(5L);
    }

    @Test
    void shouldTakeAStateThatIsToldAgainForNoOtherTransition() {
        trail.accept(state(1, 1, 1));
        trail.accept(state(1, 1, 1));
        trail.accept(state(2, 1, 1));

        assertThat(trail.with(trail.newest().orElseThrow(), 10).history().transitions()).hasSize(1);
    }

    @Test
    void shouldCountTransitionsThatTheStreamLeftOut() {
        trail.accept(state(1, 1, 1));
        trail.accept(state(1, 4, 4));

        StateAndHistory all = trail.with(trail.newest().orElseThrow(), 10);

        assertThat(all.history().transitions()).hasSize(2);
        assertThat(all.history().dropped()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 4})
    void shouldBeginAnewWithAWriterThatDoes(long epoch) {
        trail.accept(state(3, 7, 7));

        trail.accept(state(epoch, 1, 1));

        assertThat(trail.newest().orElseThrow().version()).isEqualTo(1);
        StateAndHistory all = trail.with(trail.newest().orElseThrow(), 10);
        assertThat(all.history().transitions()).extracting(Transition::tick).containsExactly(1L);
        assertThat(all.history().dropped()).isZero();
    }

    private static StoredState state(long epoch, long version, long transitions) {
        Transition last =
                new Transition(
                        FsmState.BOOTING,
                        Activity.NONE,
                        FsmState.IDLE,
                        Activity.NONE,
                        "BOOT_COMPLETE",
                        transitions);
        FsmSnapshot snapshot =
                new FsmSnapshot(
                        FsmState.IDLE, Activity.NONE, SafeModeReason.NONE, last, transitions);
        return new StoredState(Reports.TWIN, epoch, version, transitions, snapshot);
    }
}
