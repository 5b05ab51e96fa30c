package io.qiki.dtmp.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.testkit.Reports;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class SignalDictionaryTest {
    private static final long STEP_NANOS = 20_000_000;

    private final SignalDictionary dictionary =
            new SignalDictionary(
                    SignalPlan.of(
                            VehicleProfile.qikiDodeca01(), STEP_NANOS, Reports.STEPS_PER_TICK));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nav.position_m",
                "nav.velocity_mps",
                "attitude.quaternion",
                "rates.body_radps",
                "power.soc",
                "power.bus_v",
                "thermal.core_k",
                "propellant_kg",
                "lidar.range_m",
                "radar.contacts",
                "dock.state",
                "link.state"
            })
    void shouldKnowTheNamesOfTheContract(String name) {
        assertThat(dictionary.definitions()).extracting(SignalDefinition::name).contains(name);
    }

    @Test
    void shouldNameEverySignalOnce() {
        List<String> names = dictionary.definitions().stream().map(SignalDefinition::name).toList();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void shouldSayEverythingOfAReading() {
        // Given: measured at step 590, observed at step 600
        TwinReport report =
                Reports.at(120, SensorReading.ok(SensorId.NAV, 7, 590, at(new Vec3(1, 2, 3))));

        // When
        SignalValue value = read(report, "nav.position_m");

        // Then
        assertThat(value.content()).isEqualTo(new Content.Numbers(List.of(1.0, 2.0, 3.0)));
        assertThat(value.signal().unit()).isEqualTo("m");
        assertThat(value.sourceStep()).isEqualTo(590);
        assertThat(value.ageMillis()).isEqualTo(200);
        assertThat(value.staleAfterMillis()).isEqualTo(300);
        assertThat(value.truth()).isEqualTo(TruthState.OK);
        assertThat(value.reason()).isEqualTo(DataReason.NONE);
        assertThat(value.stale()).isFalse();
    }

    @Test
    void shouldCallAnOldValueStaleAndKeepItsNumberAndTruth() {
        TwinReport report =
                Reports.at(120, SensorReading.ok(SensorId.NAV, 7, 584, at(new Vec3(1, 2, 3))));

        SignalValue value = read(report, "nav.position_m");

        assertThat(value.stale()).isTrue();
        assertThat(value.truth()).isEqualTo(TruthState.OK);
        assertThat(value.content()).isNotEqualTo(Content.Absent.INSTANCE);
    }

    @Test
    void shouldSayWhyThereIsNoData() {
        TwinReport report =
                Reports.at(
                        120, SensorReading.noData(SensorId.IMU_MAIN, 7, 590, DataReason.OFF, true));

        SignalValue value = read(report, "rates.body_radps");

        assertThat(value.content()).isEqualTo(Content.Absent.INSTANCE);
        assertThat(value.truth()).isEqualTo(TruthState.NO_DATA);
        assertThat(value.reason()).isEqualTo(DataReason.OFF);
        assertThat(value.forced()).isTrue();
    }

    @Test
    void shouldSayOfPartsThatAreNotBuiltThatTheyAreNot() {
        TwinReport report = Reports.at(120);

        for (String name : List.of("dock.state", "link.state", "radiation.dose_rate_svps")) {
            assertThat(read(report, name).reason()).isEqualTo(DataReason.NOT_BUILT);
            assertThat(read(report, name).truth()).isEqualTo(TruthState.NO_DATA);
        }
    }

    @Test
    void shouldGiveTheStateOfChargeInPercent() {
        Measurement gauge =
                new Measurement.PowerGauge(
                        0.8,
                        28,
                        5,
                        300,
                        140,
                        0.7,
                        List.of(new Measurement.ShedLoad("nbl", "low-charge")));

        TwinReport report = Reports.at(10, SensorReading.ok(SensorId.POWER_GAUGE, 1, 50, gauge));

        assertThat(read(report, "power.soc").content()).isEqualTo(new Content.Scalar(80));
        assertThat(read(report, "power.shed").content())
                .isEqualTo(new Content.Texts(List.of("nbl low-charge")));
    }

    @Test
    void shouldShowWhatTheControllersDo() {
        TwinReport report = Reports.at(10);

        assertThat(read(report, "control.attitude_mode").content())
                .isEqualTo(new Content.Text("HOLD"));
        assertThat(read(report, "thrusters.firing_count").content())
                .isEqualTo(new Content.Whole(2));
    }

    @Test
    void shouldHaveNoValueBeforeTheFirstTick() {
        for (SignalDefinition definition : dictionary.definitions()) {
            SignalValue value = dictionary.unread(definition);

            assertThat(value.truth()).isEqualTo(TruthState.NO_DATA);
            assertThat(value.reason()).isIn(DataReason.NOT_YET, DataReason.NOT_BUILT);
        }
    }

    private SignalValue read(TwinReport report, String name) {
        return dictionary.read(report).stream()
                .filter(value -> value.signal().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Measurement at(Vec3 position) {
        return new Measurement.Navigation(position, Vec3.ZERO);
    }
}
