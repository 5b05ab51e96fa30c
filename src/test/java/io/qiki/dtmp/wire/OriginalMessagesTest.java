package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Vec3;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qiki.fsm.FSMStateEnum;
import qiki.fsm.FsmStateSnapshot;

/** Messages of the original: what is wrong is named, bytes stay as they are. */
@Timeout(20)
class OriginalMessagesTest {
    private static final TwinId TWIN = new TwinId("qiki-1");
    private static final WireDates DATES =
            new WireDates(Instant.parse("2030-01-01T00:00:00Z"), 20_000_000);
    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @Test
    void shouldNameTheFieldOfAWrongStateMachine() {
        FsmStateSnapshot good =
                FsmStateSnapshot.newBuilder().setCurrentState(FSMStateEnum.ACTIVE).build();
        assertRefused(good.toBuilder().clearCurrentState().build(), "current_state");
        assertRefused(good.toBuilder().setCurrentStateValue(99).build(), "unknown number");
        assertRefused(
                good.toBuilder().putStateMetadata("dto_version", "007").build(), "dto_version");
        assertRefused(
                good.toBuilder().putStateMetadata("dto_prev_state", "FLYING").build(), "FLYING");
        assertRefused(good.toBuilder().putStateMetadata("dto_other", "x").build(), "dto_other");
        assertRefused(good.toBuilder().setAttemptCount(-1).build(), "attempt_count");
        assertRefused(
                good.toBuilder().setSnapshotId(qiki.common.UUID.newBuilder().setValue("7")).build(),
                "snapshot_id.value");
        assertRefused(
                good.toBuilder().addHistory(qiki.fsm.StateTransition.getDefaultInstance()).build(),
                "history[0].from_state");
        assertRefused(
                good.toBuilder().setTimestamp(Timestamp.newBuilder().setNanos(-1)).build(),
                "timestamp: must");
    }

    private static void assertRefused(FsmStateSnapshot message, String words) {
        assertThatThrownBy(() -> FsmMessages.toModel(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void shouldShowReadingsAsTheOriginalWould() {
        var lidar = wire(SensorId.LIDAR_FRONT, new Measurement.Range(12.5));
        assertThat(lidar.getScalarData()).isEqualTo(12.5f);
        assertThat(lidar.getUnit()).isEqualTo(qiki.common.Unit.METERS);
        assertThat(lidar.getTimestamp().getSeconds())
                .isEqualTo(Instant.parse("2030-01-01T00:00:02Z").getEpochSecond());

        var radar =
                wire(
                        SensorId.RADAR_360,
                        new Measurement.Radar(
                                new RadarFrame(
                                        4,
                                        100,
                                        List.of(
                                                new RadarDetection(
                                                        100,
                                                        Math.PI / 2,
                                                        -Math.PI / 6,
                                                        -2,
                                                        20,
                                                        3,
                                                        RadarDetection.TransponderMode.ON,
                                                        "ALLY-1",
                                                        RadarDetection.RangeBand.SHORT)))));
        var echo = radar.getRadarData().getDetections(0);
        assertThat(echo.getBearingDeg()).isEqualTo(90);
        assertThat(echo.getElevDeg()).isCloseTo(-30, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(echo.getIdPresent()).isTrue();
        assertThat(radar.getRadarData().getSensorId()).isEqualTo(radar.getSensorId());

        var none =
                SensorMessages.toWire(
                        TWIN,
                        SensorReading.noData(
                                SensorId.NAV, 3, 100, io.qiki.dtmp.model.DataReason.OFF, true),
                        DATES);
        assertThat(none.getIsValid()).isFalse();
        assertThat(none.getSensorDataCase())
                .isEqualTo(qiki.sensors.SensorReading.SensorDataCase.SENSORDATA_NOT_SET);
    }

    private static qiki.sensors.SensorReading wire(SensorId sensor, Measurement measured) {
        return SensorMessages.toWire(TWIN, SensorReading.ok(sensor, 5, 100, measured), DATES);
    }

    @Test
    void shouldKeepItsBytes() {
        assertThat(
                        hex(
                                qiki.actuators.ActuatorCommand.newBuilder()
                                        .setActuatorId(qiki.common.UUID.newBuilder().setValue(ID))
                                        .setFloatValue(5)
                                        .setUnit(qiki.common.Unit.PERCENT)
                                        .setCommandTypeValue(1)
                                        .setTimeoutMs(200)
                                        .build()
                                        .toByteArray()))
                .isEqualTo(
                        "0a260a2430313233343536372d383961622d636465662d303132332d"
                                + "3435363738396162636465661d0000a04030033801"
                                + "58c801");
        assertThat(
                        hex(
                                FsmMessages.toWire(
                                                FsmMessages.toModel(
                                                        FsmStateSnapshot.newBuilder()
                                                                .setCurrentStateValue(6)
                                                                .setAttemptCount(2)
                                                                .putStateMetadata(
                                                                        "dto_version", "9")
                                                                .build()))
                                        .toByteArray()))
                .isEqualTo("18063a100a0b64746f5f76657273696f6e120139" + "5002");
        assertThat(hex(wire(SensorId.IMU_MAIN, imu()).getVectorData().toByteArray()))
                .isEqualTo("0d0000803f15000000401d000040c0");
    }

    private static Measurement imu() {
        return new Measurement.Inertial(new Vec3(1, 2, -3), Vec3.ZERO);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
