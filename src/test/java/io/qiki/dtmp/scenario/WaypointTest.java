package io.qiki.dtmp.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.agent.Flight;
import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Goal;
import io.qiki.dtmp.model.KnownObject;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.Vec3;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent flies to a place by its sensors alone; only the test looks at the truth. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WaypointTest {
    private static final Vec3 WAYPOINT = new Vec3(0, 120, 120);
    private static final int TICKS_PER_SECOND = 10;
    private static final int LIMIT_TICKS = 1200 * TICKS_PER_SECOND;
    private static final int STAY_TICKS = 60 * TICKS_PER_SECOND;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldReachTheWaypointAndStay(long seed) {
        // Given a waypoint 170 m from the start and all noise on
        assertThat(WAYPOINT.norm()).isGreaterThan(150);
        Flight flight = new Flight(seed, mission());

        // When the agent says that it has arrived
        boolean arrived =
                flight.until(
                        LIMIT_TICKS - STAY_TICKS,
                        state ->
                                state.activity() == Activity.CRUISE
                                        && state.last().trigger().equals("HOLD_EXECUTED"));

        // Then it is there, and stays for a minute
        assertThat(arrived).as("arrived within 1140 s, seed %s", seed).isTrue();
        double farthest = 0;
        double fastest = 0;
        for (int i = 0; i < STAY_TICKS; i++) {
            flight.tick();
            farthest = Math.max(farthest, flight.truth().positionWorld().minus(WAYPOINT).norm());
            fastest = Math.max(fastest, flight.truth().velocityWorld().norm());
        }
        assertThat(farthest).as("distance in m, seed %s", seed).isLessThan(1.0);
        assertThat(fastest).as("speed in m/s, seed %s", seed).isLessThan(0.05);
    }

    private static Mission mission() {
        return new Mission(
                "waypoint",
                Vec3.ZERO,
                0.4,
                List.of(new Goal.GoTo("waypoint", WAYPOINT, 0.5), new Goal.Hold("stay", 120)),
                false,
                Scene.station().objects().stream().map(KnownObject::of).toList(),
                List.of("ALLY-STATION-1"),
                List.of());
    }
}
