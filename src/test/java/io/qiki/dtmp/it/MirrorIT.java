package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.launcher.TwinStatus;
import io.qiki.dtmp.model.FsmSnapshot;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.BridgeProbe;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.NatsPeer;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.Reports;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard process shows twins that it only hears of over a real NATS server. */
@Timeout(120)
class MirrorIT {
    private static final TwinId TWIN = Reports.TWIN;
    private static final String ROW = "/api/v1/twins/qiki-1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path dir;

    @Test
    void shouldShowATwinThatItOnlyHearsOf() throws Exception {
        try (NatsServer server = NatsServer.start(dir);
                NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams()) {
            core.state(state(1, 1));
            core.state(state(1, 2));
            core.event(7, event(1));
            try (LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()))) {
                awaitUp(dashboard);
                core.status(true, true, RunState.RUNNING, TWIN);
                core.report(Reports.at(5), true, true);
                core.nonsense(Subjects.report(TWIN));
                core.nonsense(Subjects.status("qiki-1"));
                awaitTick(dashboard, 5);

                JsonObject row =
                        get(dashboard, "/api/v1/twins").getJsonArray("twins").getJsonObject(0);
                assertThat(row.getString("id")).isEqualTo("qiki-1");
                assertThat(row.getString("state")).isEqualTo("ACTIVE");
                assertThat(row.getString("run_state")).isEqualTo("RUNNING");
                assertThat(row.getLong("age_ms")).isBetween(0L, 20_000L);
                JsonObject state = get(dashboard, ROW + "/state");
                assertThat(state.getInteger("version")).isEqualTo(2);
                assertThat(state.getJsonArray("history")).hasSize(2);
                assertThat(get(dashboard, ROW + "/telemetry").getInteger("tick")).isEqualTo(5);
                assertThat(get(dashboard, ROW + "/decisions").getJsonArray("decisions")).hasSize(1);
                assertThat(eventTicks(dashboard)).containsExactly(1L);
                core.status(true, true, RunState.RUNNING, TWIN);
                await().atMost(PATIENCE)
                        .until(() -> dashboard.probe().get("/health/ready").status() == 200);
            }
        }
    }

    @Test
    void shouldSayThatNothingIsKnownAndThatThereIsNoServer() throws Exception {
        NatsServer server = NatsServer.start(dir);
        server.kill();
        try (LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()))) {
            assertThat(get(dashboard, "/api/v1/twins").getJsonArray("twins")).isEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(health(dashboard, "nats"))
                                            .contains("Unable to connect"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(health(dashboard, "sim")).contains("no process"));
            assertThat(health(dashboard, "agent")).contains("no process");

            server.restart();

            awaitUp(dashboard);
            try (NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams()) {
                core.report(Reports.at(5), true, true);
                awaitTick(dashboard, 5);
                core.event(1, event(1));
                await().atMost(PATIENCE).until(() -> eventTicks(dashboard).size() == 1);
            }
        } finally {
            server.close();
        }
    }

    @Test
    void shouldTakeEachEventOnceHoweverOftenTheServerDies() throws Exception {
        List<Long> told = new ArrayList<>();
        try (NatsServer server = NatsServer.start(dir);
                LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()))) {
            for (int round = 0; round < 3; round++) {
                awaitUp(dashboard);
                try (NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams()) {
                    core.status(true, true, RunState.RUNNING, TWIN);
                    for (int i = 0; i < 20; i++) {
                        long tick = 100L * round + i;
                        core.event(tick + 1, event(tick));
                        told.add(tick);
                    }
                    core.state(state(1, round + 1));
                    core.report(Reports.at(100L * round + 50), true, true);
                    awaitTick(dashboard, 100L * round + 50);
                    int versions = round + 1;
                    if (round == 1) {
                        server.pause();
                        await().atMost(PATIENCE).until(() -> !health(dashboard, "nats").isEmpty());
                        server.resume();
                        awaitUp(dashboard);
                    }
                    await().atMost(PATIENCE)
                            .untilAsserted(
                                    () -> {
                                        assertThat(eventTicks(dashboard)).isEqualTo(told);
                                        assertThat(
                                                        get(dashboard, ROW + "/state")
                                                                .getJsonArray("history"))
                                                .hasSize(versions);
                                    });
                }
                server.kill();
                await().atMost(PATIENCE).until(() -> !health(dashboard, "nats").isEmpty());
                server.restart();
            }
        }
    }

    @Test
    void shouldGoOnWhereItWasWhenItIsDeployedAnew() throws Exception {
        try (NatsServer server = NatsServer.start(dir);
                NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams();
                LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()))) {
            awaitUp(dashboard);
            core.status(true, true, RunState.RUNNING, TWIN);
            core.event(1, event(1));
            core.state(state(1, 1));
            await().atMost(PATIENCE).until(() -> eventTicks(dashboard).size() == 1);

            dashboard.restart("mirror");

            core.event(2, event(2));
            await().atMost(PATIENCE).until(() -> dashboard.restarts("mirror") == 1);
            await().atMost(PATIENCE).until(() -> health(dashboard, "mirror").isEmpty());
            core.report(Reports.at(5), true, true);
            await().atMost(PATIENCE).until(() -> eventTicks(dashboard).size() == 2);
            assertThat(eventTicks(dashboard)).containsExactly(1L, 2L);
            assertThat(get(dashboard, ROW + "/state").getJsonArray("history")).hasSize(1);
            awaitUp(dashboard);
            core.report(Reports.at(6), true, true);
            awaitTick(dashboard, 6);
        }
    }

    @Test
    void shouldReadAStreamThatWasMadeAnew() throws Exception {
        try (NatsServer server = NatsServer.start(dir);
                NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams();
                LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()))) {
            awaitUp(dashboard);
            core.status(true, true, RunState.RUNNING, TWIN);
            for (int version = 1; version <= 9; version++) {
                core.state(state(1, version));
            }
            await().atMost(PATIENCE).until(() -> version(dashboard) == 9);

            core.deleteStream(Subjects.TWIN_STREAM);
            core.deleteStream(Subjects.EVENTS_STREAM);
            core.withStreams();
            core.state(state(1, 1));

            await().atMost(PATIENCE).until(() -> version(dashboard) == 1);
        }
    }

    @Test
    void shouldShowAVehicleWithoutAgentAsOne() throws Exception {
        try (NatsServer server = NatsServer.start(dir);
                NatsPeer sim = NatsPeer.connect(server, "sim-1").withStreams();
                NatsPeer agent = NatsPeer.connect(server, "agent-1");
                LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()))) {
            awaitUp(dashboard);
            sim.status(true, false, RunState.RUNNING, TWIN);
            agent.state(state(1, 2));
            sim.report(Reports.at(5), true, false);
            agent.report(Reports.at(5), false, true);
            await().atMost(PATIENCE).until(() -> version(dashboard) == 2);
            try (BridgeProbe browser =
                    BridgeProbe.connect(dashboard.vertx(), dashboard.topology().httpPort())) {
                browser.register("qiki.web.twin.qiki-1.state");
                assertThat(stateOf(browser).getInteger("version")).isEqualTo(2);
                String since = get(dashboard, ROW + "/state").getString("served_since");

                sim.report(unattended(6), true, false);

                JsonObject told = stateOf(browser);
                while (told.getInteger("version") != 0) {
                    told = stateOf(browser);
                }
                assertThat(told.getString("served_since")).isNotEqualTo(since);
            }
            JsonObject row = get(dashboard, ROW);
            assertThat(row.getInteger("epoch")).isZero();
            assertThat(row.getString("state")).isEqualTo("BOOTING");
            assertThat(get(dashboard, ROW + "/state").getInteger("epoch")).isZero();
        }
    }

    @Test
    void shouldPrintWhatItKnows() throws Exception {
        try (NatsServer server = NatsServer.start(dir);
                LiveProcess dashboard = LiveProcess.start(Plans.dashboard(server.url()));
                NatsPeer core = NatsPeer.connect(server, "qiki-1").withStreams()) {
            awaitUp(dashboard);
            core.state(state(1, 2));
            core.status(true, true, RunState.PAUSED, TWIN, new TwinId("qiki-2"));
            core.report(Reports.at(5), true, true);
            awaitTick(dashboard, 5);

            assertThat(get(dashboard.topology()))
                    .extracting(one -> one.twin().value())
                    .contains("qiki-1");
            assertThat(get(dashboard, "/api/v1/twins").getJsonArray("twins")).hasSize(2);
            assertThat(get(dashboard, ROW).getString("run_state")).isEqualTo("PAUSED");
        }
    }

    private static List<TwinStatus> get(Topology topology) throws Exception {
        return WebHarness.get(topology.twins());
    }

    private static JsonObject stateOf(BridgeProbe browser) {
        return browser.next("qiki.web.twin.qiki-1.state").getJsonObject("body");
    }

    private static TwinReport unattended(long tick) {
        TwinReport report = Reports.at(tick);
        return new TwinReport(
                report.observation(),
                new StoredState(TWIN, 0, 0, 0, report.state().snapshot()),
                report.decision(),
                report.bios(),
                List.of(),
                List.of(),
                report.outlook(),
                List.of());
    }

    private static StoredState state(long epoch, long version) {
        var cruising = Reports.cruising();
        return new StoredState(
                TWIN,
                epoch,
                version,
                version,
                new FsmSnapshot(
                        cruising.state(),
                        cruising.activity(),
                        cruising.reason(),
                        cruising.last(),
                        version));
    }

    private static TwinEvent event(long tick) {
        return new TwinEvent(
                "audit",
                TWIN,
                tick,
                5 * tick,
                TwinEvent.Severity.INFO,
                TruthState.OK,
                "TOLD",
                new TreeMap<>());
    }

    private static void awaitUp(LiveProcess dashboard) {
        await().atMost(PATIENCE).until(() -> health(dashboard, "nats").isEmpty());
    }

    private static void awaitTick(LiveProcess dashboard, long tick) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                dashboard.probe().get(ROW).status() == 200
                                        && get(dashboard, ROW).getLong("tick") == tick);
    }

    private static int version(LiveProcess dashboard) throws Exception {
        var answer = dashboard.probe().get(ROW + "/state");
        return answer.status() == 200 ? answer.json().getInteger("version") : -1;
    }

    private static List<Long> eventTicks(LiveProcess dashboard) throws Exception {
        return get(dashboard, "/api/v1/events?limit=1000").getJsonArray("events").stream()
                .map(one -> ((JsonObject) one).getLong("tick"))
                .toList();
    }

    /** Why a component is down; empty when it is up. */
    private static String health(LiveProcess dashboard, String component) throws Exception {
        JsonObject one =
                get(dashboard, "/health/ready")
                        .getJsonObject("components")
                        .getJsonObject(component);
        return one.getString("status").equals("UP") ? "" : one.getString("reason");
    }

    private static JsonObject get(LiveProcess dashboard, String path) throws Exception {
        return dashboard.probe().get(path).json();
    }
}
