package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.testkit.BridgeProbe;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transition of the state machine on its way to everybody who wants to know. */
@Timeout(90)
class FsmToSubscribersIT {
    private static final String STATE = "qiki.web.twin.qiki-1.state";

    @Test
    void shouldReachTheBusTheBrowserAndTheApiInOrderWithOneVersion() throws Exception {
        try (LiveProcess process = LiveProcess.start(Plans.demo(1));
                BridgeProbe browser =
                        BridgeProbe.connect(process.vertx(), process.topology().httpPort())) {
            // Given a subscriber of each kind
            List<StoredState> bus = new CopyOnWriteArrayList<>();
            List<Long> missed = new CopyOnWriteArrayList<>();
            CreditInlet<StoredState> inlet =
                    process.topology()
                            .changes(
                                    (state, lost) -> {
                                        bus.add(state);
                                        missed.add(lost);
                                    });
            WebHarness.get(inlet.open());
            browser.register(STATE);

            // When the agent goes through its states, one unplugged sensor included
            until(bus, FsmState.ACTIVE);
            String fault =
                    process.probe()
                            .post(
                                    "/api/v1/twins/qiki-1/faults",
                                    new JsonObject()
                                            .put("type", "sensor.off")
                                            .put("target", "imu_main"))
                            .json()
                            .getString("fault_id");
            until(bus, FsmState.SAFE_MODE);
            process.probe()
                    .ask(
                            io.vertx.core.http.HttpMethod.DELETE,
                            "/api/v1/twins/qiki-1/faults/" + fault,
                            Map.of(),
                            "");
            until(bus, FsmState.ACTIVE);
            StoredState last = bus.get(bus.size() - 1);
            browser.newer(STATE, last.version() - 1);

            // Then the bus told every version once, in order
            Map<Long, String> states = new TreeMap<>();
            List<Long> versions = new ArrayList<>();
            for (StoredState state : bus) {
                states.put(state.version(), state.snapshot().state().name());
                if (versions.isEmpty() || versions.get(versions.size() - 1) != state.version()) {
                    versions.add(state.version());
                }
            }
            assertThat(missed).containsOnly(0L);
            for (int i = 1; i < versions.size(); i++) {
                assertThat(versions.get(i)).isEqualTo(versions.get(i - 1) + 1);
            }

            // And the history of the API is what the bus told, under the same version
            JsonObject api = process.probe().get("/api/v1/twins/qiki-1/state").json();
            assertThat(api.getLong("version")).isGreaterThanOrEqualTo(last.version());
            JsonArray history = api.getJsonArray("history");
            for (int i = 0; i < history.size(); i++) {
                String told = states.get((long) i + 1);
                if (told != null) {
                    assertThat(history.getJsonObject(i).getString("to")).isEqualTo(told);
                }
            }
            assertThat(states.values()).contains("SAFE_MODE", "IDLE", "ACTIVE");
        }
    }

    @Test
    void shouldTellTheBrowserTheVersionsOfTheBus() throws Exception {
        try (LiveProcess process = LiveProcess.start(Plans.demo(1));
                BridgeProbe browser =
                        BridgeProbe.connect(process.vertx(), process.topology().httpPort())) {
            Map<Long, String> states = new java.util.concurrent.ConcurrentSkipListMap<>();
            List<StoredState> bus = new CopyOnWriteArrayList<>();
            CreditInlet<StoredState> inlet =
                    process.topology()
                            .changes(
                                    (state, lost) -> {
                                        states.put(
                                                state.version(), state.snapshot().state().name());
                                        bus.add(state);
                                    });
            WebHarness.get(inlet.open());
            browser.register(STATE);
            until(bus, FsmState.ACTIVE);
            long last = bus.get(bus.size() - 1).version();

            long before = -1;
            JsonObject body;
            do {
                body = browser.next(STATE).getJsonObject("body");
                long version = body.getLong("version");
                assertThat(version).isGreaterThanOrEqualTo(before);
                if (states.containsKey(version)) {
                    assertThat(body.getString("state")).isEqualTo(states.get(version));
                }
                before = version;
            } while (before < last);
            assertThat(states).containsKey(before);
        }
    }

    private static void until(List<StoredState> bus, FsmState wanted) {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                !bus.isEmpty()
                                        && bus.get(bus.size() - 1).snapshot().state() == wanted);
    }
}
