package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.SafeModeReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a self-test that fails, contradicts itself or is missing does to the state machine. */
@Timeout(30)
class SelfTestModeTest {
    private final Flight flight = new Flight(3, Mission.standard());

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            flight.tick();
        }
    }

    private FsmState state() {
        return flight.last.output().snapshot().state();
    }

    private static List<ProbeAnswer> twice(List<ProbeAnswer> probes) {
        List<ProbeAnswer> more = new ArrayList<>(probes);
        more.set(1, more.get(0));
        return more;
    }

    @Test
    void shouldGoSafeForAContradictionAndComeBackByTheExitRule() {
        // Given
        ticks(30);
        assertThat(state()).isEqualTo(FsmState.ACTIVE);

        // When
        flight.probes = SelfTestModeTest::twice;
        ticks(3);

        // Then
        assertThat(state()).isEqualTo(FsmState.SAFE_MODE);
        assertThat(flight.last.output().snapshot().reason()).isEqualTo(SafeModeReason.BIOS_INVALID);
        assertThat(flight.events)
                .filteredOn(event -> event.type().equals("bios_status"))
                .filteredOn(event -> event.reason().equals("invalid"))
                .singleElement()
                .satisfies(event -> assertThat(event.data().get("cause")).contains("twice"));
        ticks(40);
        assertThat(state()).isEqualTo(FsmState.SAFE_MODE);

        // And when it is over
        flight.probes = probes -> probes;
        ticks(19);
        assertThat(state()).isEqualTo(FsmState.SAFE_MODE);
        ticks(5);
        assertThat(state()).isIn(FsmState.IDLE, FsmState.ACTIVE);
    }

    @Test
    void shouldGoSafeWhenTheSelfTestStops() {
        ticks(30);

        flight.probes = probes -> List.of();
        ticks(4);

        assertThat(flight.last.output().snapshot().reason())
                .isEqualTo(SafeModeReason.BIOS_UNAVAILABLE);
        flight.probes = probes -> probes;
        assertThat(flight.until(40, now -> now.state() == FsmState.ACTIVE)).isTrue();
    }

    @Test
    void shouldNotStartWithADeadCriticalDevice() {
        // Given
        flight.probes =
                probes ->
                        probes.stream()
                                .map(
                                        one ->
                                                one.device().equals("nav")
                                                        ? new ProbeAnswer(
                                                                "nav",
                                                                ProbeAnswer.Result.SILENT,
                                                                0,
                                                                1)
                                                        : one)
                                .toList();

        // When
        ticks(40);

        // Then
        assertThat(state()).isEqualTo(FsmState.ERROR_STATE);
        BiosReport report = flight.last.output().bios();
        assertThat(report.devices())
                .filteredOn(device -> device.device().equals("nav"))
                .singleElement()
                .extracting(DeviceStatus::code)
                .isEqualTo(DeviceStatus.Code.CRITICAL_BOOT_FAILURE);

        // And when it answers
        flight.probes = probes -> probes;
        assertThat(flight.until(20, now -> now.state() == FsmState.IDLE)).isTrue();
        assertThat(flight.last.output().snapshot().last().trigger()).isEqualTo("ERROR_CLEARED");
    }

    @Test
    void shouldNotCallAFailedDeviceAContradiction() {
        ticks(30);
        flight.switchOff("f", "imu_main");
        ticks(10);
        assertThat(flight.last.output().snapshot().reason())
                .isEqualTo(SafeModeReason.SENSORS_UNAVAILABLE);
    }
}
