package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.testkit.BridgeProbe;
import io.qiki.dtmp.testkit.Reports;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SockJsBridgeIT {
    private static final String TELEMETRY = "qiki.web.twin.qiki-1.telemetry";
    private static final String DECISION = "qiki.web.twin.qiki-1.decision";
    private static final String STATE = "qiki.web.twin.qiki-1.state";
    private static final String EVENT = "qiki.web.twin.qiki-1.event";

    private WebHarness server;
    private BridgeProbe browser;

    @BeforeEach
    void start() throws Exception {
        server = WebHarness.start();
        browser = BridgeProbe.connect(server.vertx(), server.port());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void shouldSendTelemetryWithSequenceAndRunState() {
        // Given
        browser.register(TELEMETRY);
        JsonObject first = browser.next(TELEMETRY).getJsonObject("body");
        assertThat(first.getInteger("tick")).isZero();

        // When
        server.tick(Reports.at(7));
        JsonObject second = browser.next(TELEMETRY).getJsonObject("body");

        // Then
        assertThat(second.getString("twin")).isEqualTo("qiki-1");
        assertThat(second.getInteger("tick")).isEqualTo(7);
        assertThat(second.getString("run_state")).isEqualTo("STOPPED");
        assertThat(second.getDouble("speed")).isEqualTo(1.0);
        assertThat(second.getLong("sequence")).isEqualTo(first.getLong("sequence") + 1);
        assertThat(second.getJsonObject("signals").containsKey("nav.position_m")).isTrue();
    }

    @Test
    void shouldCoalesceABurstAndEndOnTheNewest() {
        browser.register(TELEMETRY);
        browser.next(TELEMETRY);

        for (int tick = 1; tick <= 500; tick++) {
            server.tick(Reports.at(tick));
        }

        await().until(
                        () ->
                                browser.all(TELEMETRY).stream()
                                        .anyMatch(
                                                f ->
                                                        f.getJsonObject("body").getInteger("tick")
                                                                == 500));
        assertThat(browser.all(TELEMETRY).size()).isLessThan(50);
    }

    @Test
    void shouldSendDecisionsWithPhasesAndStatesAndEvents() throws Exception {
        // Given
        browser.register(DECISION);
        browser.register(STATE);
        browser.register(EVENT);
        JsonObject born = browser.next(STATE).getJsonObject("body");
        assertThat(born.getString("state")).isEqualTo("BOOTING");

        // When
        server.tick(Reports.at(7));
        server.commit(Reports.at(7));
        server.event(
                new TwinEvent(
                        "fault",
                        Reports.TWIN,
                        7,
                        35,
                        TwinEvent.Severity.WARNING,
                        TruthState.OK,
                        "injected",
                        new TreeMap<>()));

        // Then
        JsonObject decision = browser.next(DECISION).getJsonObject("body");
        assertThat(decision.getInteger("tick")).isEqualTo(7);
        assertThat(decision.getJsonObject("phases_us").getInteger("decide")).isEqualTo(50);
        JsonObject state = browser.newer(STATE, born.getLong("version")).getJsonObject("body");
        assertThat(state.getString("state")).isEqualTo("ACTIVE");
        assertThat(state.getJsonArray("history")).hasSize(1);
        assertThat(state.getLong("sequence")).isPositive();
        JsonObject event = browser.next(EVENT).getJsonObject("body");
        assertThat(event.getString("type")).isEqualTo("fault");
        assertThat(event.getDouble("sim_time_s")).isEqualTo(0.7);
    }

    @Test
    void shouldSendTheFleet() {
        browser.register(Addresses.WEB_FLEET);

        JsonObject fleet = browser.next(Addresses.WEB_FLEET).getJsonObject("body");

        assertThat(fleet.getJsonArray("twins")).hasSize(1);
        assertThat(fleet.getString("run_state")).isEqualTo("STOPPED");
    }

    @Test
    void shouldAnswerASnapshot() {
        server.tick(Reports.at(7));

        JsonObject body =
                browser.call(Addresses.WEB_SNAPSHOT, new JsonObject().put("twin", "qiki-1"))
                        .getJsonObject("body");

        assertThat(body.fieldNames())
                .contains(
                        "twin", "run_state", "speed", "state", "telemetry", "decisions", "events");
    }

    @Test
    void shouldControlTheRun() {
        JsonObject started =
                browser.call(
                                Addresses.WEB_CONTROL,
                                new JsonObject()
                                        .put("command_name", "sim.start")
                                        .put("parameters", new JsonObject().put("speed", 2)))
                        .getJsonObject("body");

        assertThat(started)
                .isEqualTo(
                        new JsonObject()
                                .put("command_name", "sim.start")
                                .put("status", "ok")
                                .put("run_state", "RUNNING")
                                .put("speed", 2.0));
    }

    @Test
    void shouldAnswerRefusalsOfItsCallsWithAnError() {
        assertThat(error(Addresses.WEB_CONTROL, new JsonObject().put("command_name", "sim.pause")))
                .isEqualTo("request.wrong-state");
        assertThat(error(Addresses.WEB_CONTROL, new JsonObject().put("command_name", "sim.fly")))
                .isEqualTo("request.bad-argument");
        assertThat(error(Addresses.WEB_SNAPSHOT, new JsonObject().put("twin", "nobody")))
                .isEqualTo("request.not-found");
        assertThat(error(Addresses.WEB_COMMAND, new JsonObject()))
                .isEqualTo("request.bad-argument");
        assertThat(error(Addresses.WEB_FAULT, new JsonObject())).isEqualTo("request.bad-argument");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Addresses.TICK_CONTROL,
                Addresses.STORE_COMMIT,
                Addresses.STORE_LIST,
                "qiki.web.twin.qiki-1.telemetry",
                "qiki.web.fleet",
                "qiki.web.snapshot.x"
            })
    void shouldRefuseCallsToEverythingElseWithoutLettingThePageHang(String address) {
        JsonObject frame = browser.call(address, new JsonObject());

        assertThat(frame.getString("type")).isEqualTo("err");
        assertThat(frame.getInteger("failureCode")).isEqualTo(1003);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Addresses.TICK_CHANGED,
                Addresses.STORE_CHANGES,
                "qiki.web.twin.nobody.telemetry",
                "qiki.web.twin.qiki-1.secret",
                "qiki.web.control"
            })
    void shouldRefuseToRegisterForEverythingElse(String address) {
        browser.register(address);

        assertThat(browser.next(address).getString("type")).isEqualTo("err");
    }

    @Test
    void shouldRefuseWhatIsNoFrame() {
        for (String text : List.of("[]", "x", "{}", "{\"type\":\"publish\",\"address\":\"a\"}")) {
            browser.sendText(text);
            JsonObject refusal = browser.next("");
            assertThat(refusal.getInteger("failureCode")).isIn(1000, 1001);
        }
        browser.send(new JsonObject().put("type", "ping"));
        assertThat(browser.ofType("pong").getString("type")).isEqualTo("pong");
    }

    @Test
    void shouldSendNothingAfterUnregistering() {
        // Given
        browser.register(TELEMETRY);
        browser.next(TELEMETRY);
        browser.send(new JsonObject().put("type", "unregister").put("address", TELEMETRY));
        browser.send(new JsonObject().put("type", "ping"));
        browser.ofType("pong");

        // When
        server.tick(Reports.at(7));
        browser.register(DECISION);
        server.tick(Reports.at(8));
        browser.next(DECISION);

        // Then
        assertThat(browser.all(TELEMETRY)).isEmpty();
    }

    private String error(String address, JsonObject body) {
        return browser.call(address, body)
                .getJsonObject("body")
                .getJsonObject("error")
                .getString("code");
    }
}
