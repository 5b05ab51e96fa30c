package io.qiki.dtmp.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StoreLimits;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EnduranceTest {
    private static final long HALF_AN_HOUR = 18_000;

    @Test
    void shouldFlyTheDefaultMissionForHalfAnHour() {
        Endurance.Outcome outcome = new Endurance(TwinSetup.of(1), HALF_AN_HOUR).fly(done -> {});

        assertThat(outcome.good()).as("%s", outcome).isTrue();
        assertThat(outcome.ticks()).isEqualTo(HALF_AN_HOUR);
        assertThat(outcome.propellant()).isBetween(0.8, 1.0);
        assertThat(outcome.transitions()).isEqualTo((int) outcome.version());
    }

    @Test
    void shouldNotCallAFlightWithASafeModeGood() {
        FaultSpec fault =
                new FaultSpec(
                        "f", FaultSpec.Type.SENSOR_OFF, "imu_main", new TreeMap<>(), 100, 200);
        TwinSetup usual = TwinSetup.of(1);
        TwinSetup faulty =
                new TwinSetup(
                        usual.world(),
                        usual.agent(),
                        List.of(new TwinFault(new TwinId("qiki-1"), fault)),
                        usual.store());

        Endurance.Outcome outcome = new Endurance(faulty, 600).fly(done -> {});

        assertThat(outcome.safeModes()).isEqualTo(1);
        assertThat(outcome.good()).isFalse();
    }

    @Test
    void shouldKeepNoMoreTransitionsThanItMay() {
        TwinSetup usual = TwinSetup.of(1);
        TwinSetup small =
                new TwinSetup(usual.world(), usual.agent(), List.of(), StoreLimits.withHistory(3));

        Endurance.Outcome outcome = new Endurance(small, 6_000).fly(done -> {});

        assertThat(outcome.version()).isGreaterThan(3);
        assertThat(outcome.transitions()).isEqualTo(3);
        assertThat(outcome.good()).isTrue();
    }
}
