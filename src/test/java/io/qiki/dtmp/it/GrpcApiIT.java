package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.GrpcCaller;
import io.qiki.dtmp.testkit.GrpcCaller.Answer;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qiki.actuators.ActuatorCommand;
import qiki.actuators.ActuatorCommand.CommandType;
import qiki.api.GetRadarFrameRequest;
import qiki.api.GetSensorDataRequest;
import qiki.api.HealthCheckRequest;
import qiki.api.QSimAPIServiceGrpcClient;
import qiki.api.SendActuatorCommandRequest;
import qiki.api.SendActuatorCommandResponse;
import qiki.common.SensorType;
import qiki.common.Unit;
import qiki.sensors.SensorReading;
import qiki.twin.v1.ClearFaultRequest;
import qiki.twin.v1.Command;
import qiki.twin.v1.CommandStage;
import qiki.twin.v1.CommandStep;
import qiki.twin.v1.ControlRequest;
import qiki.twin.v1.GetStateRequest;
import qiki.twin.v1.InjectFaultRequest;
import qiki.twin.v1.ListTwinsRequest;
import qiki.twin.v1.RestoreRequest;
import qiki.twin.v1.RestoreResponse;
import qiki.twin.v1.RunState;
import qiki.twin.v1.SendCommandRequest;
import qiki.twin.v1.SnapshotRequest;
import qiki.twin.v1.SnapshotResponse;
import qiki.twin.v1.TwinServiceGrpcClient;
import qiki.twin.v1.VehicleSnapshot;

/** A real client against a live process: the original's service, and the unary half of ours. */
@Timeout(60)
class GrpcApiIT {
    private static Topology topology;
    private static Vertx client;
    private static GrpcCaller caller;

    @BeforeAll
    static void start() throws Exception {
        topology = WebHarness.get(Topology.start(Plans.demo(2)));
        client = Vertx.vertx();
        caller = new GrpcCaller(client, topology.grpcPort());
        await().ignoreExceptions()
                .until(
                        () ->
                                WebHarness.get(topology.twins()).stream()
                                        .filter(twin -> twin.state() == FsmState.ACTIVE)
                                        .count(),
                        active -> active == 2);
    }

    @AfterAll
    static void stop() throws Exception {
        caller.close();
        WebHarness.get(client.close());
        WebHarness.get(topology.close());
    }

    @Test
    void shouldGoOnFromASnapshotAndComeBackToActive() throws Exception {
        // Given
        SnapshotResponse kept = snapshot("qiki-2");
        await().until(() -> tick("qiki-2") > kept.getTick() + 20);
        long other = tick("qiki-1");

        // When
        RestoreResponse restored = restore("qiki-2", kept.getSnapshot()).one();

        // Then
        assertThat(restored.getIncarnation()).isEqualTo(kept.getIncarnation() + 1);
        assertThat(restored.getTick()).isEqualTo(kept.getTick());
        assertThat(snapshot("qiki-2").getIncarnation()).isEqualTo(restored.getIncarnation());
        assertThat(tick("qiki-1")).isGreaterThanOrEqualTo(other);
        await().until(() -> tick("qiki-2") < kept.getTick() + 15);
        await().until(
                        () -> {
                            var twin = WebHarness.get(topology.twins()).get(1);
                            return twin.state() == FsmState.ACTIVE
                                    && tick("qiki-2") > kept.getTick() + 20;
                        });
    }

    @Test
    void shouldRefuseToRestoreWhatIsNoSnapshotOfTheTwin() throws Exception {
        VehicleSnapshot good = snapshot("qiki-1").getSnapshot();
        VehicleSnapshot damaged = good.toBuilder().setReals(0, good.getReals(0) + 1).build();
        VehicleSnapshot foreign = good.toBuilder().setTwin("qiki-2").build();

        assertRefused(restore("qiki-1", damaged), GrpcStatus.INVALID_ARGUMENT, "damaged");
        assertRefused(restore("qiki-1", foreign), GrpcStatus.INVALID_ARGUMENT, "snapshot.twin");
        assertRefused(restore("qiki-9", good), GrpcStatus.NOT_FOUND, "qiki-9");
        assertRefused(
                caller.call(
                        TwinServiceGrpcClient.Restore,
                        RestoreRequest.newBuilder().setTwin("qiki-1").build()),
                GrpcStatus.INVALID_ARGUMENT,
                "snapshot");
    }

    private static void assertRefused(Answer<?> answer, GrpcStatus status, String word) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.sentence()).contains(word);
    }

    private static SnapshotResponse snapshot(String twin) throws Exception {
        return caller.call(
                        TwinServiceGrpcClient.Snapshot,
                        SnapshotRequest.newBuilder().setTwin(twin).build())
                .one();
    }

    private static Answer<RestoreResponse> restore(String twin, VehicleSnapshot snapshot)
            throws Exception {
        return caller.call(
                TwinServiceGrpcClient.Restore,
                RestoreRequest.newBuilder().setTwin(twin).setSnapshot(snapshot).build());
    }

    private static long tick(String twin) throws Exception {
        return caller
                .call(TwinServiceGrpcClient.ListTwins, ListTwinsRequest.getDefaultInstance())
                .one()
                .getTwinsList()
                .stream()
                .filter(one -> one.getId().equals(twin))
                .findFirst()
                .orElseThrow()
                .getTick();
    }

    @Test
    void shouldGiveLidarRadarImuFirstToEveryCaller() throws Exception {
        // Given two connections
        for (int i = 0; i < 2; i++) {
            try (GrpcCaller own = new GrpcCaller(client, topology.grpcPort())) {
                // When
                List<SensorReading> readings = new ArrayList<>();
                for (int n = 0; n < 3; n++) {
                    readings.add(sensorData(own, Map.of()).one().getReading());
                }

                // Then
                assertThat(readings)
                        .extracting(SensorReading::getSensorType)
                        .containsExactly(SensorType.LIDAR, SensorType.RADAR, SensorType.IMU);
                assertThat(readings.get(2).getUnit()).isEqualTo(Unit.RADIANS_PER_SECOND);
                assertThat(readings.get(2).getIsValid()).isTrue();
            }
        }
    }

    @Test
    void shouldComeRoundWithTheSameSensorIds() throws Exception {
        try (GrpcCaller own = new GrpcCaller(client, topology.grpcPort())) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            String begin = id(own);
            first.add(begin);
            for (String next = id(own); !next.equals(begin); next = id(own)) {
                first.add(next);
            }
            second.add(begin);
            while (second.size() < first.size()) {
                second.add(id(own));
            }
            assertThat(first).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(8);
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void shouldSpeakForTheTwinOfTheMetadata() throws Exception {
        try (GrpcCaller own = new GrpcCaller(client, topology.grpcPort());
                GrpcCaller other = new GrpcCaller(client, topology.grpcPort())) {
            var one = sensorData(own, Map.of()).one().getReading();
            var two = sensorData(other, Map.of("qiki-twin", "qiki-2")).one().getReading();
            assertThat(one.getSensorId()).isNotEqualTo(two.getSensorId());

            var none = sensorData(own, Map.of("qiki-twin", "qiki-99"));
            assertThat(none.status()).isEqualTo(GrpcStatus.NOT_FOUND);
            assertThat(none.sentence()).contains("qiki-99");
            assertThat(none.trailers().get("qiki-failure-code")).isEqualTo("request.not-found");
        }
    }

    @Test
    void shouldServeHealthAndRadarFrames() throws Exception {
        var health =
                caller.call(
                                QSimAPIServiceGrpcClient.HealthCheck,
                                HealthCheckRequest.getDefaultInstance())
                        .one();
        assertThat(health.getStatus()).isEqualTo("SERVING");
        assertThat(health.getTimestamp()).isGreaterThan(1_700_000_000L);

        var frame =
                caller.call(
                                QSimAPIServiceGrpcClient.GetRadarFrame,
                                GetRadarFrameRequest.getDefaultInstance())
                        .one()
                        .getFrame();
        assertThat(frame.getSchemaVersion()).isEqualTo(1);
        assertThat(frame.getDetectionsList()).isNotEmpty();
    }

    @Test
    void shouldRefuseAFrameWhileThereIsNoRadar() throws Exception {
        // Given
        var fault =
                caller.call(
                                TwinServiceGrpcClient.InjectFault,
                                InjectFaultRequest.newBuilder()
                                        .setTwin("qiki-2")
                                        .setType("sensor.off")
                                        .setTarget("radar_360")
                                        .build())
                        .one();

        // Then
        await().untilAsserted(
                        () -> {
                            var answer =
                                    caller.call(
                                            QSimAPIServiceGrpcClient.GetRadarFrame,
                                            GetRadarFrameRequest.getDefaultInstance(),
                                            Map.of("qiki-twin", "qiki-2"));
                            assertThat(answer.status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
                            assertThat(answer.sentence()).contains("radar").contains("sensor-off");
                        });
        var cleared =
                caller.call(
                        TwinServiceGrpcClient.ClearFault,
                        ClearFaultRequest.newBuilder()
                                .setTwin("qiki-2")
                                .setFaultId(fault.getFaultId())
                                .build());
        assertThat(cleared.status()).isEqualTo(GrpcStatus.OK);
    }

    static Stream<Arguments> refusals() {
        String id = UUID.randomUUID().toString();
        ActuatorCommand good = burst(id, 10).build();
        return Stream.of(
                Arguments.of(
                        burst(id, Float.NaN).build(), GrpcStatus.INVALID_ARGUMENT, "float_value"),
                Arguments.of(burst(id, 900).build(), GrpcStatus.INVALID_ARGUMENT, "0..100"),
                Arguments.of(burst("nonsense", 10).build(), GrpcStatus.INVALID_ARGUMENT, "UUID"),
                Arguments.of(
                        ActuatorCommand.getDefaultInstance(),
                        GrpcStatus.INVALID_ARGUMENT,
                        "actuator_id"),
                Arguments.of(
                        good.toBuilder().clearCommandValue().build(),
                        GrpcStatus.INVALID_ARGUMENT,
                        "command_value"),
                Arguments.of(
                        good.toBuilder().setTimeoutMs(-1).build(),
                        GrpcStatus.INVALID_ARGUMENT,
                        "timeout_ms"),
                Arguments.of(
                        good.toBuilder().setCommandTypeValue(77).build(),
                        GrpcStatus.INVALID_ARGUMENT,
                        "command_type"),
                Arguments.of(
                        good.toBuilder()
                                .setActuatorId(
                                        qiki.common
                                                .UUID
                                                .newBuilder()
                                                .setValue(UUID.randomUUID().toString()))
                                .build(),
                        GrpcStatus.NOT_FOUND,
                        "rcs_forward"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void shouldRefuseWithASentence(ActuatorCommand command, GrpcStatus status, String words)
            throws Exception {
        Answer<SendActuatorCommandResponse> answer = send(command);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.sentence()).contains(words);
        assertThat(answer.trailers().get("qiki-failure-code")).startsWith("request.");
        assertThat(answer.messages()).isEmpty();
    }

    @Test
    void shouldAnswerEachOfManyRefusals() throws Exception {
        for (int i = 0; i < 500; i++) {
            var answer = send(ActuatorCommand.getDefaultInstance());
            assertThat(answer.status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        }
    }

    @Test
    void shouldAcceptACommandOnceAndRefuseAnotherOfItsId() throws Exception {
        ActuatorCommand burst = burst(UUID.randomUUID().toString(), 5).build();

        assertThat(send(burst).one().getAccepted()).isTrue();
        assertThat(send(burst).one().getAccepted()).isTrue();
        var other = send(burst.toBuilder().setFloatValue(6).build());
        assertThat(other.status()).isEqualTo(GrpcStatus.ALREADY_EXISTS);
        assertThat(other.sentence()).contains(burst.getCommandId().getValue());
        assertThat(other.trailers().get("qiki-failure-code")).isEqualTo("request.id-reused");
    }

    @Test
    void shouldTellEveryStageOfACommand() throws Exception {
        Command command =
                Command.newBuilder()
                        .setId(UUID.randomUUID().toString())
                        .setTwin("qiki-2")
                        .setActuator("rcs_up")
                        .setType(CommandType.SET_VELOCITY)
                        .setScalar(5)
                        .setUnit(Unit.PERCENT)
                        .setTimeoutMs(300)
                        .build();

        var answer =
                caller.call(
                        TwinServiceGrpcClient.SendCommand,
                        SendCommandRequest.newBuilder().setCommand(command).build());

        assertThat(answer.status()).isEqualTo(GrpcStatus.OK);
        assertThat(answer.messages())
                .extracting(CommandStep::getStage)
                .containsExactly(
                        CommandStage.COMMAND_STAGE_REQUESTED,
                        CommandStage.COMMAND_STAGE_VALIDATED,
                        CommandStage.COMMAND_STAGE_ACCEPTED,
                        CommandStage.COMMAND_STAGE_EXECUTING,
                        CommandStage.COMMAND_STAGE_EXECUTED);
    }

    @Test
    void shouldListTwinsAndTellTheirStates() throws Exception {
        var list =
                caller.call(TwinServiceGrpcClient.ListTwins, ListTwinsRequest.getDefaultInstance())
                        .one();
        assertThat(list.getTwinsList()).hasSize(2);
        assertThat(list.getTwins(1).getId()).isEqualTo("qiki-2");
        assertThat(list.getRunState()).isEqualTo(RunState.RUN_STATE_RUNNING);

        var state =
                caller.call(
                                TwinServiceGrpcClient.GetState,
                                GetStateRequest.newBuilder()
                                        .setTwin("qiki-1")
                                        .setHistory(10)
                                        .build())
                        .one();
        assertThat(state.getState().getVersion()).isPositive();
        assertThat(state.getHistory(0).getTrigger()).isEqualTo("BOOT_COMPLETE");
    }

    @Test
    void shouldControlAndRefuseByName() throws Exception {
        var speed = control("sim.speed", Map.of("factor", 2.0));
        assertThat(speed.one().getSpeed()).isEqualTo(2);
        assertThat(control("sim.speed", Map.of("factor", 1.0)).one().getSpeed()).isEqualTo(1);

        assertThat(control("sim.speed", Map.of("factor", 0.0)).sentence()).contains("factor");
        assertThat(control("sim.speed", Map.of("factor", Double.NaN)).status())
                .isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(control("sim.step", Map.of("ticks", 1.0)).status())
                .isEqualTo(GrpcStatus.FAILED_PRECONDITION);
        assertThat(control("sim.fly", Map.of()).status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(control("sim.dock.engage", Map.of()).status())
                .isEqualTo(GrpcStatus.UNIMPLEMENTED);
        WebHarness.get(topology.control(new ControlCommand.Start()));
    }

    private static Answer<qiki.twin.v1.ControlResponse> control(
            String name, Map<String, Double> parameters) throws Exception {
        return caller.call(
                TwinServiceGrpcClient.Control,
                ControlRequest.newBuilder()
                        .setCommandName(name)
                        .putAllParameters(parameters)
                        .build());
    }

    private static Answer<SendActuatorCommandResponse> send(ActuatorCommand command)
            throws Exception {
        return caller.call(
                QSimAPIServiceGrpcClient.SendActuatorCommand,
                SendActuatorCommandRequest.newBuilder().setCommand(command).build());
    }

    private static ActuatorCommand.Builder burst(String id, float percent) {
        return ActuatorCommand.newBuilder()
                .setActuatorId(
                        qiki.common
                                .UUID
                                .newBuilder()
                                .setValue(Actuator.RCS_FORWARD.uuid().toString()))
                .setCommandId(qiki.common.UUID.newBuilder().setValue(id))
                .setCommandType(CommandType.SET_VELOCITY)
                .setFloatValue(percent)
                .setUnit(Unit.PERCENT)
                .setTimeoutMs(200);
    }

    private static String id(GrpcCaller caller) throws Exception {
        return sensorData(caller, Map.of()).one().getReading().getSensorId().getValue();
    }

    private static Answer<qiki.api.GetSensorDataResponse> sensorData(
            GrpcCaller caller, Map<String, String> metadata) throws Exception {
        return caller.call(
                QSimAPIServiceGrpcClient.GetSensorData,
                GetSensorDataRequest.getDefaultInstance(),
                metadata);
    }
}
