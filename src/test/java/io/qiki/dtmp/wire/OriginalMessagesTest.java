package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.qiki.dtmp.model.BiosReport;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Proposal;
import io.qiki.dtmp.model.RadarDetection;
import io.qiki.dtmp.model.RadarFrame;
import io.qiki.dtmp.model.RadarTrack;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    // Encoded by hand, field by field, from the numbers of docs/contracts.md.
    private static final String GOLDEN_FRAME =
            "080112260a2430313233343536372d383961622d636465662d303132332d"
                    + "3435363738396162636465662a4309000000000000594011000000000080"
                    + "5640190000000000003ec02100000000000000c029000000000000344031"
                    + "0000000000000840380140014a0141d00502d80501";
    private static final String GOLDEN_TRACK =
            "080112260a2430313233343536372d383961622d636465662d303132332d"
                    + "34353637383961626364656618052003280131000000000000e03f390000"
                    + "000000005940410000000000805640490000000000003ec0510000000000"
                    + "0000c059000000000000344061000000000000084070017a01418001038a"
                    + "010f0d0000803f15000000401d000040409a0130000000000000f03f0000"
                    + "0000000000000000000000000000000000000000f03f0000000000000000"
                    + "000000000000f03fa9010000000000001040b00105d00502d80501";
    private static final String GOLDEN_READING =
            "0a260a2430313233343536372d383961622d636465662d303132332d3435"
                    + "3637383961626364656610011a060880b1ef86072d000048413001400155"
                    + "0000803f5a0d715f73696d5f73657276696365";
    private static final String GOLDEN_SELF_TEST =
            "1203312e301a380a260a2430313233343536372d383961622d636465662d"
                    + "303132332d3435363738396162636465661203696d75180322036f666628"
                    + "0130012001350000003f4007";
    private static final String GOLDEN_PROPOSAL =
            "0a260a2430313233343536372d383961622d636465662d303132332d3435"
                    + "36373839616263646566120572756c65732a03776879350000003f40014a"
                    + "060a016b120176550000803e580262260a2430313233343536372d383961"
                    + "622d636465662d303132332d343536373839616263646566720173";

    @Test
    void shouldNameTheFieldOfAWrongStateMachine() {
        FsmStateSnapshot good =
                FsmStateSnapshot.newBuilder().setCurrentState(FSMStateEnum.ACTIVE).build();
        assertRefused(good.toBuilder().clearCurrentState().build(), "current_state");
        assertRefused(good.toBuilder().setCurrentStateValue(99).build(), "unknown number 99");
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
        assertRefused(() -> FsmMessages.toModel(message), words);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String words) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void shouldNameTheFieldOfAWrongReading() {
        var good =
                qiki.sensors.SensorReading.newBuilder()
                        .setSensorId(qiki.common.UUID.newBuilder().setValue(ID))
                        .setSensorType(qiki.common.SensorType.LIDAR)
                        .setScalarData(1)
                        .build();
        assertThat(SensorMessages.toModel(good).sensorId()).hasToString(ID);
        refused(good.toBuilder().clearSensorId().build(), "sensor_id: is missing");
        refused(good.toBuilder().clearSensorType().build(), "sensor_type");
        refused(good.toBuilder().setSensorTypeValue(77).build(), "77");
        refused(good.toBuilder().setScalarData(Float.NaN).build(), "scalar_data");
        refused(good.toBuilder().setSignalStrength(2).build(), "signal_strength");
        refused(good.toBuilder().setUnitValue(99).build(), "unit");
        refused(
                good.toBuilder()
                        .setVectorData(
                                qiki.common.Vector3.newBuilder().setY(Float.POSITIVE_INFINITY))
                        .build(),
                "vector_data.y");
        refused(
                good.toBuilder()
                        .setRadarData(
                                qiki.radar.v1.RadarFrame.newBuilder()
                                        .addDetections(
                                                qiki.radar.v1.RadarDetection.newBuilder()
                                                        .setBearingDeg(360)))
                        .build(),
                "radar_data.detections[0]: bearing_deg");
        refused(
                good.toBuilder()
                        .setRadarTrack(qiki.radar.v1.RadarTrack.getDefaultInstance())
                        .build(),
                "radar_track.track_id");
    }

    private static void refused(qiki.sensors.SensorReading message, String words) {
        assertRefused(() -> SensorMessages.toModel(message), words);
    }

    @Test
    void shouldNameTheFieldOfAWrongTrackSelfTestOrProposal() {
        var id = qiki.common.UUID.newBuilder().setValue(ID).build();
        var track = qiki.radar.v1.RadarTrack.newBuilder().setTrackId(id).build();
        assertRefused(
                () -> TrackMessages.toModel(track.toBuilder().addPositionCovariance(1).build()),
                "position_covariance must have none or six");
        assertRefused(
                () -> TrackMessages.toModel(track.toBuilder().setQuality(-1).build()), "quality");
        assertRefused(
                () -> TrackMessages.toModel(track.toBuilder().setStatusValue(9).build()), "status");

        var test = qiki.bios.BiosStatusReport.getDefaultInstance();
        assertRefused(
                () -> SelfTestMessages.toModel(test.toBuilder().setHealthScore(1.5f).build()),
                "health_score");
        assertRefused(
                () -> SelfTestMessages.toModel(test.toBuilder().setUptimeSec(-1).build()),
                "uptime_sec");
        assertRefused(
                () ->
                        SelfTestMessages.toModel(
                                test.toBuilder()
                                        .addPostResults(
                                                qiki.bios.DeviceStatus.newBuilder()
                                                        .setDeviceTypeValue(8))
                                        .build()),
                "post_results[0].device_type");

        var proposal = qiki.mind.Proposal.newBuilder().setProposalId(id).build();
        assertRefused(
                () ->
                        ProposalMessages.toModel(
                                proposal.toBuilder().setPriority(Float.NaN).build(), TWIN),
                "priority");
        assertRefused(
                () ->
                        ProposalMessages.toModel(
                                proposal.toBuilder().clearProposalId().build(), TWIN),
                "proposal_id: is missing");
        assertRefused(
                () ->
                        ProposalMessages.toModel(
                                proposal.toBuilder()
                                        .addProposedActions(
                                                qiki.actuators.ActuatorCommand.newBuilder()
                                                        .setActuatorId(id))
                                        .build(),
                                TWIN),
                "proposed_actions[0].command_id");
        assertRefused(
                () ->
                        ProposalMessages.toModel(
                                proposal.toBuilder()
                                        .addDependsOn(qiki.common.UUID.getDefaultInstance())
                                        .build(),
                                TWIN),
                "depends_on[0].value");
        assertRefused(
                () ->
                        ProposalMessages.toModel(
                                proposal.toBuilder()
                                        .setExpectedDuration(
                                                com.google.protobuf.Duration.newBuilder()
                                                        .setSeconds(-1))
                                        .build(),
                                TWIN),
                "expected_duration");
    }

    @Test
    void shouldTellTracksSelfTestsAndProposalsOfATwin() {
        RadarTrack track =
                new RadarTrack(
                        java.util.UUID.fromString(ID),
                        RadarTrack.Status.TRACKED,
                        RadarTrack.ObjectType.STATION,
                        RadarTrack.Iff.FRIEND,
                        new Vec3(30, 0, 40),
                        new Vec3(0, -1, 0),
                        50,
                        -2,
                        20,
                        3,
                        RadarDetection.TransponderMode.ON,
                        "ALLY-1",
                        0.9,
                        50,
                        100,
                        4,
                        0);
        var told = TrackMessages.toWire(TrackMessages.report(track, Vec3.ZERO, DATES));
        assertThat(told.getBearingDeg()).isEqualTo(90);
        assertThat(told.getElevDeg()).isEqualTo(Math.toDegrees(Math.atan2(40, 30)));
        assertThat(told.getAgeS()).isEqualTo(1);
        assertThat(told.getTimestamp()).isEqualTo(DATES.timestamp(100));
        assertThat(told.getStatus())
                .isEqualTo(qiki.radar.v1.RadarTrackStatus.RADAR_TRACK_STATUS_TRACKED);

        BiosReport bios =
                new BiosReport(
                        50,
                        List.of(
                                new DeviceStatus(
                                        "imu_main",
                                        DeviceStatus.Kind.SENSOR,
                                        DeviceStatus.Status.ERROR,
                                        DeviceStatus.Code.TIMEOUT_RESPONSE,
                                        true,
                                        "no answer")),
                        false,
                        0.5,
                        0xABC);
        var test = SelfTestMessages.toWire(SelfTestMessages.report(TWIN, bios, DATES, 5));
        assertThat(test.getUptimeSec()).isEqualTo(5);
        assertThat(test.getFirmwareVersion()).isEqualTo("0000000000000abc");
        assertThat(test.getPostResults(0).getDeviceId().getValue())
                .isEqualTo(SensorMessages.uuid(TWIN, SensorId.IMU_MAIN).toString());
        assertThat(test.getPostResults(0).getStatusCode())
                .isEqualTo(qiki.bios.DeviceStatus.StatusCode.TIMEOUT_RESPONSE);

        Proposal proposal = new RandomModel(3).proposal(TWIN);
        var judged =
                new JudgedProposal(
                        proposal, JudgedProposal.Verdict.REJECTED, JudgedProposal.Reason.CONFLICT);
        var mind = ProposalMessages.toWire(ProposalMessages.report(judged, 100, DATES));
        assertThat(mind.getStatus()).isEqualTo(qiki.mind.Proposal.ProposalStatus.REJECTED);
        assertThat(mind.getMetadataMap())
                .containsEntry("reason", "CONFLICT")
                .containsEntry("goal", proposal.goal().name());
        assertThat(mind.getProposedActionsCount()).isEqualTo(proposal.actions().size());
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

    @Test
    void shouldKeepTheBytesOfReadingsFramesTracksSelfTestsAndProposals() {
        java.util.UUID id = java.util.UUID.fromString(ID);
        RadarReport.Echo echo =
                new RadarReport.Echo(
                        100,
                        90,
                        -30,
                        -2,
                        20,
                        3,
                        true,
                        RadarDetection.TransponderMode.ON,
                        "A",
                        RadarDetection.RangeBand.SHORT,
                        Optional.of(true));
        RadarReport frame =
                new RadarReport(
                        1, Optional.of(id), Optional.empty(), Optional.empty(), List.of(echo));
        assertThat(hex(RadarMessages.toWire(frame).toByteArray())).isEqualTo(GOLDEN_FRAME);

        TrackReport track =
                new TrackReport(
                        1,
                        id,
                        RadarTrack.ObjectType.DEBRIS,
                        RadarTrack.Iff.UNKNOWN,
                        echo,
                        0.5,
                        Optional.empty(),
                        RadarTrack.Status.LOST,
                        Optional.of(new Vec3(1, 2, 3)),
                        Optional.empty(),
                        List.of(1.0, 0.0, 0.0, 1.0, 0.0, 1.0),
                        List.of(),
                        4,
                        5);
        assertThat(hex(TrackMessages.toWire(track).toByteArray())).isEqualTo(GOLDEN_TRACK);

        ReadingReport reading =
                new ReadingReport(
                        id,
                        qiki.common.SensorType.LIDAR,
                        Optional.of(DATES.timestamp(0)),
                        new ReadingReport.Value.Scalar(12.5),
                        Unit.METERS,
                        true,
                        "",
                        1,
                        "q_sim_service");
        assertThat(hex(SensorMessages.toWire(reading).toByteArray())).isEqualTo(GOLDEN_READING);

        SelfTestReport test =
                new SelfTestReport(
                        Optional.empty(),
                        "1.0",
                        List.of(
                                new SelfTestReport.Device(
                                        Optional.of(id),
                                        "imu",
                                        DeviceStatus.Status.ERROR,
                                        "off",
                                        DeviceStatus.Kind.SENSOR,
                                        DeviceStatus.Code.COMPONENT_NOT_FOUND)),
                        true,
                        Optional.empty(),
                        0.5f,
                        Optional.empty(),
                        7);
        assertThat(hex(SelfTestMessages.toWire(test).toByteArray())).isEqualTo(GOLDEN_SELF_TEST);

        ProposalReport proposal =
                new ProposalReport(
                        id,
                        "rules",
                        Optional.empty(),
                        List.of(),
                        "why",
                        0.5f,
                        Optional.empty(),
                        Proposal.Type.SAFETY,
                        new TreeMap<>(Map.of("k", "v")),
                        0.25f,
                        ProposalReport.Verdict.ACCEPTED,
                        List.of(id),
                        List.of(),
                        "s");
        assertThat(hex(ProposalMessages.toWire(proposal).toByteArray())).isEqualTo(GOLDEN_PROPOSAL);
    }

    private static Measurement imu() {
        return new Measurement.Inertial(new Vec3(1, 2, -3), Vec3.ZERO);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
