package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.testkit.Apart;
import io.qiki.dtmp.testkit.BridgeProbe;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands to a live twin over HTTP, from their request to what the vehicle does. */
@Timeout(90)
class CommandApiIT {
    private static final String TWIN = "/api/v1/twins/qiki-1";
    private static final String COMMANDS = TWIN + "/commands";

    private LiveProcess process;
    private WebProbe probe;

    @BeforeEach
    void start() throws Exception {
        process = LiveProcess.start(Plans.demo(1));
        probe = process.probe();
        await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("ACTIVE"));
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
    }

    @Test
    void shouldMoveTheVehicleByABurstAndConfirmItByObservation() throws Exception {
        // Given
        double before = speedAlongWorld();

        // When
        WebProbe.Answer answer = probe.post(COMMANDS, burst("rcs_up", 50, 1_000));

        // Then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("stage")).isEqualTo("ACCEPTED");
        String id = answer.json().getString("command_id");
        await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
        assertThat(stages(life(id)))
                .containsExactly("REQUESTED", "VALIDATED", "ACCEPTED", "EXECUTING", "EXECUTED");
        assertThat(speedAlongWorld()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|400|the body must be",
                "{}|400|actuator is missing",
                "{\"actuator\":\"nose\"}|404|rcs_up",
                "{\"actuator\":\"velocity_controller\"}|404|rcs_up",
                "{\"actuator\":\"rcs_up\"}|400|command_type is missing",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"FLY\",\"value\":1}|400|SET_VELOCITY",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\"}|400|value is missing",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"ROTATE\",\"value\":1}|400|must be SET_VELOCITY",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1}|400|must be PERCENT",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":101,\"unit\":\"PERCENT\"}|400|0..100 PERCENT, was 101",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1e999,\"unit\":\"PERCENT\"}|400|value must be",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1,\"unit\":\"PERCENT\",\"timeout_ms\":-1}|400|timeout_ms must be",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1,\"unit\":\"PERCENT\",\"speed\":1}|400|speed is not known",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1,\"unit\":\"PERCENT\",\"dry_run\":1}|400|true or false",
                "{\"command_id\":\"7\",\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1}|400|command_id must be a UUID",
                "{\"actuator\":\"motor_left\",\"command_type\":\"ROTATE\",\"value\":361,\"unit\":\"DEGREES\"}|400|-360..360 DEGREES",
                "{\"actuator\":\"system_controller\",\"command_type\":\"SET_MODE\",\"value\":\"ACTIVE\"}|400|SAFE_MODE (6)",
                "{\"actuator\":\"system_controller\",\"command_type\":\"SET_MODE\",\"value\":9}|400|SAFE_MODE (6)",
                "{\"actuator\":\"system_controller\",\"command_type\":\"SET_MODE\",\"value\":6,\"unit\":\"PERCENT\"}|400|must be UNSPECIFIED",
                "{\"actuator\":\"rcs_up\",\"command_type\":\"SET_VELOCITY\",\"value\":1e10,\"unit\":\"PERCENT\"}|400|-1000000000..1000000000"
            })
    void shouldNameWhatIsWrongAndWhatWouldBeRight(String body, int status, String says)
            throws Exception {
        WebProbe.Answer answer = probe.post(COMMANDS, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getString("detail")).contains(says);
    }

    @Test
    void shouldRefuseUnknownTwinsAndCommandsAndTooMuch() throws Exception {
        JsonObject order = burst("rcs_up", 10, 100);
        assertThat(probe.post("/api/v1/twins/nobody/commands", order).status()).isEqualTo(404);
        assertThat(probe.get("/api/v1/commands/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(probe.post(COMMANDS, "x".repeat(100_000)).status()).isEqualTo(413);
        List<Integer> statuses = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            statuses.add(probe.post(COMMANDS, burst("rcs_up", 1, 60_000)).status());
        }
        assertThat(statuses).contains(429).isSubsetOf(202, 429);
    }

    @Test
    void shouldAnswerARepeatedIdOnceForAllAlsoAtTheSameTime() throws Exception {
        // Given
        JsonObject order = burst("rcs_up", 10, 200).put("command_id", UUID.randomUUID().toString());

        // When
        List<CompletableFuture<WebProbe.Answer>> asked = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            asked.add(Apart.supply(() -> post(order)));
        }
        for (CompletableFuture<WebProbe.Answer> one : asked) {
            assertThat(one.get().status()).isEqualTo(202);
        }

        // Then
        String id = order.getString("command_id");
        await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
        assertThat(told(id))
                .containsExactly("REQUESTED", "VALIDATED", "ACCEPTED", "EXECUTING", "EXECUTED");
        assertThat(post(order).json().getString("stage")).isEqualTo("EXECUTED");
        WebProbe.Answer other = post(order.copy().put("value", 11));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().getString("code")).isEqualTo("request.id-reused");
    }

    @Test
    void shouldCheckOnlyInADryRun() throws Exception {
        JsonObject order =
                burst("rcs_up", 10, 200)
                        .put("command_id", UUID.randomUUID().toString())
                        .put("dry_run", true);

        WebProbe.Answer answer = post(order);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().getString("stage")).isEqualTo("VALIDATED");
        assertThat(probe.get("/api/v1/commands/" + order.getString("command_id")).status())
                .isEqualTo(404);
    }

    @Test
    void shouldHoldByInterlocksAndLetModesPass() throws Exception {
        // When: SAFE_MODE
        String safe = given(mode("SAFE_MODE"));
        await().atMost(Duration.ofSeconds(10)).until(() -> life(safe).getBoolean("final"));
        assertThat(life(safe).getString("stage")).isEqualTo("EXECUTED");
        assertThat(get(TWIN + "/state").getString("safe_mode_reason"))
                .isEqualTo("OPERATOR_REQUEST");

        // Then: nothing else is taken, and it says what would allow it
        WebProbe.Answer held = post(burst("rcs_up", 10, 100));
        assertThat(held.status()).isEqualTo(409);
        assertThat(held.json().getString("detail")).contains("agent-state", "SET_MODE IDLE");

        // When: IDLE, by number
        String idle = given(mode("IDLE").put("value", 2));
        await().atMost(Duration.ofSeconds(20)).until(() -> life(idle).getBoolean("final"));
        assertThat(life(idle).getString("stage")).isEqualTo("EXECUTED");
        await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("ACTIVE"));

        // When: the simulation stands
        probe.post("/api/v1/sim/control", new JsonObject().put("command_name", "sim.pause"));
        WebProbe.Answer paused = post(burst("rcs_up", 10, 100));
        assertThat(paused.status()).isEqualTo(409);
        assertThat(paused.json().getString("detail")).contains("run-state", "sim.start");
        probe.post("/api/v1/sim/control", new JsonObject().put("command_name", "sim.start"));

        // When: SHUTDOWN, which is final
        String end = given(mode("SHUTDOWN"));
        await().atMost(Duration.ofSeconds(10)).until(() -> life(end).getBoolean("final"));
        assertThat(life(end).getString("stage")).isEqualTo("EXECUTED");
        String late = given(mode("IDLE"));
        await().atMost(Duration.ofSeconds(10)).until(() -> life(late).getBoolean("final"));
        assertThat(life(late).getString("stage")).isEqualTo("FAILED");
    }

    @Test
    void shouldEndWhatIsUnderWayWhenTheSimulatorStartsAnew() throws Exception {
        String id = given(burst("rcs_up", 1, 60_000));
        await().until(() -> life(id).getString("stage").equals("EXECUTING"));

        probe.post("/api/v1/sim/control", new JsonObject().put("command_name", "sim.reset"));

        await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
        JsonObject last = life(id).getJsonArray("stages").getJsonObject(4);
        assertThat(last.getString("stage")).isEqualTo("UNAVAILABLE");
        assertThat(last.getString("code")).isEqualTo("sim.restarted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHUTDOWN", "SAFE_MODE"})
    void shouldNotActOnAModeThatEndedWithALife(String wanted) throws Exception {
        // Given a change of the mode that waits for the next tick
        probe.post("/api/v1/sim/control", new JsonObject().put("command_name", "sim.pause"));
        String id = given(mode(wanted));

        // When the simulator begins anew before that tick
        probe.post("/api/v1/sim/control", new JsonObject().put("command_name", "sim.reset"));
        probe.post("/api/v1/sim/control", new JsonObject().put("command_name", "sim.start"));

        // Then what the command says is what happened
        await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
        assertThat(life(id).getString("stage")).isEqualTo("UNAVAILABLE");
        await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("ACTIVE"));
        assertThat(get(TWIN + "/state").getJsonArray("history").encode())
                .doesNotContain("SHUTDOWN", "OPERATOR_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "motor_left, ROTATE, 20, DEGREES, 0",
        "motor_right, SET_VELOCITY, 20, PERCENT, 0",
        "rcs_port, SET_VELOCITY, 80, PERCENT, 300"
    })
    void shouldExecuteWhatAnActuatorUnderstands(
            String actuator, String type, double value, String unit, int millis) throws Exception {
        String id = given(order(actuator, type, value, unit, millis));

        await().atMost(Duration.ofSeconds(60)).until(() -> life(id).getBoolean("final"));
        assertThat(stages(life(id)))
                .containsExactly("REQUESTED", "VALIDATED", "ACCEPTED", "EXECUTING", "EXECUTED");
    }

    @Test
    void shouldExecuteABurstOfNoDurationWithoutABurn() throws Exception {
        String id = given(burst("rcs_up", 100, 0));

        await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
        assertThat(stages(life(id)))
                .containsExactly("REQUESTED", "VALIDATED", "ACCEPTED", "EXECUTED");
    }

    @Test
    void shouldTimeOutWhatCannotBeReachedAndNameTheStage() throws Exception {
        String id = given(order("motor_left", "ROTATE", 180, "DEGREES", 500));

        await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
        JsonObject last = life(id).getJsonArray("stages").getJsonObject(4);
        assertThat(last.getString("stage")).isEqualTo("TIMEOUT");
        assertThat(last.getString("code")).isEqualTo("command.timeout");
    }

    @Test
    void shouldGiveACommandOverTheSocketOnceForAll() throws Exception {
        // Given
        JsonObject order =
                burst("rcs_up", 10, 200)
                        .put("command_id", UUID.randomUUID().toString())
                        .put("twin", "qiki-1");
        try (BridgeProbe browser =
                BridgeProbe.connect(process.vertx(), process.topology().httpPort())) {

            // When
            JsonObject first = browser.call(Addresses.WEB_COMMAND, order).getJsonObject("body");
            JsonObject again = browser.call(Addresses.WEB_COMMAND, order).getJsonObject("body");
            JsonObject other =
                    browser.call(Addresses.WEB_COMMAND, order.copy().put("value", 11))
                            .getJsonObject("body");

            // Then
            String id = order.getString("command_id");
            assertThat(first.getString("command_id")).isEqualTo(id);
            assertThat(first.getString("stage")).isEqualTo("ACCEPTED");
            assertThat(again.getString("command_id")).isEqualTo(id);
            assertThat(other.getJsonObject("error").getString("code"))
                    .isEqualTo("request.id-reused");
            await().atMost(Duration.ofSeconds(10)).until(() -> life(id).getBoolean("final"));
            assertThat(stages(life(id))).endsWith("EXECUTING", "EXECUTED").hasSize(5);
            assertThat(told(id)).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldTellTheAgentsCommandsToo() throws Exception {
        await().atMost(Duration.ofSeconds(10)).until(() -> begunByAgent().isPresent());
        JsonObject event = begunByAgent().orElseThrow();

        JsonObject life = life(data(event).getString("command_id"));

        assertThat(life.getString("origin")).isEqualTo("AGENT");
        assertThat(stages(life)).startsWith("REQUESTED", "VALIDATED", "EXECUTING");
        assertThat(event.getString("truth")).isEqualTo("OK");
        assertThat(event.getLong("tick")).isPositive();
    }

    private Optional<JsonObject> begunByAgent() throws Exception {
        return events().stream()
                .filter(one -> "AGENT".equals(data(one).getString("origin")))
                .filter(one -> "EXECUTING".equals(data(one).getString("stage")))
                .findFirst();
    }

    private List<String> told(String id) throws Exception {
        return events().stream()
                .filter(one -> id.equals(data(one).getString("command_id")))
                .map(one -> data(one).getString("stage"))
                .toList();
    }

    private List<JsonObject> events() throws Exception {
        return get("/api/v1/events?type=command&limit=1000").getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject data(JsonObject event) {
        return event.getJsonObject("data");
    }

    private String given(JsonObject order) {
        WebProbe.Answer answer = post(order);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().getString("command_id");
    }

    private WebProbe.Answer post(JsonObject order) {
        try {
            return probe.post(COMMANDS, order);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject mode(String mode) {
        return new JsonObject()
                .put("actuator", "system_controller")
                .put("command_type", "SET_MODE")
                .put("value", mode);
    }

    private static JsonObject burst(String actuator, double percent, int millis) {
        return order(actuator, "SET_VELOCITY", percent, "PERCENT", millis);
    }

    private static JsonObject order(
            String actuator, String type, double value, String unit, int millis) {
        return new JsonObject()
                .put("actuator", actuator)
                .put("command_type", type)
                .put("value", value)
                .put("unit", unit)
                .put("timeout_ms", millis);
    }

    private JsonObject life(String id) throws Exception {
        return get("/api/v1/commands/" + id);
    }

    private static List<String> stages(JsonObject life) {
        return life.getJsonArray("stages").stream()
                .map(each -> ((JsonObject) each).getString("stage"))
                .toList();
    }

    private double speedAlongWorld() throws Exception {
        return get(TWIN + "/telemetry")
                .getJsonObject("signals")
                .getJsonObject("nav.velocity_mps")
                .getJsonArray("value")
                .getDouble(2);
    }

    private String state() throws Exception {
        return get(TWIN + "/state").getString("state");
    }

    private JsonObject get(String path) throws Exception {
        return probe.get(path).json();
    }
}
