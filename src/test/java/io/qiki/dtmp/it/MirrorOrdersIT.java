package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.CommandLife;
import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.CommandStageEvent;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.NatsPeer;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.Reports;
import io.qiki.dtmp.testkit.WebProbe.Answer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import qiki.twin.v1.ClearFaultRequest;
import qiki.twin.v1.CommandReply;
import qiki.twin.v1.InjectFaultRequest;
import qiki.twin.v1.SendCommandRequest;

/**
 * What is asked of a dashboard process reaches the process of the twin, and the answer comes back.
 */
@Timeout(60)
class MirrorOrdersIT {
    private static final UUID ID = UUID.fromString("5b1c5ee7-6f3e-4bb5-9d5c-0d2b9c1f7a11");
    private static final String ROW = "/api/v1/twins/qiki-1";

    @TempDir private Path dir;
    private NatsServer server;
    private NatsPeer core;
    private LiveProcess dashboard;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start(dir);
        core = NatsPeer.connect(server, "qiki-1").withStreams();
        dashboard = LiveProcess.start(Plans.dashboard(server.url()));
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            core.status(true, true, RunState.RUNNING, Reports.TWIN);
                            return dashboard.probe().get(ROW).status() == 200;
                        });
    }

    @AfterEach
    void stop() throws Exception {
        dashboard.close();
        core.close();
        server.close();
    }

    @Test
    void shouldHandOnControlCommands() throws Exception {
        core.answer(
                Subjects.CONTROL,
                body -> {
                    heard.add(new String(body, StandardCharsets.UTF_8));
                    return NatsPeer.bytes(
                            "{\"version\":1,\"ok\":true,\"success\":true,\"payload\":{\"status\":"
                                    + "\"applied\",\"run_state\":\"PAUSED\",\"speed\":2.0}}");
                });

        Answer answer =
                dashboard
                        .probe()
                        .post(
                                "/api/v1/sim/control",
                                "{\"command_name\":\"sim.speed\",\"parameters\":{\"factor\":2}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("run_state")).isEqualTo("PAUSED");
        assertThat(answer.json().getDouble("speed")).isEqualTo(2);
        JsonObject asked = new JsonObject(heard.get(0));
        assertThat(asked.getString("command_name")).isEqualTo("sim.speed");
        assertThat(asked.getJsonObject("parameters").getDouble("factor")).isEqualTo(2);
        assertThat(asked.getJsonObject("metadata").getString("source")).startsWith("dashboard-");
    }

    @Test
    void shouldTellTheRefusalOfAControlCommand() throws Exception {
        core.answer(
                Subjects.CONTROL,
                body ->
                        NatsPeer.bytes(
                                "{\"ok\":false,\"error_detail\":{\"code\":\"request.wrong-state\","
                                        + "\"message\":\"sim.pause needs RUNNING\"}}"));

        Answer answer =
                dashboard.probe().post("/api/v1/sim/control", "{\"command_name\":\"sim.pause\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("request.wrong-state", "sim.pause needs RUNNING");
    }

    @Test
    void shouldHandOnCommandsAndTellTheirStages() throws Exception {
        core.answer(
                Subjects.order(Reports.TWIN, Subjects.Noun.COMMAND),
                body -> {
                    SendCommandRequest asked = command(body);
                    heard.add(
                            asked.getCommand().getActuator()
                                    + " "
                                    + asked.getCommand().getScalar());
                    return CommandReply.newBuilder()
                            .setOk(true)
                            .setId(asked.getCommand().getId())
                            .setStage(qiki.twin.v1.CommandStage.COMMAND_STAGE_ACCEPTED)
                            .build()
                            .toByteArray();
                });

        Answer given = dashboard.probe().post(ROW + "/commands", burn());

        assertThat(given.status()).isEqualTo(202);
        assertThat(given.json().getString("command_id")).isEqualTo(ID.toString());
        assertThat(given.json().getString("stage")).isEqualTo("ACCEPTED");
        assertThat(heard).containsExactly("rcs_forward 50.0");
        assertThat(dashboard.probe().get("/api/v1/commands/" + ID).status()).isEqualTo(404);

        core.event(1, stage(CommandStage.ACCEPTED));
        core.event(2, stage(CommandStage.EXECUTED));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> "EXECUTED".equals(life().getString("stage")));
        assertThat(life().getJsonArray("stages")).hasSize(2);
        assertThat(life().getString("command_type")).isEqualTo("SET_VELOCITY");
        assertThat(life().getString("origin")).isEqualTo("OPERATOR");
    }

    @Test
    void shouldTellTheRefusalOfACommand() throws Exception {
        core.answer(
                Subjects.order(Reports.TWIN, Subjects.Noun.COMMAND),
                body ->
                        CommandReply.newBuilder()
                                .setCode("request.wrong-state")
                                .setSentence("agent-state: ACTIVE is wanted")
                                .build()
                                .toByteArray());

        Answer answer = dashboard.probe().post(ROW + "/commands", burn());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("agent-state: ACTIVE is wanted");
    }

    @Test
    void shouldHandOnFaults() throws Exception {
        core.answer(
                Subjects.order(Reports.TWIN, Subjects.Noun.FAULT),
                body -> {
                    InjectFaultRequest asked = fault(body);
                    heard.add(
                            asked.getType() + " " + asked.getTarget() + " " + asked.getFromTick());
                    return CommandReply.newBuilder().setOk(true).setId("f-1").build().toByteArray();
                });
        core.answer(
                Subjects.order(Reports.TWIN, Subjects.Noun.CLEAR_FAULT),
                body -> {
                    heard.add("clear " + clear(body).getFaultId());
                    return CommandReply.newBuilder().setOk(true).setId("f-1").build().toByteArray();
                });
        core.answer(
                Subjects.order(Reports.TWIN, Subjects.Noun.FAULTS),
                body -> {
                    CommandReply.Builder reply = CommandReply.newBuilder().setOk(true);
                    reply.addFaultsBuilder()
                            .setActive(true)
                            .getFaultBuilder()
                            .setFaultId("f-1")
                            .setType("sensor.off")
                            .setTarget("nav");
                    return reply.build().toByteArray();
                });

        Answer injected =
                dashboard
                        .probe()
                        .post(
                                ROW + "/faults",
                                "{\"type\":\"sensor.off\",\"target\":\"nav\",\"from_tick\":9}");
        Answer listed = dashboard.probe().get(ROW + "/faults");
        Answer cleared =
                dashboard.probe().ask(HttpMethod.DELETE, ROW + "/faults/f-1", Map.of(), "");

        assertThat(injected.status()).isEqualTo(201);
        assertThat(injected.json().getString("fault_id")).isEqualTo("f-1");
        assertThat(listed.json().getJsonArray("faults").getJsonObject(0).getString("target"))
                .isEqualTo("nav");
        assertThat(cleared.status()).isEqualTo(200);
        assertThat(heard).containsExactly("sensor.off nav 9", "clear f-1");
    }

    @Test
    void shouldSaySoWhenNobodyAnswersOrTheServerIsAway() throws Exception {
        Answer unheard = dashboard.probe().post(ROW + "/commands", burn());
        core.answer(
                Subjects.order(Reports.TWIN, Subjects.Noun.FAULTS),
                body -> NatsPeer.bytes("\u0001"));
        Answer nonsense = dashboard.probe().get(ROW + "/faults");
        server.kill();
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                dashboard
                                        .probe()
                                        .get(ROW + "/faults")
                                        .body()
                                        .contains("no connection to NATS"));
        Answer away =
                dashboard.probe().post("/api/v1/sim/control", "{\"command_name\":\"sim.start\"}");

        assertThat(unheard.status()).isEqualTo(503);
        assertThat(unheard.body()).contains("sim.unavailable", "no process listens on");
        assertThat(nonsense.status()).isEqualTo(500);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.body()).contains("no connection to NATS");
    }

    private JsonObject life() throws Exception {
        return dashboard.probe().get("/api/v1/commands/" + ID).json();
    }

    private static JsonObject burn() {
        return new JsonObject()
                .put("command_id", ID.toString())
                .put("actuator", "rcs_forward")
                .put("command_type", "SET_VELOCITY")
                .put("value", 50)
                .put("unit", "PERCENT")
                .put("timeout_ms", 200);
    }

    private static TwinEvent stage(CommandStage stage) {
        return CommandStageEvent.of(
                ID,
                Reports.TWIN,
                Actuator.RCS_FORWARD,
                CommandLife.Origin.OPERATOR,
                new CommandLife.Step(stage, FailureCode.NONE, "seen", 3, 15));
    }

    private static SendCommandRequest command(byte[] body) {
        try {
            return SendCommandRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static InjectFaultRequest fault(byte[] body) {
        try {
            return InjectFaultRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ClearFaultRequest clear(byte[] body) {
        try {
            return ClearFaultRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
