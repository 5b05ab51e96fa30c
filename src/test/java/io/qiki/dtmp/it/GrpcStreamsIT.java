package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.GrpcCaller;
import io.qiki.dtmp.testkit.GrpcCaller.Stream;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import qiki.actuators.ActuatorCommand.CommandType;
import qiki.common.Unit;
import qiki.fsm.FSMStateEnum;
import qiki.twin.v1.Command;
import qiki.twin.v1.Decision;
import qiki.twin.v1.DriveMode;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.SendCommandRequest;
import qiki.twin.v1.StateUpdate;
import qiki.twin.v1.Telemetry;
import qiki.twin.v1.TwinServiceGrpcClient;
import qiki.twin.v1.WatchRequest;

/** Streams over gRPC: whole for who keeps up, bounded for who does not, ended with a reason. */
@Timeout(60)
class GrpcStreamsIT {
    private static final WatchRequest ALL = WatchRequest.getDefaultInstance();

    private Topology topology;
    private Vertx client;
    private GrpcCaller caller;

    @BeforeEach
    void start() throws Exception {
        topology = WebHarness.get(Topology.start(Plans.demo(1)));
        client = Vertx.vertx();
        caller = new GrpcCaller(client, topology.grpcPort());
        await().ignoreExceptions()
                .until(() -> WebHarness.get(topology.twins()).get(0).state() == FsmState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        caller.close();
        WebHarness.get(client.close());
        WebHarness.get(topology.close());
    }

    @Test
    void shouldTellEveryTickToWhoKeepsUp() throws Exception {
        Stream<WatchRequest, Telemetry> stream =
                caller.stream(TwinServiceGrpcClient.WatchTelemetry, ALL);

        await().until(() -> stream.messages().size() >= 20);

        List<Telemetry> got = stream.messages();
        for (int i = 1; i < got.size(); i++) {
            assertThat(got.get(i).getTick()).isEqualTo(got.get(i - 1).getTick() + 1);
            assertThat(got.get(i).getMissed()).isZero();
        }
        assertThat(got.get(0).getSignalsList())
                .anySatisfy(
                        signal -> {
                            assertThat(signal.getName()).isEqualTo("nav.position_m");
                            assertThat(signal.getUnit()).isEqualTo("m");
                            assertThat(signal.getNumbers().getValuesList()).hasSize(3);
                        });
        stream.cancel();
    }

    @Test
    void shouldTellASlowReaderWhatItMissedAndHoldUpNobody() throws Exception {
        // Given a reader that does not read, at a thousand ticks a second
        Stream<WatchRequest, Telemetry> slow =
                caller.stream(TwinServiceGrpcClient.WatchTelemetry, ALL);
        Stream<WatchRequest, StateUpdate> quick =
                caller.stream(TwinServiceGrpcClient.WatchState, ALL);
        await().until(() -> !slow.messages().isEmpty());
        slow.pause();
        long before = WebHarness.get(topology.runStatus()).ticks();
        WebHarness.get(topology.control(new ControlCommand.Speed(100)));

        // When
        await().atMost(Duration.ofSeconds(30))
                .until(() -> WebHarness.get(topology.runStatus()).ticks() > before + 3_000);
        int read = slow.messages().size();
        WebHarness.get(topology.control(new ControlCommand.Pause()));
        slow.resume();

        // Then it ends on the newest, and knows how many it did not see
        long last = WebHarness.get(topology.runStatus()).ticks();
        await().until(() -> slow.messages().get(slow.messages().size() - 1).getTick() >= last - 1);
        long told = slow.messages().stream().mapToLong(one -> 1 + one.getMissed()).sum();
        Telemetry first = slow.messages().get(0);
        Telemetry newest = slow.messages().get(slow.messages().size() - 1);
        assertThat(told).isEqualTo(newest.getTick() - first.getTick() + 1);
        assertThat(slow.messages().size()).isLessThan((int) (newest.getTick() - first.getTick()));
        assertThat(read).isLessThan(slow.messages().size() + 1);
        assertThat(quick.messages()).isNotEmpty();
    }

    @Test
    void shouldTellStatesWithTheirVersionsInOrder() throws Exception {
        Stream<WatchRequest, StateUpdate> stream =
                caller.stream(TwinServiceGrpcClient.WatchState, ALL);
        await().until(() -> !stream.messages().isEmpty());

        setMode(FSMStateEnum.SAFE_MODE);
        await().until(() -> newest(stream) == FSMStateEnum.SAFE_MODE);
        setMode(FSMStateEnum.IDLE);
        await().atMost(Duration.ofSeconds(20)).until(() -> newest(stream) == FSMStateEnum.ACTIVE);

        List<StateUpdate> got = stream.messages();
        for (int i = 1; i < got.size(); i++) {
            assertThat(got.get(i).getState().getVersion())
                    .isEqualTo(got.get(i - 1).getState().getVersion() + 1 + got.get(i).getMissed());
        }
    }

    private static FSMStateEnum newest(Stream<WatchRequest, StateUpdate> stream) {
        List<StateUpdate> got = stream.messages();
        return got.get(got.size() - 1).getState().getSnapshot().getState();
    }

    private void setMode(FSMStateEnum mode) throws Exception {
        var answer =
                caller.call(
                        TwinServiceGrpcClient.SendCommand,
                        SendCommandRequest.newBuilder()
                                .setCommand(
                                        command()
                                                .setActuator("system_controller")
                                                .setType(CommandType.SET_MODE)
                                                .setWhole(mode.getNumber())
                                                .setUnit(Unit.UNIT_UNSPECIFIED)
                                                .setTimeoutMs(0))
                                .build());
        assertThat(answer.status()).as(answer.sentence()).isEqualTo(GrpcStatus.OK);
    }

    @Test
    void shouldTellDecisionsWithVerdicts() throws Exception {
        Stream<WatchRequest, Decision> stream =
                caller.stream(TwinServiceGrpcClient.WatchDecisions, ALL);
        await().until(() -> stream.messages().size() > 5);
        assertThat(stream.messages())
                .anySatisfy(
                        one -> {
                            assertThat(one.getProposalsList()).isNotEmpty();
                            assertThat(one.getProposals(0).getVerdict())
                                    .isIn("ACCEPTED", "REJECTED");
                        });
    }

    @Test
    void shouldForgetAReaderThatLeaves() throws Exception {
        Stream<WatchRequest, Telemetry> stream =
                caller.stream(TwinServiceGrpcClient.WatchTelemetry, ALL);
        await().until(() -> !stream.messages().isEmpty());
        await().until(() -> watchers().contains("qiki_grpc_watchers{method=\"telemetry\"} 1.0"));

        stream.cancel();

        await().until(() -> watchers().contains("qiki_grpc_watchers{method=\"telemetry\"} 0.0"));
    }

    private String watchers() throws Exception {
        var http = java.net.http.HttpClient.newHttpClient();
        var request =
                java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create(
                                        "http://127.0.0.1:" + topology.httpPort() + "/metrics"))
                        .build();
        return http.send(request, java.net.http.HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void shouldEndStreamsWithAReasonWhenTheServerCloses() throws Exception {
        Stream<WatchRequest, Telemetry> stream =
                caller.stream(TwinServiceGrpcClient.WatchTelemetry, ALL);
        await().until(() -> !stream.messages().isEmpty());

        WebHarness.get(topology.close());

        await().until(stream::over);
        assertThat(stream.status()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(stream.sentence()).contains("closes");
    }

    @Test
    void shouldEndACallAtItsDeadline() throws Exception {
        Stream<SendCommandRequest, qiki.twin.v1.CommandStep> stream =
                caller.stream(
                        TwinServiceGrpcClient.SendCommand,
                        SendCommandRequest.newBuilder()
                                .setCommand(command().setTimeoutMs(5_000))
                                .build(),
                        300);

        await().until(stream::over);

        assertThat(stream.status()).isIn(GrpcStatus.DEADLINE_EXCEEDED, GrpcStatus.CANCELLED);
        assertThat(stream.messages()).isNotEmpty();
    }

    @Test
    void shouldRefuseADriverWhereTheAgentsLive() throws Exception {
        var stream =
                caller.stream(
                        TwinServiceGrpcClient.Drive,
                        DriveRequest.newBuilder().setMode(DriveMode.DRIVE_MODE_FREE).build());
        await().until(stream::over);
        assertThat(stream.status()).isEqualTo(GrpcStatus.FAILED_PRECONDITION);
        assertThat(stream.sentence()).contains("qiki sim");
    }

    @Test
    void shouldServeHealthAndReflection() throws Exception {
        ServiceMethod<HealthCheckResponse, HealthCheckRequest> check =
                ServiceMethod.client(
                        ServiceName.create("grpc.health.v1", "Health"),
                        "Check",
                        GrpcMessageEncoder.encoder(),
                        GrpcMessageDecoder.decoder(HealthCheckResponse.newBuilder()));
        var health =
                caller.call(
                        check,
                        HealthCheckRequest.newBuilder()
                                .setService("qiki.api.QSimAPIService")
                                .build());
        assertThat(health.one().getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);

        ServiceMethod<ServerReflectionResponse, ServerReflectionRequest> reflect =
                ServiceMethod.client(
                        ServiceName.create("grpc.reflection.v1", "ServerReflection"),
                        "ServerReflectionInfo",
                        GrpcMessageEncoder.encoder(),
                        GrpcMessageDecoder.decoder(ServerReflectionResponse.newBuilder()));
        var services =
                caller.call(
                        reflect, ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(services.one().getListServicesResponse().getServiceList())
                .extracting(one -> one.getName())
                .contains(
                        "qiki.api.QSimAPIService",
                        "qiki.twin.v1.TwinService",
                        "qiki.agent.v1.EngineService");
    }

    private static Command.Builder command() {
        return Command.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setTwin("qiki-1")
                .setActuator("rcs_up")
                .setType(CommandType.SET_VELOCITY)
                .setScalar(1)
                .setUnit(Unit.PERCENT)
                .setTimeoutMs(300);
    }
}
