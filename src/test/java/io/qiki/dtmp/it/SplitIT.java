package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.CliProcess;
import io.qiki.dtmp.testkit.NatsProbe;
import io.qiki.dtmp.testkit.NatsServer;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulator, agent and dashboard as three processes with the configurations of conf/split, and a
 * real server between them; each is killed in turn.
 */
@Timeout(240)
class SplitIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TWIN = "/api/v1/twins/qiki-1";

    @TempDir private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private NatsServer server;
    private String port;
    private CliProcess sim;
    private CliProcess agent;
    private CliProcess dashboard;
    private String page;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start(dir);
        try (ServerSocket socket = new ServerSocket(0)) {
            port = String.valueOf(socket.getLocalPort());
        }
        sim = sim();
        agent = agent();
        startDashboard();
    }

    @AfterEach
    void stop() {
        dashboard.close();
        agent.close();
        sim.close();
        server.close();
    }

    @Test
    void shouldShowAndCommandATwinThatItOnlyKnowsFromNats() throws Exception {
        await().atMost(PATIENCE).until(() -> shown("state").equals("ACTIVE"));
        await().atMost(PATIENCE).until(() -> get("/health/ready").status() == 200);
        long tick = twin().getLong("tick");
        await().atMost(PATIENCE).until(() -> twin().getLong("tick") > tick + 5);
        JsonObject state = get(TWIN + "/state").json();
        assertThat(state.getJsonArray("history").getJsonObject(0).getString("trigger"))
                .isEqualTo("BOOT_COMPLETE");
        assertThat(get(TWIN + "/decisions?limit=1").json().getJsonArray("decisions")).hasSize(1);

        // A fault from the dashboard reaches the simulator, the agent goes safe, all is shown
        JsonObject fault =
                post(TWIN + "/faults", "{\"type\":\"sensor.off\",\"target\":\"imu_main\"}");
        await().atMost(PATIENCE)
                .until(() -> shown("safe_mode_reason").equals("SENSORS_UNAVAILABLE"));
        delete(TWIN + "/faults/" + fault.getString("fault_id"));
        await().atMost(PATIENCE).until(() -> shown("state").equals("ACTIVE"));
        JsonObject paused = post("/api/v1/sim/control", "{\"command_name\":\"sim.pause\"}");
        assertThat(paused.getString("run_state")).isEqualTo("PAUSED");
        await().atMost(PATIENCE).until(() -> shown("run_state").equals("PAUSED"));
        post("/api/v1/sim/control", "{\"command_name\":\"sim.start\"}");
        JsonObject given =
                post(
                        TWIN + "/commands",
                        "{\"actuator\":\"rcs_forward\",\"command_type\":\"SET_VELOCITY\","
                                + "\"value\":10,\"unit\":\"PERCENT\",\"timeout_ms\":200}");
        String command = "/api/v1/commands/" + given.getString("command_id");
        await().atMost(PATIENCE)
                .until(() -> get(command).json().getString("stage").equals("EXECUTED"));
    }

    @Test
    void shouldBearThatEachIsKilledInTurn() throws Exception {
        await().atMost(PATIENCE).until(() -> shown("state").equals("ACTIVE"));

        // The simulator
        kill(sim);
        await().atMost(PATIENCE)
                .until(() -> shown("safe_mode_reason").equals("PROVIDER_UNAVAILABLE"));
        await().atMost(PATIENCE).until(() -> !trouble("sim").isEmpty());
        sim = sim();
        await().atMost(PATIENCE).until(() -> shown("state").equals("ACTIVE"));

        // The agent: nothing old is shown as if it were current
        kill(agent);
        await().atMost(PATIENCE).until(() -> !trouble("agent").isEmpty());
        await().atMost(PATIENCE).until(() -> twin().getLong("epoch") == 0);
        agent = agent();
        await().atMost(PATIENCE).until(() -> shown("state").equals("ACTIVE"));

        // The dashboard
        kill(dashboard);
        startDashboard();
        await().atMost(PATIENCE).until(() -> shown("state").equals("ACTIVE"));
        await().atMost(PATIENCE).until(() -> get("/health/ready").status() == 200);

        // The server between them
        server.kill();
        await().atMost(PATIENCE).until(() -> !trouble("nats").isEmpty());
        server.restart();
        await().atMost(PATIENCE).until(() -> get("/health/ready").status() == 200);
        long tick = twin().getLong("tick");
        await().atMost(PATIENCE).until(() -> twin().getLong("tick") > tick + 5);
        assertEventsOnce();
    }

    /** Of each process that ever was, every event once and in order. */
    private void assertEventsOnce() throws Exception {
        try (NatsProbe probe = new NatsProbe(server.url())) {
            Set<String> ids = new HashSet<>();
            for (var one : probe.all(Subjects.EVENTS_STREAM)) {
                assertThat(ids.add(one.getHeaders().getFirst("Nats-Msg-Id"))).isTrue();
            }
            assertThat(ids).anyMatch(id -> id.startsWith("sim-"));
            assertThat(ids).anyMatch(id -> id.startsWith("agent-"));
        }
    }

    private CliProcess sim() throws Exception {
        CliProcess started =
                CliProcess.java(
                        "sim",
                        "conf/split/simulator.json",
                        "--grpc-port",
                        port,
                        "--nats",
                        server.url());
        started.await(line -> line.startsWith("ready"));
        return started;
    }

    private CliProcess agent() throws Exception {
        CliProcess started =
                CliProcess.java(
                        "agent",
                        "--grpc",
                        "127.0.0.1:" + port,
                        "conf/split/agent.json",
                        "--nats",
                        server.url());
        started.await(line -> line.startsWith("ready"));
        return started;
    }

    private void startDashboard() throws Exception {
        dashboard =
                CliProcess.java(
                        "run", "conf/split/dashboard.json", "--port", "0", "--nats", server.url());
        String line = dashboard.await(text -> text.startsWith("dashboard "));
        page = line.substring("dashboard ".length(), line.length() - 1);
    }

    private static void kill(CliProcess process) throws Exception {
        process.signal("KILL");
        process.exitCode();
    }

    private record Answer(int status, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    /** A field of the twin's row; empty while there is none. */
    private String shown(String field) throws Exception {
        Answer answer = get(TWIN);
        return answer.status() == 200
                ? Optional.ofNullable(answer.json().getString(field)).orElse("")
                : "";
    }

    private JsonObject twin() throws Exception {
        return get(TWIN).json();
    }

    private String trouble(String component) throws Exception {
        JsonObject all = get("/health/ready").json().getJsonObject("components");
        return Optional.ofNullable(all.getJsonObject(component).getString("reason")).orElse("");
    }

    private Answer get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(page + path)).build());
    }

    private JsonObject post(String path, String body) throws Exception {
        Answer answer =
                send(
                        HttpRequest.newBuilder(URI.create(page + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build());
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }

    private void delete(String path) throws Exception {
        send(HttpRequest.newBuilder(URI.create(page + path)).DELETE().build());
    }

    private Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }
}
