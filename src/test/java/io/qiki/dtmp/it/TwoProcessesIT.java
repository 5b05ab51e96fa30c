package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.CliProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Simulator and agent as two processes: they fly, lose each other, and find each other again. */
@Timeout(120)
class TwoProcessesIT {
    private static final String TWIN = "/api/v1/twins/qiki-1/";
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldGoSafeWithoutItsSimulatorAndComeBackWithTheNext() throws Exception {
        String port = freePort();
        try (CliProcess agent = agent(port)) {
            String address = dashboard(agent);
            try (CliProcess sim = sim(port)) {
                sim.await(line -> line.startsWith("ready"));
                agent.await(line -> line.contains(" state ACTIVE "));

                // When the simulator is killed
                sim.signal("KILL");
                sim.exitCode();
            }

            // Then
            agent.await(line -> line.contains("reason PROVIDER_UNAVAILABLE"));
            assertThat(ticksToSafeMode(address)).isBetween(0L, 3L);

            // And when another one takes its place
            try (CliProcess next = sim(port)) {
                next.await(line -> line.startsWith("ready"));
                agent.await(line -> line.contains(" state ACTIVE "));
            }
        }
    }

    @Test
    void shouldGoSafeWhileItsSimulatorStandsStill() throws Exception {
        String port = freePort();
        try (CliProcess sim = sim(port);
                CliProcess agent = agent(port)) {
            String address = dashboard(agent);
            agent.await(line -> line.contains(" state ACTIVE "));

            sim.signal("STOP");
            agent.await(line -> line.contains("reason PROVIDER_UNAVAILABLE"));
            assertThat(ticksToSafeMode(address)).isBetween(0L, 3L);

            sim.signal("CONT");
            agent.await(line -> line.contains(" state ACTIVE "));
        }
    }

    @Test
    void shouldKeepTheVehicleSafeWithoutItsAgentAndObeyTheNext() throws Exception {
        String port = freePort();
        try (CliProcess sim = sim(port, "--port", "0")) {
            String address = dashboard(sim);
            try (CliProcess agent = agent(port)) {
                agent.await(line -> line.contains(" state ACTIVE "));
                assertThat(flag(address, "control.lapsed")).isFalse();
                agent.signal("KILL");
                agent.exitCode();
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> flag(address, "control.lapsed"));

            try (CliProcess agent = agent(port)) {
                agent.await(line -> line.contains(" state ACTIVE "));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> !flag(address, "control.lapsed"));

                // And while an agent hangs
                agent.signal("STOP");
                await().atMost(Duration.ofSeconds(10)).until(() -> flag(address, "control.lapsed"));
                agent.signal("CONT");
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> !flag(address, "control.lapsed"));
            }
        }
    }

    @Test
    void shouldStandStillTogether() throws Exception {
        String port = freePort();
        try (CliProcess sim = sim(port, "--port", "0");
                CliProcess agent = agent(port)) {
            String address = dashboard(sim);
            agent.await(line -> line.contains(" state ACTIVE "));

            // When nothing moves for a while
            control(address, "sim.pause");
            agent.await(line -> line.startsWith("twin "));
            String first = agent.await(line -> line.startsWith("twin "));
            String later = first;
            for (int i = 0; i < 2; i++) {
                later = agent.await(line -> line.startsWith("twin "));
                assertThat(later).isEqualTo(first);
            }

            // Then nobody has minded, and both go on
            control(address, "sim.start");
            long stood = tick(later);
            agent.await(line -> line.startsWith("twin ") && tick(line) > stood + 10);
        }
    }

    private static long tick(String line) {
        return Long.parseLong(line.replaceAll(".* tick (\\d+) .*", "$1"));
    }

    @Test
    void shouldComeToTheHashOfALockstepInOneProcess() throws Exception {
        String port = freePort();
        String expected;
        try (CliProcess step = CliProcess.java("step", "--twins", "1", "--ticks", "2000")) {
            assertThat(step.exitCode()).isZero();
            expected = step.lines().get(0);
        }
        try (CliProcess sim = sim(port, "--lockstep")) {
            sim.await(line -> line.startsWith("ready"));
            try (CliProcess agent =
                    CliProcess.java(
                            "agent",
                            "--grpc",
                            "127.0.0.1:" + port,
                            "--lockstep",
                            "--ticks",
                            "2000")) {
                assertThat(agent.exitCode()).as(agent.errors()).isZero();
                assertThat(agent.lines()).contains(expected);
            }
        }
    }

    @Test
    void shouldRunOnAScript() throws Exception {
        try (CliProcess agent = CliProcess.java("agent", "--mock", "--ticks", "200")) {
            assertThat(agent.exitCode()).as(agent.errors()).isZero();
            List<String> lines = agent.lines();
            assertThat(lines.get(lines.size() - 1))
                    .matches("twin qiki-1 state ACTIVE .* tick 200 .* slips \\d+ reason -");
        }
    }

    private static CliProcess sim(String port, String... more) throws IOException {
        return CliProcess.java(with(List.of("sim", "--grpc-port", port), more));
    }

    private static CliProcess agent(String port) throws IOException {
        return CliProcess.java("agent", "--grpc", "127.0.0.1:" + port, "--port", "0");
    }

    private static String[] with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String dashboard(CliProcess process) throws Exception {
        String line = process.await(text -> text.startsWith("dashboard "));
        return line.substring("dashboard ".length(), line.length() - 1);
    }

    /** From the first blind tick to SAFE_MODE, of the newest loss. */
    private long ticksToSafeMode(String address) throws Exception {
        JsonArray events =
                get(address + "/api/v1/events?twin=qiki-1&limit=1000").getJsonArray("events");
        long lost = -1;
        long safe = -1;
        for (int i = 0; i < events.size(); i++) {
            JsonObject event = events.getJsonObject(i);
            String reason = event.getString("reason");
            if (event.getString("type").equals("provider") && reason.equals("lost")) {
                lost = event.getJsonObject("data").getLong("tick", event.getLong("tick"));
            } else if (event.getString("type").equals("safe_mode")
                    && reason.equals("PROVIDER_UNAVAILABLE")) {
                safe = event.getLong("tick");
            }
        }
        assertThat(lost).as(events.encodePrettily()).isPositive();
        return safe - lost;
    }

    private boolean flag(String address, String signal) throws Exception {
        return get(address + TWIN + "telemetry")
                .getJsonObject("signals")
                .getJsonObject(signal)
                .getBoolean("value");
    }

    private void control(String address, String name) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/api/v1/sim/control"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"command_name\":\"" + name + "\",\"parameters\":{}}"))
                        .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    private JsonObject get(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return new JsonObject(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
