package io.qiki.dtmp.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.signal.SignalLimits.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class SignalLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "9.9, LOW_CRITICAL",
        "10, LOW_CRITICAL",
        "10.1, LOW_WARNING",
        "20, LOW_WARNING",
        "20.1, NORMAL",
        "29.9, NORMAL",
        "30, HIGH_WARNING",
        "39.9, HIGH_WARNING",
        "40, HIGH_CRITICAL",
        "1e9, HIGH_CRITICAL"
    })
    void shouldJudgeANumberByTheLimitsItHasReached(double value, Level level) {
        assertThat(new SignalLimits(10, 20, 30, 40).level(value)).isEqualTo(level);
    }

    @Test
    void shouldCallEverythingNormalWithoutLimits() {
        assertThat(SignalLimits.NONE.level(-1e300)).isEqualTo(Level.NORMAL);
        assertThat(SignalLimits.NONE.level(1e300)).isEqualTo(Level.NORMAL);
    }

    @Test
    void shouldKnowOneEndOnly() {
        assertThat(SignalLimits.low(1, 2).level(1e9)).isEqualTo(Level.NORMAL);
        assertThat(SignalLimits.high(3, 4).level(-1e9)).isEqualTo(Level.NORMAL);
        assertThat(SignalLimits.high(3, 4).level(3)).isEqualTo(Level.HIGH_WARNING);
    }

    @Test
    void shouldRefuseLimitsThatDoNotRise() {
        assertThatThrownBy(() -> new SignalLimits(10, 5, 30, 40))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must rise")
                .hasMessageContaining("[10.0, 5.0, 30.0, 40.0]");
    }

    @Test
    void shouldTakeTheLimitsFromTheVehicle() {
        SignalPlan plan = SignalPlan.of(VehicleProfile.qikiDodeca01(), 20_000_000, 5);

        assertThat(plan.limits("thermal.battery_k"))
                .isEqualTo(new SignalLimits(268.15, 275.15, 333.15, 343.15));
        assertThat(plan.limits("power.bus_a")).isEqualTo(SignalLimits.high(7.2, 8));
        assertThat(plan.limits("nav.speed_mps")).isEqualTo(SignalLimits.NONE);
    }
}
