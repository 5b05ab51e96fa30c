package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Activity;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorTrust;
import io.qiki.dtmp.model.SensorTrust.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What brings SAFE_MODE, and what keeps it: each requirement by itself. */
@Timeout(20)
class SafeModeJudgeTest {
    private static final long SEQUENCE = 9;
    private static final SafeWatch WATCH = new SafeWatch(List.of(SEQUENCE - 1), 4, "");

    private final SafeModeJudge judge = new SafeModeJudge(Flight.settings(Mission.standard()));

    private boolean blind;
    private int unanswered;
    private String brokenEngine = "";
    private boolean held;
    private DeviceStatus.Kind kind = DeviceStatus.Kind.ACTUATOR;
    private DeviceStatus.Status status = DeviceStatus.Status.OK;
    private boolean critical = true;
    private long biosAge;
    private String contradiction = "";
    private Verdict verdict = Verdict.OK;
    private int badTicks;
    private Actuation actuation = Actuation.NONE;

    private SafeModeJudge.Required required(boolean booting) {
        DeviceStatus.Code code =
                status == DeviceStatus.Status.OK
                        ? DeviceStatus.Code.NONE
                        : DeviceStatus.Code.TIMEOUT_RESPONSE;
        DeviceStatus device = new DeviceStatus("a-device", kind, status, code, critical, "");
        return new SafeModeJudge.Required(
                booting ? FsmState.BOOTING : FsmState.SAFE_MODE,
                booting,
                blind,
                unanswered,
                brokenEngine,
                held,
                new BiosReport(1, List.of(device), true, 1, 7),
                biosAge,
                contradiction,
                new SensorMemory(
                        List.of(new SensorTrust(SensorId.NAV, verdict, 1)),
                        List.of(new SensorRun(SensorId.NAV, SEQUENCE, 1, 0, badTicks)),
                        NavEstimate.NONE),
                actuation);
    }

    private SafeModeReason reason() {
        return judge.reason(required(false));
    }

    private String failing() {
        return judge.watch(WATCH, required(false)).failing();
    }

    @Test
    void shouldLetAHealthyVehicleBe() {
        assertThat(reason()).isEqualTo(SafeModeReason.NONE);
        assertThat(judge.watch(WATCH, required(false)).goodTicks()).isEqualTo(5);
        assertThat(failing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_DATA, 1, SENSORS_UNAVAILABLE",
        "MISSING_FIELDS, 1, SENSORS_UNAVAILABLE",
        "INVALID, 1, NONE",
        "INVALID, 2, SENSORS_UNAVAILABLE",
        "LOW_QUALITY, 1, NONE",
        "LOW_QUALITY, 2, SENSORS_UNAVAILABLE",
        "STALE, 1, SENSORS_STALE"
    })
    void shouldJudgeACriticalSensor(Verdict seen, int ticks, SafeModeReason wanted) {
        verdict = seen;
        badTicks = ticks;

        assertThat(reason()).isEqualTo(wanted);
        assertThat(failing()).startsWith(SensorId.NAV.id());
        assertThat(judge.reason(required(true))).isEqualTo(SafeModeReason.NONE);
    }

    @Test
    void shouldWantASecondSilenceOfTheStoreButStayForOne() {
        unanswered = 1;
        assertThat(reason()).isEqualTo(SafeModeReason.NONE);
        assertThat(failing()).isEqualTo("store");

        unanswered = SafeModeJudge.UNANSWERED_COMMITS;
        assertThat(reason()).isEqualTo(SafeModeReason.STORE_UNAVAILABLE);
    }

    @Test
    void shouldWantASecondMissingSelfTest() {
        biosAge = SafeModeJudge.SELF_TEST_TICKS - 1;
        assertThat(reason()).isEqualTo(SafeModeReason.NONE);

        biosAge = SafeModeJudge.SELF_TEST_TICKS;
        assertThat(reason()).isEqualTo(SafeModeReason.BIOS_UNAVAILABLE);
        assertThat(failing()).isEqualTo("self-test");
        assertThat(judge.reason(required(true))).isEqualTo(SafeModeReason.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeviceStatus.Status.class,
            names = {"ERROR", "NOT_FOUND", "WARNING"})
    void shouldMindAFailedCriticalActuatorOnly(DeviceStatus.Status seen) {
        status = seen;
        boolean fails = seen != DeviceStatus.Status.WARNING;
        assertThat(reason())
                .isEqualTo(fails ? SafeModeReason.ACTUATOR_UNAVAILABLE : SafeModeReason.NONE);
        assertThat(failing()).isEqualTo(fails ? "a-device" : "");

        kind = DeviceStatus.Kind.POWER_UNIT;
        assertThat(reason()).isEqualTo(SafeModeReason.NONE);
        assertThat(failing()).isEqualTo(fails ? "a-device" : "");

        kind = DeviceStatus.Kind.ACTUATOR;
        critical = false;
        assertThat(reason()).isEqualTo(SafeModeReason.NONE);
        assertThat(failing()).isEmpty();
    }

    @Test
    void shouldMindAnActuatorThatDoesNotDoWhatItIsTold() {
        actuation =
                new Actuation(List.of(), List.of(Actuator.VELOCITY_CONTROLLER), 0, Activity.NONE);

        assertThat(reason()).isEqualTo(SafeModeReason.ACTUATOR_UNAVAILABLE);
        assertThat(failing()).isEqualTo(Actuator.VELOCITY_CONTROLLER.id());
    }

    @Test
    void shouldNameTheFirstOfSeveralReasons() {
        held = true;
        assertThat(reason()).isEqualTo(SafeModeReason.OPERATOR_REQUEST);
        assertThat(failing()).isEqualTo("operator's hold");
        brokenEngine = "mission";
        assertThat(reason()).isEqualTo(SafeModeReason.ENGINE_FAILURE);
        assertThat(failing()).isEqualTo("mission");
        unanswered = 2;
        assertThat(reason()).isEqualTo(SafeModeReason.STORE_UNAVAILABLE);
        status = DeviceStatus.Status.ERROR;
        assertThat(reason()).isEqualTo(SafeModeReason.ACTUATOR_UNAVAILABLE);
        verdict = Verdict.STALE;
        badTicks = 1;
        assertThat(reason()).isEqualTo(SafeModeReason.SENSORS_STALE);
        verdict = Verdict.NO_DATA;
        assertThat(reason()).isEqualTo(SafeModeReason.SENSORS_UNAVAILABLE);
        contradiction = "a-device answered twice";
        assertThat(reason()).isEqualTo(SafeModeReason.BIOS_INVALID);
        contradiction = "";
        biosAge = 2;
        assertThat(reason()).isEqualTo(SafeModeReason.BIOS_UNAVAILABLE);
    }

    @Test
    void shouldBlameTheProviderWhenTheVehicleIsNotHeard() {
        blind = true;
        verdict = Verdict.NO_DATA;
        badTicks = 5;

        assertThat(reason()).isEqualTo(SafeModeReason.PROVIDER_UNAVAILABLE);
        assertThat(failing()).isEqualTo("provider");
    }

    @Test
    void shouldStayUntilEachCriticalSensorIsHeardAnew() {
        SafeWatch entered = judge.entered(required(false).sensors());

        SafeWatch still = judge.watch(entered, required(false));
        assertThat(still.failing()).isEqualTo(SensorId.NAV.id() + " not heard anew");
        assertThat(still.goodTicks()).isZero();
        assertThat(judge.watch(WATCH, required(false)).failing()).isEmpty();
    }

    @Test
    void shouldWantTicksAndTime() {
        // 3 ticks, and 2 s of 100 ms each
        assertThat(judge.free(new SafeWatch(List.of(), 19, ""))).isFalse();
        assertThat(judge.free(new SafeWatch(List.of(), 20, ""))).isTrue();
    }
}
