package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private JsonObject burst(String actuator, double percent, int millis) {
        return new JsonObject()
                .put("actuator", actuator)
                .put("command_type", "SET_VELOCITY")
                .put("value", percent)
                .put("unit", "PERCENT")
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
