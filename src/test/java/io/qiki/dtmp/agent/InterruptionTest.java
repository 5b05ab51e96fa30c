package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.radar.TrackerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A world that goes on in another incarnation is no new beginning for its agent. */
@Timeout(30)
class InterruptionTest {
    private static final int EXIT_TICKS = 20;

    private final Flight flight = new Flight(3, Mission.standard());

    private FsmSnapshot now() {
        return flight.last.output().snapshot();
    }

    private void flying() {
        assertThat(flight.until(50, state -> state.state() == FsmState.ACTIVE)).isTrue();
        for (int i = 0; i < 30; i++) {
            flight.tick();
        }
    }

    @Test
    void shouldEnterSafeModeAndReturnByTheExitRule() {
        // Given a flying agent with contacts
        flying();
        long transitions = now().transitions();
        assertThat(flight.shard.state(Flight.TWIN).tracker().files()).isNotEmpty();

        // When its world goes on in the next incarnation
        flight.world.renew(0, 1);
        flight.tick();

        // Then it goes on from its state, without what it knew of the old world
        assertThat(now().state()).isEqualTo(FsmState.SAFE_MODE);
        assertThat(now().reason()).isEqualTo(SafeModeReason.PROVIDER_UNAVAILABLE);
        assertThat(now().transitions()).isEqualTo(transitions + 1);
        assertThat(flight.shard.state(Flight.TWIN).tracker().files().size())
                .isLessThanOrEqualTo(TrackerState.EMPTY.files().size() + 3);
        int ticks = 0;
        while (now().state() == FsmState.SAFE_MODE && ticks < 100) {
            assertThat(flight.last.output().decision().proposals())
                    .filteredOn(judged -> judged.verdict().name().equals("ACCEPTED"))
                    .allMatch(judged -> judged.proposal().source().equals("safe-set"));
            flight.tick();
            ticks++;
        }
        assertThat(ticks).isBetween(EXIT_TICKS, EXIT_TICKS + 5);
        assertThat(now().last().trigger()).isEqualTo("SAFE_MODE_EXIT_CONFIRMED");
        assertThat(flight.until(5, state -> state.state() == FsmState.ACTIVE)).isTrue();
        assertThat(flight.events).noneMatch(event -> "BOOTING".equals(event.data().get("to")));
    }

    @Test
    void shouldStayInSafeModeAndCountAnew() {
        // Given an agent close to the way out of SAFE_MODE
        flying();
        flight.heard = false;
        assertThat(flight.until(3, state -> state.state() == FsmState.SAFE_MODE)).isTrue();
        flight.heard = true;
        for (int i = 0; i < EXIT_TICKS - 3; i++) {
            flight.tick();
        }

        // When
        flight.world.renew(0, 1);
        flight.tick();

        // Then
        assertThat(flight.shard.state(Flight.TWIN).memory().safe().goodTicks()).isLessThan(2);
        assertThat(flight.until(EXIT_TICKS - 3, state -> state.state() != FsmState.SAFE_MODE))
                .isFalse();
        assertThat(flight.until(8, state -> state.state() == FsmState.ACTIVE)).isTrue();
    }

    @Test
    void shouldAcquireANewEpochForIt() {
        flying();
        long epoch = flight.last.epoch();
        long version = flight.store.get(Flight.TWIN).orElseThrow().version();

        flight.world.renew(0, 1);
        flight.tick();

        assertThat(flight.last.epoch()).isEqualTo(epoch + 1);
        assertThat(flight.last.committed()).isTrue();
        assertThat(flight.store.get(Flight.TWIN).orElseThrow().version()).isEqualTo(version + 1);
    }

    @Test
    void shouldNotWakeAnAgentThatHasEnded() {
        flying();
        flight.shard.request(Flight.TWIN, OperatorRequest.SHUTDOWN);
        assertThat(flight.until(3, state -> state.state() == FsmState.SHUTDOWN)).isTrue();

        flight.world.renew(0, 1);

        assertThat(flight.until(50, state -> state.state() != FsmState.SHUTDOWN)).isFalse();
    }

    @Test
    void shouldKeepTheHoldOfTheOperator() {
        flying();
        flight.shard.request(Flight.TWIN, OperatorRequest.SAFE_MODE);
        assertThat(flight.until(3, state -> state.state() == FsmState.SAFE_MODE)).isTrue();

        flight.world.renew(0, 1);

        assertThat(flight.until(60, state -> state.state() != FsmState.SAFE_MODE)).isFalse();
    }
}
