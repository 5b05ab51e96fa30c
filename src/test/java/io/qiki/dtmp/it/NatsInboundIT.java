package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.nats.Subjects.Noun;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsProbe;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qiki.actuators.ActuatorCommand;
import qiki.actuators.ActuatorCommand.CommandType;
import qiki.common.Unit;
import qiki.twin.v1.ClearFaultRequest;
import qiki.twin.v1.Command;
import qiki.twin.v1.CommandReply;
import qiki.twin.v1.InjectFaultRequest;
import qiki.twin.v1.SendCommandRequest;

/** One process and a real server: what comes in from outside. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NatsInboundIT {
    private static final String TWIN = "/api/v1/twins/qiki-1";
    private static final TwinId FIRST = new TwinId("qiki-1");

    /** Of the million tries that are run by command; a tenth of a hundred thousand in the test. */
    private static final int NONSENSE = 10_000 * Integer.getInteger("qiki.nonsense", 1);

    @TempDir private static Path dir;

    private NatsHarness all;

    @BeforeAll
    void start() throws Exception {
        all = NatsHarness.start(dir, 2);
    }

    @AfterAll
    void stop() throws Exception {
        all.close();
    }

    @Test
    void shouldCarryOutControlCommandsAndAnswerBothWays() throws Exception {
        List<io.nats.client.Message> responses = all.probe().listen("qiki.responses.control");

        JsonObject paused = control("sim.pause", "{}", "m-1");
        assertThat(paused.getInteger("version")).isEqualTo(1);
        assertThat(paused.getString("kind")).isEqualTo("sim.pause");
        assertThat(paused.getBoolean("ok")).isTrue();
        assertThat(paused.getBoolean("success")).isTrue();
        assertThat(paused.getString("requestId")).isEqualTo("m-1");
        assertThat(paused.getString("request_id")).isEqualTo("m-1");
        assertThat(paused.getJsonObject("payload").getString("command_name"))
                .isEqualTo("sim.pause");
        assertThat(paused.getJsonObject("payload").getString("status")).isEqualTo("applied");
        assertThat(paused.containsKey("error")).isFalse();
        await().until(
                        () ->
                                responses.stream()
                                        .map(NatsProbe::json)
                                        .anyMatch(one -> one.equals(paused)));

        // A pause of a paused process is refused, its repetition is not
        assertThat(control("sim.pause", "{}", "m-1")).isEqualTo(paused);
        JsonObject again = control("sim.pause", "{}", "m-2");
        assertThat(again.getBoolean("ok")).isFalse();
        assertThat(again.getString("error")).isEqualTo("request.wrong-state");
        long tick = all.get(TWIN).getLong("tick");
        assertThat(control("sim.step", "{\"ticks\":3}", "m-3").getBoolean("ok")).isTrue();
        assertThat(control("sim.step", "{\"ticks\":3}", "m-3").getBoolean("ok")).isTrue();
        await().until(() -> all.get(TWIN).getLong("tick") == tick + 3);
        JsonObject other = control("sim.step", "{\"ticks\":4}", "m-3");
        assertThat(other.getString("error")).isEqualTo("request.id-reused");
        assertThat(control("sim.speed", "{\"factor\":2.5}", "m-4").getJsonObject("payload"))
                .isEqualTo(
                        new JsonObject()
                                .put("command_name", "sim.speed")
                                .put("status", "applied")
                                .put("run_state", "PAUSED")
                                .put("speed", 2.5));

        JsonObject camel =
                all.probe()
                        .ask(
                                Subjects.CONTROL,
                                "{\"commandName\":\"sim.start\",\"parameters\":{\"speed\":1},"
                                        + "\"metadata\":{\"messageId\":\"m-5\",\"correlationId\":\"c-5\"}}");
        assertThat(camel.getBoolean("ok")).isTrue();
        assertThat(camel.getString("requestId")).isEqualTo("c-5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command_name\":\"sim.fly\"}|request.bad-argument|command_name must be one of",
                "{\"command_name\":\"sim.step\"}|request.bad-argument|ticks is missing",
                "{\"command_name\":\"sim.step\",\"parameters\":{\"ticks\":\"3\"}}|request.bad-argument|ticks must be a whole number 1..1000",
                "{\"command_name\":\"sim.speed\",\"parameters\":{\"factor\":101}}|request.bad-argument|factor must be a number 0.1..100",
                "{\"command_name\":\"sim.pause\",\"parameters\":{\"x\":1}}|request.bad-argument|x",
                "{\"command_name\":7}|request.bad-argument|command_name",
                "{\"parameters\":{}}|request.bad-argument|command_name is missing",
                "{\"command_name\":\"sim.pause\",\"metadata\":4}|request.bad-argument|metadata must be an object",
                "{\"command_name\":\"sim.dock.engage\"}|request.not-built|not built",
                "{\"command_name\":\"sim.pause\"|request.malformed|JSON",
                "[1,2]|request.malformed|JSON",
                "''|request.malformed|JSON"
            })
    void shouldRefuseWhatIsWrongAndNameIt(String body, String code, String named) throws Exception {
        JsonObject answer = all.probe().ask(Subjects.CONTROL, body);

        assertThat(answer.getBoolean("ok")).isFalse();
        assertThat(answer.getBoolean("success")).isFalse();
        assertThat(answer.getString("error")).isEqualTo(code);
        assertThat(answer.getJsonObject("error_detail").getString("code")).isEqualTo(code);
        assertThat(answer.getJsonObject("error_detail").getString("message")).contains(named);
        assertThat(answer.getJsonObject("payload").getString("status")).isEqualTo("rejected");
    }

    private JsonObject control(String name, String parameters, String id) throws Exception {
        return all.probe()
                .ask(
                        Subjects.CONTROL,
                        "{\"command_name\":\""
                                + name
                                + "\",\"parameters\":"
                                + parameters
                                + ",\"metadata\":{\"message_id\":\""
                                + id
                                + "\",\"source\":\"test\"}}");
    }

    @Test
    void shouldGiveACommandItsWholeLife() throws Exception {
        UUID id = UUID.randomUUID();
        SendCommandRequest request = request(command(id, 10).build(), false);

        CommandReply taken = order(Noun.COMMAND, request);
        assertThat(taken.getOk()).as(taken.getSentence()).isTrue();
        assertThat(taken.getId()).isEqualTo(id.toString());
        assertThat(taken.getStage().name()).isEqualTo("COMMAND_STAGE_ACCEPTED");
        await().atMost(Duration.ofSeconds(20)).until(() -> all.stage(id).equals("EXECUTED"));

        // Its repetition is told how far it came, and does nothing
        assertThat(order(Noun.COMMAND, request).getStage().name())
                .isEqualTo("COMMAND_STAGE_EXECUTED");
        CommandReply other = order(Noun.COMMAND, request(command(id, 11).build(), false));
        assertThat(other.getCode()).isEqualTo("request.id-reused");
    }

    @Test
    void shouldTakeTheCommandOfTheOriginalAndADryRun() throws Exception {
        ActuatorCommand original =
                ActuatorCommand.newBuilder()
                        .setCommandId(uuid(UUID.randomUUID()))
                        .setActuatorId(
                                qiki.common
                                        .UUID
                                        .newBuilder()
                                        .setValue("e6b718f2-769c-527c-a931-d2d7bb2cad82"))
                        .setCommandType(CommandType.SET_VELOCITY)
                        .setFloatValue(10)
                        .setUnit(Unit.PERCENT)
                        .setTimeoutMs(100)
                        .build();
        assertThat(order(Noun.ACTUATOR, original).getOk()).isTrue();

        UUID dry = UUID.randomUUID();
        CommandReply checked = order(Noun.COMMAND, request(command(dry, 10).build(), true));
        assertThat(checked.getStage().name()).isEqualTo("COMMAND_STAGE_VALIDATED");
        assertThat(all.process().probe().get("/api/v1/commands/" + dry).status()).isEqualTo(404);
    }

    @Test
    void shouldInjectTellAndClearAFault() throws Exception {
        InjectFaultRequest wish =
                InjectFaultRequest.newBuilder()
                        .setTwin("qiki-1")
                        .setType("sensor.off")
                        .setTarget("sensor_solar")
                        .build();
        String fault = order(Noun.FAULT, wish).getId();
        assertThat(order(Noun.FAULTS, CommandReply.getDefaultInstance()).getFaultsList())
                .singleElement()
                .satisfies(held -> assertThat(held.getFault().getFaultId()).isEqualTo(fault));

        ClearFaultRequest clear =
                ClearFaultRequest.newBuilder().setTwin("qiki-1").setFaultId(fault).build();
        assertThat(order(Noun.CLEAR_FAULT, clear).getOk()).isTrue();
        assertThat(order(Noun.CLEAR_FAULT, clear).getCode()).isEqualTo("request.not-found");
    }

    @Test
    void shouldRefuseOrdersThatAreWrongAndNameWhy() throws Exception {
        assertRefused(
                order(Noun.COMMAND, request(command(UUID.randomUUID(), 900).build(), false)),
                "request.bad-argument",
                "0..100");
        assertRefused(
                order(Noun.COMMAND, request(command(UUID.randomUUID(), Double.NaN).build(), false)),
                "request.bad-argument",
                "scalar");
        assertRefused(
                order(
                        Noun.COMMAND,
                        request(command(UUID.randomUUID(), 1).setTwin("qiki-2").build(), false)),
                "request.bad-argument",
                "command.twin must be qiki-1");
        assertRefused(
                order(
                        Noun.COMMAND,
                        request(command(UUID.randomUUID(), 1).setId("7").build(), false)),
                "request.bad-argument",
                "UUID");
        assertRefused(
                order(Noun.COMMAND, SendCommandRequest.getDefaultInstance()),
                "request.bad-argument",
                "command is missing");
        assertRefused(
                order(
                        Noun.FAULT,
                        InjectFaultRequest.newBuilder()
                                .setTwin("qiki-1")
                                .setType("sensor.off")
                                .setTarget("nose")
                                .build()),
                "request.bad-argument",
                "target");
        assertRefused(
                CommandReply.parseFrom(
                        all.probe().ask(Subjects.order(FIRST, Noun.COMMAND), new byte[] {10, 99})),
                "request.malformed",
                "no message of the kind");
        assertRefused(
                CommandReply.parseFrom(all.probe().ask("qiki.v1.qiki-1.cmd.fly", new byte[0])),
                "request.not-found",
                "clear-fault");
    }

    @Test
    void shouldStandNonsense() throws Exception {
        Random random = new Random(7);
        long before = all.get(TWIN).getLong("tick");
        int refusedBefore = refusals();
        for (int i = 0; i < NONSENSE; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            String subject =
                    switch (random.nextInt(4)) {
                        case 0 -> Subjects.CONTROL;
                        case 1 -> "qiki.v1.qiki-2.cmd.x" + random.nextInt(9);
                        default ->
                                Subjects.order(
                                        new TwinId("qiki-2"),
                                        Noun.values()[random.nextInt(Noun.values().length)]);
                    };
            all.probe().connection().publish(subject, bytes);
            if (i % 500 == 0) {
                all.probe().connection().flush(Duration.ofSeconds(10));
            }
        }
        all.probe().connection().flush(Duration.ofSeconds(10));

        await().atMost(Duration.ofSeconds(60)).until(() -> refusals() > refusedBefore);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> all.get(TWIN).getLong("tick") > before + 20);
        assertThat(all.get("/health/ready").getString("status")).isEqualTo("UP");
        JsonObject answer = all.probe().ask(Subjects.CONTROL, "{\"command_name\":\"sim.start\"}");
        assertThat(answer.getBoolean("ok")).isTrue();
    }

    private int refusals() throws Exception {
        return all.process()
                .probe()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("qiki_nats_refusals_total"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private CommandReply order(Noun noun, Message body) throws Exception {
        return CommandReply.parseFrom(
                all.probe().ask(Subjects.order(FIRST, noun), body.toByteArray()));
    }

    private static void assertRefused(CommandReply reply, String code, String named) {
        assertThat(reply.getOk()).isFalse();
        assertThat(reply.getCode()).isEqualTo(code);
        assertThat(reply.getSentence()).contains(named);
    }

    private static SendCommandRequest request(Command command, boolean dry) {
        return SendCommandRequest.newBuilder().setCommand(command).setDryRun(dry).build();
    }

    private static Command.Builder command(UUID id, double percent) {
        return Command.newBuilder()
                .setId(id.toString())
                .setTwin("qiki-1")
                .setActuator("rcs_forward")
                .setType(CommandType.SET_VELOCITY)
                .setScalar(percent)
                .setUnit(Unit.PERCENT)
                .setTimeoutMs(200);
    }

    private static qiki.common.UUID uuid(UUID id) {
        return qiki.common.UUID.newBuilder().setValue(id.toString()).build();
    }
}
