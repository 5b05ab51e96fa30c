package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.AgentOutlook;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people are told of an agent's goal and of its way out of SAFE_MODE. */
@Timeout(60)
class AgentOutlookTest {
    private static Flight flying() {
        Flight flight = new Flight(11, Mission.standard());
        assertThat(flight.until(50, state -> state.state() == FsmState.ACTIVE)).isTrue();
        flight.tick();
        return flight;
    }

    @Test
    void shouldTellTheGoalOfTheMissionAndItsPlace() {
        AgentOutlook outlook = flying().shard.outlook(0);

        assertThat(outlook.aim().label()).isEqualTo("lookout");
        assertThat(outlook.aim().activity()).isEqualTo(Activity.MANOEUVRE);
        assertThat(outlook.aim().placeWorld()).isEqualTo(new Vec3(0, 120, 120));
        assertThat(outlook.exit()).isEqualTo(AgentOutlook.Exit.NONE);
    }

    @Test
    void shouldTellWhatTheWayOutOfSafeModeWaitsFor() {
        // Given
        Flight flight = flying();

        // When
        flight.switchOff("f1", "imu_main");
        assertThat(flight.until(4, state -> state.state() == FsmState.SAFE_MODE)).isTrue();
        flight.tick();

        // Then
        assertThat(flight.shard.outlook(0).exit())
                .isEqualTo(new AgentOutlook.Exit(0, 20, "imu_main NO_DATA"));

        // When
        flight.clear("f1");
        for (int i = 0; i < 8; i++) {
            flight.tick();
        }

        // Then
        AgentOutlook.Exit exit = flight.shard.outlook(0).exit();
        assertThat(exit.failing()).isEmpty();
        assertThat(exit.goodTicks()).isBetween(5, 8);
        assertThat(exit.neededTicks()).isEqualTo(20);
    }
}
