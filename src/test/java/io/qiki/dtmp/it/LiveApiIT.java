package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole process, asked over HTTP. */
@Timeout(60)
class LiveApiIT {
    private static final String TWIN = "/api/v1/twins/qiki-1";
    private static final String CONTROL = "/api/v1/sim/control";

    private static LiveProcess process;
    private static WebProbe probe;

    @BeforeAll
    static void start() throws Exception {
        process = LiveProcess.start(Plans.demo(2));
        probe = process.probe();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(TWIN).getString("state").equals("ACTIVE"));
    }

    @AfterAll
    static void stop() throws Exception {
        process.close();
    }

    @Test
    void shouldListTheFaultsThatAVehicleHolds() throws Exception {
        // Given one that acts, and one whose time is still to come
        String now = inject("magnetometer", 0);
        String later = inject("sensor_solar", 1_000_000_000);

        // Then
        await().until(() -> get(TWIN + "/faults").getJsonArray("faults").size() == 2);
        await().until(() -> fault(0).getBoolean("active"));
        assertThat(fault(0).getString("fault_id")).isEqualTo(now);
        assertThat(fault(0).getString("target")).isEqualTo("magnetometer");
        assertThat(fault(0).getValue("until_tick")).isNull();
        assertThat(fault(1).getString("fault_id")).isEqualTo(later);
        assertThat(fault(1).getBoolean("active")).isFalse();
        assertThat(fault(1).getLong("from_tick")).isEqualTo(1_000_000_000);

        // And when they are cleared
        probe.ask(HttpMethod.DELETE, TWIN + "/faults/" + now, Map.of(), "");
        assertThat(fault(0).getString("fault_id")).isEqualTo(later);
        probe.ask(HttpMethod.DELETE, TWIN + "/faults/" + later, Map.of(), "");
        assertThat(get(TWIN + "/faults").getJsonArray("faults")).isEmpty();
    }

    private static String inject(String sensor, long fromTick) throws Exception {
        JsonObject body =
                new JsonObject()
                        .put("type", "sensor.off")
                        .put("target", sensor)
                        .put("from_tick", fromTick);
        return probe.post(TWIN + "/faults", body).json().getString("fault_id");
    }

    private static JsonObject fault(int place) throws Exception {
        return get(TWIN + "/faults").getJsonArray("faults").getJsonObject(place);
    }

    @Test
    void shouldNotChangeTheProtocolInClearText() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + process.topology().httpPort() + TWIN);
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void shouldListTwinsInPages() throws Exception {
        JsonObject first = get("/api/v1/twins?limit=1");
        JsonObject row = first.getJsonArray("twins").getJsonObject(0);

        assertThat(row.fieldNames())
                .contains(
                        "id",
                        "state",
                        "activity",
                        "safe_mode_reason",
                        "version",
                        "epoch",
                        "tick",
                        "sim_time_s",
                        "run_state",
                        "speed",
                        "shard",
                        "age_ms");
        assertThat(row.getString("id")).isEqualTo("qiki-1");
        assertThat(first.getString("next")).isEqualTo("qiki-1");
        JsonObject second = get("/api/v1/twins?limit=1&after=qiki-1");
        assertThat(second.getJsonArray("twins").getJsonObject(0).getString("id"))
                .isEqualTo("qiki-2");
        assertThat(second.getValue("next")).isNull();
    }

    @Test
    void shouldTellHowTheAgentBecameActive() throws Exception {
        JsonArray history = get(TWIN + "/state").getJsonArray("history");

        assertThat(history.getJsonObject(0).getString("from")).isEqualTo("BOOTING");
        assertThat(history.getJsonObject(0).getString("to")).isEqualTo("IDLE");
        assertThat(history.getJsonObject(0).getString("trigger")).isEqualTo("BOOT_COMPLETE");
        assertThat(history.getJsonObject(1).getString("from")).isEqualTo("IDLE");
        assertThat(history.getJsonObject(1).getString("to")).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @CsvSource({
        "nav.position_m,m",
        "nav.velocity_mps,m/s",
        "attitude.quaternion,1",
        "rates.body_radps,rad/s",
        "power.soc,%",
        "power.bus_v,V",
        "thermal.core_k,K",
        "propellant_kg,kg",
        "radar.contacts,1"
    })
    void shouldGiveEverySignalWithItsUnitAgeAndTruth(String name, String unit) throws Exception {
        await().atMost(Duration.ofSeconds(10)).until(() -> signal(name).getValue("value") != null);
        JsonObject signal = signal(name);

        assertThat(signal.getString("unit")).isEqualTo(unit);
        assertThat(signal.getString("truth")).isEqualTo("OK");
        assertThat(signal.getValue("reason")).isNull();
        assertThat(signal.getLong("age_ms")).isBetween(0L, 2_000L);
        assertThat(signal.getLong("stale_after_ms")).isGreaterThanOrEqualTo(300);
        assertThat(signal.getBoolean("forced")).isFalse();
        assertThat(signal.getLong("source_tick")).isNotNegative();
    }

    @Test
    void shouldSayOfPartsNotBuiltThatTheyAreNot() throws Exception {
        for (String name : List.of("dock.state", "link.state")) {
            assertThat(signal(name).getString("truth")).isEqualTo("NO_DATA");
            assertThat(signal(name).getString("reason")).isEqualTo("not-built");
            assertThat(signal(name).getValue("value")).isNull();
        }
    }

    @Test
    void shouldGiveDecisionsWithVerdictsAndCommands() throws Exception {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !decision().getJsonArray("proposals").isEmpty());
        JsonObject proposal = decision().getJsonArray("proposals").getJsonObject(0);

        assertThat(proposal.fieldNames())
                .contains("id", "source", "type", "priority", "confidence", "verdict", "reason");
        assertThat(get(TWIN + "/decisions?limit=3").getJsonArray("decisions")).hasSize(3);
    }

    @Test
    void shouldGiveTheTableOfTheStateMachineTheCatalogueAndTheDictionary() throws Exception {
        JsonObject fsm = get("/api/v1/fsm");
        assertThat(fsm.getJsonArray("states")).contains("BOOTING", "SAFE_MODE", "SHUTDOWN");
        assertThat(fsm.getJsonArray("rows").getJsonObject(0).fieldNames())
                .contains("from", "condition", "to", "trigger", "priority");
        JsonObject fault = get("/api/v1/faults/catalogue").getJsonArray("faults").getJsonObject(0);
        assertThat(fault.getString("type")).isEqualTo("sensor.off");
        assertThat(fault.getJsonArray("targets")).contains("imu_main", "nav");
        assertThat(get("/api/v1/signals").getJsonArray("signals").size()).isGreaterThan(20);
    }

    @Test
    void shouldFilterEvents() throws Exception {
        JsonObject page = get("/api/v1/events?twin=qiki-1&type=fsm.transition&limit=1");
        JsonObject event = page.getJsonArray("events").getJsonObject(0);

        assertThat(event.fieldNames())
                .contains("id", "type", "twin", "tick", "sim_time_s", "severity", "reason", "data");
        assertThat(event.getString("twin")).isEqualTo("qiki-1");
        JsonObject older =
                get(
                        "/api/v1/events?twin=qiki-1&type=fsm.transition&limit=1&before="
                                + page.getString("next"));
        assertThat(older.getJsonArray("events").getJsonObject(0).getLong("id"))
                .isLessThan(event.getLong("id"));
    }

    @Test
    void shouldPauseStepAndGoOn() throws Exception {
        // Given
        assertThat(control("sim.pause", "{}").getString("run_state")).isEqualTo("PAUSED");
        long tick = get(TWIN).getLong("tick");
        JsonObject telemetry = get(TWIN + "/telemetry");

        // When
        JsonObject stepped = control("sim.step", "{\"ticks\":5}");

        // Then
        assertThat(telemetry.getLong("tick")).isEqualTo(tick);
        assertThat(stepped.getString("status")).isEqualTo("ok");
        assertThat(get(TWIN).getLong("tick")).isEqualTo(tick + 5);
        assertThat(get(TWIN + "/telemetry").getLong("tick")).isEqualTo(tick + 5);
        assertThat(get(TWIN).getString("run_state")).isEqualTo("PAUSED");
        assertThat(control("sim.start", "{\"speed\":5}").getDouble("speed")).isEqualTo(5.0);
        await().until(() -> get(TWIN).getLong("tick") > tick + 10);
        assertThat(control("sim.speed", "{\"factor\":1}").getString("run_state"))
                .isEqualTo("RUNNING");
    }

    @Test
    void shouldAnswerHealthAndMetrics() throws Exception {
        assertThat(probe.get("/health/live").status()).isEqualTo(200);
        WebProbe.Answer ready = probe.get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().getString("status")).isEqualTo("UP");
        assertThat(ready.json().getJsonObject("components").getJsonObject("store").fieldNames())
                .contains("status", "reason", "since");
        String metrics = probe.get("/metrics").body();
        assertThat(metrics)
                .contains(
                        "qiki_agent_phase_seconds_count{phase=\"sense\"}",
                        "qiki_agent_phase_seconds_count{phase=\"decide\"}",
                        "qiki_tick_ticks_total",
                        "qiki_store_commits_total{outcome=\"changed\"}",
                        "qiki_sim_steps_total");
    }

    @Test
    void shouldDescribeEveryPathThatItServes() throws Exception {
        JsonObject paths = get("/api/v1/openapi.json").getJsonObject("paths");

        for (String path : paths.fieldNames()) {
            if (paths.getJsonObject(path).containsKey("get")) {
                WebProbe.Answer answer =
                        probe.get(path.replace("{twin}", "qiki-1").replace("{command}", "x"));
                boolean answered = answer.status() == 200 || answer.body().contains("no command x");
                assertThat(answered).as(path + " " + answer).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/api/v1/twins/nobody||404|request.not-found",
                "GET|/api/v1/twins/nobody/telemetry||404|request.not-found",
                "GET|/api/v1/no/such/path||404|request.not-found",
                "GET|/no-such-page||404|request.not-found",
                "DELETE|/api/v1/fsm||405|request.bad-method",
                "GET|/api/v1/twins?limit=0||400|request.bad-argument",
                "GET|/api/v1/twins?limit=99999999999999999999||400|request.bad-argument",
                "GET|/api/v1/twins?color=red||400|request.bad-argument",
                "GET|/api/v1/twins?after=nobody||404|request.not-found",
                "GET|/api/v1/events?from=7&to=3||400|request.bad-argument",
                "POST|/api/v1/sim/control|{|400|request.malformed",
                "POST|/api/v1/sim/control|[]|400|request.malformed",
                "POST|/api/v1/sim/control|{}|400|request.bad-argument",
                "POST|/api/v1/sim/control|{\"command_name\":7}|400|request.bad-argument",
                "POST|/api/v1/sim/control|{\"command_name\":\"sim.fly\"}|400|request.bad-argument",
                "POST|/api/v1/sim/control|{\"command_name\":\"sim.speed\",\"parameters\":{\"factor\":1e999}}|400|request.bad-argument",
                "POST|/api/v1/sim/control|{\"command_name\":\"sim.step\",\"parameters\":{\"ticks\":1}}|409|request.wrong-state",
                "POST|/api/v1/sim/control|{\"command_name\":\"sim.dock.engage\"}|501|request.not-built",
                "POST|/api/v1/twins/qiki-1/commands|{}|400|request.bad-argument",
                "POST|/api/v1/twins/qiki-1/faults|{\"type\":\"sensor.off\",\"target\":\"nose\"}|400|request.bad-argument",
                "POST|/api/v1/twins/qiki-1/faults|{\"type\":\"sensor.stuck\",\"target\":\"nav\"}|501|request.not-built",
                "POST|/api/v1/twins/qiki-1/faults|{\"type\":\"nonsense\",\"target\":\"nav\"}|400|request.bad-argument",
                "POST|/api/v1/twins/nobody/faults|{\"type\":\"sensor.off\",\"target\":\"nav\"}|404|request.not-found",
                "DELETE|/api/v1/twins/qiki-1/faults/none||404|request.not-found"
            })
    void shouldRefuseWithAProblemDocument(
            String method, String path, String body, int status, String code) throws Exception {
        WebProbe.Answer answer =
                probe.ask(
                        HttpMethod.valueOf(method),
                        path,
                        Map.of("Content-Type", "application/json"),
                        body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().getString("code")).isEqualTo(code);
        assertThat(answer.json().getInteger("status")).isEqualTo(status);
        assertThat(answer.json().getString("detail")).isNotBlank();
    }

    @Test
    void shouldRefuseABodyBeyondTheLimit() throws Exception {
        WebProbe.Answer answer = probe.post(CONTROL, "x".repeat(100_000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("code")).isEqualTo("request.too-large");
    }

    @Test
    void shouldRefuseABodyThatDoesNotSayItIsJson() throws Exception {
        WebProbe.Answer answer =
                probe.ask(
                        HttpMethod.POST,
                        CONTROL,
                        Map.of("Content-Type", "text/plain"),
                        "{\"command_name\":\"sim.pause\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isEqualTo("request.malformed");
    }

    private static JsonObject decision() throws Exception {
        return get(TWIN + "/decisions?limit=1").getJsonArray("decisions").getJsonObject(0);
    }

    private static JsonObject signal(String name) throws Exception {
        return get(TWIN + "/telemetry").getJsonObject("signals").getJsonObject(name);
    }

    private static JsonObject control(String name, String parameters) throws Exception {
        WebProbe.Answer answer =
                probe.post(
                        CONTROL,
                        new JsonObject()
                                .put("command_name", name)
                                .put("parameters", new JsonObject(parameters)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonObject get(String path) throws Exception {
        WebProbe.Answer answer = probe.get(path);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.json();
    }
}
