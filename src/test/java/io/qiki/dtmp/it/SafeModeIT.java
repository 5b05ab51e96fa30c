package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A critical sensor is switched off and on again through the interface. */
@Timeout(90)
class SafeModeIT {
    private static final String TWIN = "/api/v1/twins/qiki-1";

    /** The safe set: null the velocity, point the array at the sun, shed load; nothing else. */
    private static final Set<String> SAFE_SET =
            Set.of(
                    "velocity_controller SET_VELOCITY",
                    "attitude_controller SET_MODE " + AttitudeMode.SUN_POINT.ordinal(),
                    "power_controller SET_MODE " + PowerMode.SAFE.ordinal());

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
    void shouldFlyTheSafeSetWithoutTheImuAndComeBackByTheExitRule() throws Exception {
        // When: it is switched off
        WebProbe.Answer injected =
                probe.post(
                        TWIN + "/faults",
                        new JsonObject().put("type", "sensor.off").put("target", "imu_main"));
        assertThat(injected.status()).isEqualTo(201);
        String fault = injected.json().getString("fault_id");
        await().atMost(Duration.ofSeconds(10)).until(() -> state().equals("SAFE_MODE"));

        // Then: the reason is named, the signal says no data, and only the safe set is sent
        assertThat(get(TWIN + "/state").getString("safe_mode_reason"))
                .isEqualTo("SENSORS_UNAVAILABLE");
        JsonObject rates =
                get(TWIN + "/telemetry").getJsonObject("signals").getJsonObject("rates.body_radps");
        assertThat(rates.getString("truth")).isEqualTo("NO_DATA");
        assertThat(rates.getString("reason")).isEqualTo("sensor-off");
        assertThat(rates.getBoolean("forced")).isTrue();
        long entered = get(TWIN).getLong("tick");
        await().until(() -> get(TWIN).getLong("tick") > entered + 10);
        List<JsonObject> commands = commandsInSafeMode();
        assertThat(commands).extracting(SafeModeIT::order).hasSameElementsAs(SAFE_SET);
        assertThat(state()).isEqualTo("SAFE_MODE");

        // When: it is switched on again
        WebProbe.Answer cleared =
                probe.ask(HttpMethod.DELETE, TWIN + "/faults/" + fault, Map.of(), "");
        assertThat(cleared.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("ACTIVE"));

        // Then: by the exit rule, and all of it is in the events
        List<String> transitions = new ArrayList<>();
        events("fsm.transition").forEach(e -> transitions.add(e.encode()));
        assertThat(String.join("\n", transitions))
                .contains("SENSORS_UNAVAILABLE", "SAFE_MODE_EXIT_CONFIRMED");
        assertThat(events("fault"))
                .extracting(e -> e.getString("reason"))
                .containsExactly("injected", "cleared");
        assertThat(events("safe_mode")).isNotEmpty();
        assertThat(probe.ask(HttpMethod.DELETE, TWIN + "/faults/" + fault, Map.of(), "").status())
                .isEqualTo(404);
    }

    /** Actuator, type and, of a mode, its number; the velocity is that of the nearest object. */
    private static String order(JsonObject command) {
        String order = command.getString("actuator") + " " + command.getString("command_type");
        return order.endsWith("SET_MODE") ? order + " " + command.getValue("value") : order;
    }

    private List<JsonObject> commandsInSafeMode() throws Exception {
        List<JsonObject> commands = new ArrayList<>();
        for (Object each : get(TWIN + "/decisions?limit=100").getJsonArray("decisions")) {
            JsonObject decision = (JsonObject) each;
            if (decision.getString("state").equals("SAFE_MODE")) {
                decision.getJsonArray("commands").forEach(c -> commands.add((JsonObject) c));
            }
        }
        return commands;
    }

    private List<JsonObject> events(String type) throws Exception {
        List<JsonObject> events = new ArrayList<>();
        get("/api/v1/events?twin=qiki-1&limit=1000&type=" + type)
                .getJsonArray("events")
                .forEach(e -> events.add((JsonObject) e));
        return events;
    }

    private String state() throws Exception {
        return get(TWIN).getString("state");
    }

    private JsonObject get(String path) throws Exception {
        WebProbe.Answer answer = probe.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
