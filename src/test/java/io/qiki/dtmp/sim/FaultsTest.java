package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TruthState;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultsTest {
    private final Flight flight = new Flight(1);

    private static FaultSpec off(String id, String sensor, long from, long until) {
        return new FaultSpec(id, FaultSpec.Type.SENSOR_OFF, sensor, new TreeMap<>(), from, until);
    }

    private boolean dead(SensorId sensor) {
        return flight.tick().reading(sensor).truth() == TruthState.NO_DATA;
    }

    @Test
    void shouldStayOverAResetUntilItIsCleared() {
        // Given
        flight.world.injectFault(0, off("f", "imu_main", 0, Long.MAX_VALUE));
        assertThat(dead(SensorId.IMU_MAIN)).isTrue();

        // When
        flight.world.reset(0);

        // Then
        assertThat(dead(SensorId.IMU_MAIN)).isTrue();
        assertThat(flight.world.clearFault(0, "f")).isEmpty();
        flight.tick();
        assertThat(dead(SensorId.IMU_MAIN)).isFalse();
    }

    @Test
    void shouldActAgainAtItsTicksOfTheNewTime() {
        flight.world.injectFault(0, off("f", "imu_main", 5, 10));
        flight.world.reset(0);
        flight.world.advance(0, 4 * 5 + 1);
        assertThat(flight.world.observe(0, 4).reading(SensorId.IMU_MAIN).truth())
                .isEqualTo(TruthState.NO_DATA);
        flight.world.advance(0, 10 * 5);
        assertThat(flight.world.observe(0, 14).reading(SensorId.IMU_MAIN).truth())
                .isEqualTo(TruthState.OK);
    }

    @Test
    void shouldGiveItsPlaceUpWhenItsTimeIsOver() {
        for (int i = 0; i < WorldState.FAULTS; i++) {
            assertThat(flight.world.injectFault(0, off("f" + i, "imu_main", 0, 2))).isEmpty();
        }
        assertThat(flight.world.injectFault(0, off("one-more", "nav", 0, 2)))
                .hasValueSatisfying(
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.QUEUE_FULL));

        flight.world.advance(0, 20);

        assertThat(flight.world.injectFault(0, off("one-more", "nav", 0, Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    void shouldNotLetAGaugeShowWhatItsScaleDoesNotHave() {
        // The super-capacitor is charged to the full from surplus within minutes.
        double highest = 0;
        int full = 0;
        for (int i = 0; i < 6_000; i++) {
            if (flight.tick().reading(SensorId.POWER_GAUGE).measurement()
                    instanceof Measurement.PowerGauge gauge) {
                highest = Math.max(highest, gauge.supercapStateOfCharge());
                full += gauge.supercapStateOfCharge() == 1 ? 1 : 0;
                assertThat(gauge.arrayWatts()).isNotNegative();
            }
        }
        assertThat(highest).isEqualTo(1);
        assertThat(full).isGreaterThan(10);
    }
}
