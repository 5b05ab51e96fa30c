package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ModelValuesTest {
    private static final UUID ID = new UUID(1, 2);
    private static final TwinId TWIN = new TwinId("qiki-1");

    @ParameterizedTest
    @ValueSource(strings = {"", "Qiki-1", "qiki 1", "qiki_1", "ä", "a\n"})
    void shouldRefuseTwinIdsOfAnotherForm(String text) {
        assertThatThrownBy(() -> new TwinId(text)).hasMessageContaining("[a-z0-9-]{1,64}");
    }

    @Test
    void shouldTakeATwinIdOfSixtyFourCharactersAndNotMore() {
        assertThat(new TwinId("a".repeat(64)).value()).hasSize(64);
        assertThatThrownBy(() -> new TwinId("a".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseNumbersThatAreNone(double number) {
        assertThatThrownBy(() -> new Vec3(0, number, 0)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new CommandValue.Scalar(number)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Measurement.Range(number)).hasMessageContaining("range");
        assertThatThrownBy(() -> new Measurement.Temperatures(List.of(number)))
                .hasMessageContaining("temperature");
    }

    @Test
    void shouldRefuseAValueWithoutWorthAndWorthWithoutAValue() {
        Measurement range = new Measurement.Range(3);
        Measurement none = Measurement.None.INSTANCE;

        assertThatThrownBy(() -> reading(TruthState.NO_DATA, DataReason.OFF, range))
                .hasMessageContaining("absent exactly when");
        assertThatThrownBy(() -> reading(TruthState.OK, DataReason.NONE, none))
                .hasMessageContaining("absent exactly when");
        assertThatThrownBy(() -> reading(TruthState.NO_DATA, DataReason.NONE, none))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> reading(TruthState.OK, DataReason.OFF, range))
                .hasMessageContaining("reason");
        assertThat(reading(TruthState.INVALID, DataReason.IMPLAUSIBLE, range).usable()).isFalse();
        assertThat(reading(TruthState.OK, DataReason.NONE, range).usable()).isTrue();
    }

    @Test
    void shouldTieActivityToActiveAndReasonToSafeMode() {
        Transition toActive = transition(FsmState.ACTIVE, Activity.CRUISE);
        Transition toSafe = transition(FsmState.SAFE_MODE, Activity.NONE);

        assertThatThrownBy(
                        () ->
                                new FsmSnapshot(
                                        FsmState.ACTIVE,
                                        Activity.NONE,
                                        SafeModeReason.NONE,
                                        toActive,
                                        1))
                .hasMessageContaining("activity");
        assertThatThrownBy(
                        () ->
                                new FsmSnapshot(
                                        FsmState.SAFE_MODE,
                                        Activity.NONE,
                                        SafeModeReason.NONE,
                                        toSafe,
                                        1))
                .hasMessageContaining("reason");
        assertThatThrownBy(
                        () ->
                                new FsmSnapshot(
                                        FsmState.IDLE,
                                        Activity.NONE,
                                        SafeModeReason.NONE,
                                        toActive,
                                        1))
                .hasMessageContaining("last transition");
        assertThat(FsmSnapshot.coldStart().state()).isEqualTo(FsmState.BOOTING);
    }

    @Test
    void shouldNotFollowTheListsAndMapsItWasMadeOf() {
        List<RadarDetection> detections = new ArrayList<>();
        TreeMap<String, String> data = new TreeMap<>();
        RadarFrame frame = new RadarFrame(1, 1, detections);
        TwinEvent event =
                new TwinEvent(
                        "fault", TWIN, 1, 5, TwinEvent.Severity.INFO, TruthState.OK, "x", data);

        data.put("a", "b");

        assertThat(event.data()).isEmpty();
        assertThatThrownBy(() -> event.data().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> frame.detections().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldRefuseAnObservationWithASensorMissingOrMisplaced() {
        List<SensorReading> readings = new ArrayList<>();
        for (int i = 0; i < SensorId.count(); i++) {
            readings.add(SensorReading.noData(SensorId.at(i), 0, 0, DataReason.NOT_YET, false));
        }
        List<SensorReading> swapped = new ArrayList<>(readings);
        swapped.set(0, readings.get(1));

        assertThat(observation(readings).reading(SensorId.NAV).sensor()).isEqualTo(SensorId.NAV);
        assertThatThrownBy(() -> observation(swapped)).hasMessageContaining("imu_main");
        assertThatThrownBy(() -> observation(readings.subList(1, readings.size())))
                .hasMessageContaining("number of readings");
    }

    @Test
    void shouldRefuseAnIdentityInALongRangeDetection() {
        assertThatThrownBy(
                        () ->
                                new RadarDetection(
                                        6000,
                                        0,
                                        0,
                                        0,
                                        20,
                                        0,
                                        RadarDetection.TransponderMode.ON,
                                        "STATION",
                                        RadarDetection.RangeBand.LONG))
                .hasMessageContaining("identity");
    }

    @Test
    void shouldPlaceADetectionClockwiseFromNorth() {
        RadarDetection east =
                new RadarDetection(
                        100,
                        Math.PI / 2,
                        0,
                        -1,
                        20,
                        0,
                        RadarDetection.TransponderMode.OFF,
                        "",
                        RadarDetection.RangeBand.SHORT);

        Vec3 position = east.relativePositionWorld();

        assertThat(position.minus(new Vec3(100, 0, 0)).norm()).isLessThan(1e-9);
    }

    @Test
    void shouldRefuseACommandOutOfRangeOrWithoutParts() {
        CommandValue value = new CommandValue.Scalar(1);

        assertThatThrownBy(() -> command(ActuatorCommand.MAX_TIMEOUT_MILLIS + 1, value))
                .hasMessageContaining("timeout");
        assertThatThrownBy(() -> command(-1, value)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> command(0, null)).hasMessageContaining("command value");
    }

    @ParameterizedTest
    @EnumSource(Actuator.class)
    void shouldFindAnActuatorByNameAndByUuid(Actuator actuator) {
        assertThat(Actuator.of(actuator.id())).contains(actuator);
        assertThat(Actuator.of(actuator.uuid().toString())).contains(actuator);
        assertThat(Actuator.of("warp_drive")).isEmpty();
    }

    @Test
    void shouldGiveEveryFailureItsOwnNumberAndText() {
        assertThat(FailureCode.values()).extracting(FailureCode::code).doesNotHaveDuplicates();
        assertThat(FailureCode.values()).extracting(FailureCode::text).doesNotHaveDuplicates();
        assertThat(FailureCode.of(1201)).contains(FailureCode.STORE_FENCED);
        assertThat(FailureCode.of(7)).isEmpty();
        assertThatThrownBy(() -> new Failure(FailureCode.NONE, "nothing"))
                .hasMessageContaining("code");
    }

    @Test
    void shouldCountSimulationTimeInWholeSteps() {
        long stepNanos = 20_000_000;

        assertThat(new SimTime(5, stepNanos).seconds()).isEqualTo(0.1);
        assertThat(SimTime.millis(15, stepNanos)).isEqualTo(300);
        assertThatThrownBy(() -> new SimTime(-1, stepNanos)).hasMessageContaining("step");
        assertThatThrownBy(() -> new SimTime(1, 0)).hasMessageContaining("step length");
    }

    @Test
    void shouldKnowWhichStagesAreFinal() {
        assertThat(CommandStage.values())
                .filteredOn(CommandStage::isFinal)
                .containsExactly(
                        CommandStage.EXECUTED,
                        CommandStage.REJECTED,
                        CommandStage.FAILED,
                        CommandStage.TIMEOUT,
                        CommandStage.EXPIRED,
                        CommandStage.UNAVAILABLE);
    }

    private static SensorReading reading(TruthState truth, DataReason why, Measurement value) {
        return new SensorReading(SensorId.LIDAR_FRONT, 1, 1, truth, why, 1, false, value);
    }

    private static Transition transition(FsmState to, Activity activity) {
        return new Transition(FsmState.IDLE, Activity.NONE, to, activity, "TEST", 3);
    }

    private static ActuatorCommand command(int timeoutMillis, CommandValue value) {
        return new ActuatorCommand(
                ID,
                TWIN,
                Actuator.RCS_UP,
                ActuatorCommand.Type.SET_VELOCITY,
                value,
                Unit.PERCENT,
                timeoutMillis);
    }

    private static Observation observation(List<SensorReading> readings) {
        VehicleStatus status =
                new VehicleStatus(
                        Actuator.AttitudeMode.HOLD,
                        Quaternion.IDENTITY,
                        false,
                        Vec3.ZERO,
                        Actuator.PowerMode.NORMAL,
                        false,
                        false,
                        Vec3.ZERO,
                        Vec3.ZERO,
                        0);
        return new Observation(TWIN, 0, 1, 5, readings, List.of(), List.of(), status, 0, 0);
    }
}
