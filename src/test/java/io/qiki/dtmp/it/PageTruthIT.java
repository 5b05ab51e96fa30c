package io.qiki.dtmp.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.testkit.CliProcess;
import io.qiki.dtmp.testkit.CuttableProxy;
import io.qiki.dtmp.testkit.DashboardPage;
import io.qiki.dtmp.testkit.Reports;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.testkit.WebProbe;
import io.qiki.dtmp.twin.TickClient;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page shows is true, whatever happens to the connection, the browser or the server. */
@Timeout(120)
class PageTruthIT {
    private static final String TWIN = "/api/v1/twins/qiki-1";
    private static final int[] LAPTOP = {1280, 800};
    private static final int STEPS = Reports.STEPS_PER_TICK;
    private static final int CUT_TICKS = 100;
    private static final int BURST = 2_000;
    private static final int TURN_MILLIS = 5;
    private static final int KEPT_EVENTS = 1_000;

    /** A date that can be set by the test, as if the clock of the browser were. */
    private static final String CLOCK =
            """
            window.clockOff = 0;
            const RealDate = Date;
            window.Date = class extends RealDate {
              constructor(...given) {
                super(...(given.length ? given : [RealDate.now() + window.clockOff]));
              }
              static now() { return RealDate.now() + window.clockOff; }
            };
            """;

    private static Playwright playwright;
    private static Browser browser;

    private final AtomicLong tick = new AtomicLong();
    private volatile double propellant = 12;
    private WebHarness server;
    private WebProbe probe;
    private CuttableProxy way;
    private DashboardPage dashboard;

    @BeforeAll
    static void openBrowser() {
        playwright = DashboardPage.playwright();
        browser = DashboardPage.launch(playwright);
    }

    @AfterAll
    static void closeBrowser() {
        playwright.close();
    }

    @BeforeEach
    void start() throws Exception {
        server = WebHarness.start();
        probe = new WebProbe(server.vertx(), server.port());
        way = new CuttableProxy(server.vertx(), server.port());
        server.commit(Reports.at(1));
    }

    @AfterEach
    void stop() throws Exception {
        if (dashboard != null) {
            dashboard.close();
        }
        way.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldShowEveryValueOfTheServerAfterACutOfTenSeconds(boolean silent) throws Exception {
        // Given: 10 updates a second, and propellant that changes once a minute
        open("");
        long updates = server.vertx().setPeriodic(100, id -> server.tick(next()));
        assertThat(dashboard.at("tick")).not().hasText("0");
        dashboard.live();

        // When: it changes, events happen and a state is committed while the page hears nothing
        way.cut(silent);
        long cut = tick.get();
        propellant = 11.5;
        event("while-away", 1);
        server.commit(Reports.at(tick.get()));
        dashboard.lost();
        assertThat(dashboard.at("banner")).containsText("No connection since");
        await().atMost(Duration.ofSeconds(30)).until(() -> tick.get() >= cut + CUT_TICKS);
        way.heal();

        // Then
        dashboard.live();
        server.vertx().cancelTimer(updates);
        JsonObject telemetry = settled();
        dashboard.shows(telemetry);
        assertThat(dashboard.boundTo("propellant_kg").first()).hasAttribute("data-value", "11.5");
        assertThat(dashboard.at("events")).containsText("while-away");
        long version = probe.get(TWIN + "/state").json().getLong("version");
        assertThat(dashboard.at("version")).hasText(Long.toString(version));
        assertThat(dashboard.faults()).isEmpty();
    }

    @Test
    void shouldRecoverWithoutReloadFromAServerThatWasKilled() throws Exception {
        try (CliProcess first = CliProcess.java("run", "--port", "0", "--grpc-port", "0")) {
            // Given
            URI address =
                    URI.create(first.await(line -> line.startsWith("dashboard ")).substring(10));
            first.await(line -> line.startsWith("ready "));
            dashboard = DashboardPage.open(browser, address.getPort(), LAPTOP, "");
            dashboard.live();
            assertThat(dashboard.at("agent-state")).containsText("ACTIVE", DashboardPage.slowly());
            dashboard.page().evaluate("() => { window.sameDocument = true; }");

            // When
            first.signal("KILL");

            // Then
            dashboard.lost();
            for (String shown : new String[] {".run", ".time", ".agent"}) {
                assertThat(dashboard.page().locator(".bar.lost " + shown))
                        .hasCSS("filter", "grayscale(1)");
            }

            // When: another one on the same port, paused for comparison
            String port = Integer.toString(address.getPort());
            try (CliProcess second = CliProcess.java("run", "--port", port, "--grpc-port", "0")) {
                second.await(line -> line.startsWith("ready "));
                dashboard.live();
                assertThat(dashboard.at("agent-state"))
                        .containsText("ACTIVE", DashboardPage.slowly());
                dashboard.page().locator("#play").click();
                assertThat(dashboard.at("run-state")).hasText("PAUSED");
                WebProbe asked = new WebProbe(server.vertx(), address.getPort());

                // Then
                dashboard.shows(asked.get(TWIN + "/telemetry").json());
                assertThat(dashboard.page().evaluate("() => window.sameDocument")).isEqualTo(true);
                assertThat(dashboard.faults()).isEmpty();
            }
        }
    }

    @Test
    void shouldShowTheNewestAfterItsThreadWasBlockedForFiveSeconds() throws Exception {
        // Given
        open("");
        long updates = server.vertx().setPeriodic(100, id -> server.tick(next()));
        assertThat(dashboard.at("tick")).not().hasText("0");

        // When
        dashboard
                .page()
                .evaluate(
                        "() => { const end = performance.now() + 5000;"
                                + " while (performance.now() < end) {} }");
        event("after-the-block", 1);
        server.vertx().cancelTimer(updates);

        // Then: without a new connection
        dashboard.shows(settled());
        dashboard.live();
        assertThat(dashboard.at("events")).containsText("after-the-block");
        assertThat(dashboard.page().evaluate(connections())).isEqualTo(1);
        assertThat(dashboard.faults()).isEmpty();
    }

    @Test
    void shouldMissNoFinalValueOfABurst() throws Exception {
        // Given
        open("");
        dashboard.live();

        // When: 2 000 ticks and 2 000 events within 100 ms, in turns of 5 ms
        CompletableFuture<Void> sent = new CompletableFuture<>();
        server.vertx()
                .setPeriodic(
                        TURN_MILLIS,
                        timer -> {
                            for (int i = 0; i < BURST * TURN_MILLIS / 100; i++) {
                                server.tick(next());
                                event("burst-" + tick.get(), tick.get());
                            }
                            if (tick.get() >= BURST) {
                                server.vertx().cancelTimer(timer);
                                sent.complete(null);
                            }
                        });
        sent.get(60, TimeUnit.SECONDS);

        // Then
        dashboard.shows(settled());
        dashboard.view("events");
        Locator rows = dashboard.at("event-table").locator("tbody tr");
        assertThat(rows.first()).containsText("burst-" + BURST, DashboardPage.slowly());
        assertThat(rows).hasCount(KEPT_EVENTS);
        assertThat(rows.last()).containsText("burst-" + (BURST - KEPT_EVENTS + 1));
        assertThat(dashboard.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flight", "systems"})
    void shouldMarkEverythingBoundToASignalThatStops(String view) {
        // Given: at its limit of 300 ms it is not stale yet
        open("");
        dashboard.view(view);
        show(reportWithNavAt(100, 97));
        Locator bound = dashboard.boundTo("nav.velocity_mps");
        Locator row = dashboard.page().locator("tr[data-sensor='nav']");
        assertThat(bound.first()).hasClass(Pattern.compile(".*fresh.*"));

        // When: beyond it
        show(reportWithNavAt(101, 97));

        // Then: all of it, and only that
        for (Locator each : bound.all()) {
            assertThat(each).hasClass(Pattern.compile(".*stale.*"), withinARefresh());
        }
        assertThat(row).hasClass(Pattern.compile(".*stale.*"), withinARefresh());
        for (Locator each : dashboard.boundTo("nav.position_m").all()) {
            assertThat(each).hasClass(Pattern.compile(".*stale.*"), withinARefresh());
        }
        assertThat(row).containsText("STALE");
        for (Locator each : dashboard.boundTo("propellant_kg").all()) {
            assertThat(each).hasClass(Pattern.compile(".*fresh.*"));
        }
    }

    @Test
    void shouldMarkEverythingWhenTelemetryStopsWhileTheSimulationRuns() throws Exception {
        // Given
        open("");
        show(next());
        assertThat(dashboard.boundTo("propellant_kg").first())
                .hasClass(Pattern.compile(".*fresh.*"));

        // When: it is said to run, and nothing comes
        WebHarness.get(new TickClient(server.vertx()).control(new ControlCommand.Start()));
        assertThat(dashboard.at("run-state")).hasText("RUNNING");

        // Then: within its own limit of 3 s, of the server's clock and not the browser's
        for (Locator each : dashboard.boundTo("nav.position_m").all()) {
            assertThat(each).hasClass(Pattern.compile(".*stale.*"), within(3_000));
        }
        for (Locator each : dashboard.boundTo("propellant_kg").all()) {
            assertThat(each).hasClass(Pattern.compile(".*stale.*"), within(6_000));
        }
        assertThat(dashboard.at("banner")).containsText("no tick has come");
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000, -5_000})
    void shouldNotCareForTheClockOfTheBrowser(int off) {
        // Given: one signal fresh, one stale
        open(CLOCK);
        show(reportWithNavAt(100, 96));
        assertThat(dashboard.boundTo("nav.velocity_mps").first())
                .hasClass(Pattern.compile(".*stale.*"));
        long before = date();

        // When
        dashboard.page().evaluate("off => { window.clockOff = off; }", off);
        assertThat(Math.abs(date() - before - off)).isLessThan(4_000);

        // Then: nothing is staler or fresher, neither at once nor at the next tick
        show(reportWithNavAt(101, 96));
        assertThat(dashboard.boundTo("nav.velocity_mps").first())
                .hasClass(Pattern.compile(".*stale.*"));
        assertThat(dashboard.boundTo("propellant_kg").first())
                .hasClass(Pattern.compile(".*fresh.*"));
        show(reportWithNavAt(102, 101));
        assertThat(dashboard.boundTo("nav.velocity_mps").first())
                .hasClass(Pattern.compile(".*fresh.*"));
        dashboard.live();
    }

    private void open(String prelude) {
        dashboard = DashboardPage.open(browser, way.port(), LAPTOP, prelude);
        dashboard.live();
    }

    private TwinReport next() {
        long now = tick.incrementAndGet();
        return reportWithNavAt(now, now);
    }

    /** A tick at which navigation was last heard at another one. */
    private TwinReport reportWithNavAt(long now, long heard) {
        double x = heard % 100;
        return Reports.at(
                now,
                SensorReading.ok(
                        SensorId.NAV,
                        heard,
                        heard * STEPS,
                        new Measurement.Navigation(new Vec3(x, 1, 2), new Vec3(0, x / 100, 0))),
                SensorReading.ok(
                        SensorId.STAR_TRACKER,
                        now,
                        now * STEPS,
                        new Measurement.Attitude(Quaternion.IDENTITY)),
                SensorReading.ok(
                        SensorId.PROPELLANT_GAUGE,
                        now,
                        now * STEPS,
                        new Measurement.Propellant(propellant)));
    }

    private void show(TwinReport report) {
        server.tick(report);
        assertThat(dashboard.at("tick"))
                .hasText(Long.toString(report.observation().tick()), DashboardPage.textSlowly());
    }

    private void event(String reason, long at) {
        server.event(
                new TwinEvent(
                        "test",
                        Reports.TWIN,
                        at,
                        at * STEPS,
                        TwinEvent.Severity.INFO,
                        TruthState.OK,
                        reason,
                        new TreeMap<>()));
    }

    /** The telemetry of the server at the last tick that was made. */
    private JsonObject settled() {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> probe.get(TWIN + "/telemetry").json(),
                        telemetry -> telemetry.getLong("tick") == tick.get());
    }

    private long date() {
        return ((Number) dashboard.page().evaluate("() => Date.now()")).longValue();
    }

    /** How often a connection for live data was opened. */
    private static String connections() {
        return "() => performance.getEntriesByType('resource')"
                + ".filter(entry => entry.name.includes('/eventbus/info')).length";
    }

    private static LocatorAssertions.HasClassOptions withinARefresh() {
        return within(1_000);
    }

    private static LocatorAssertions.HasClassOptions within(double millis) {
        return new LocatorAssertions.HasClassOptions().setTimeout(millis);
    }
}
