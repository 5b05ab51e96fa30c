package io.qiki.dtmp.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.launcher.RunConfigReader;
import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page in a real browser, on a whole process. Locators only: the page's policy forbids eval.
 */
@Timeout(120)
class DashboardIT {
    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage");
    private static final double SLOW_MACHINE_MS = 30_000;
    private static final String TWIN = "/api/v1/twins/qiki-1";

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> errors = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private LiveProcess process;
    private Page page;
    private String origin;

    @BeforeAll
    static void openBrowser() {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(FLAGS));
    }

    @AfterAll
    static void closeBrowser() {
        playwright.close();
    }

    @BeforeEach
    void start() throws Exception {
        process = LiveProcess.start(Plans.demo(1));
        origin = "http://127.0.0.1:" + process.topology().httpPort();
        open(1280, 720);
    }

    @AfterEach
    void stop() throws Exception {
        page.close();
        process.close();
    }

    @Test
    void shouldBeAliveOnTheFirstScreenWithoutErrorOrForeignRequest() {
        // Given
        live();
        String tick = text("tick");
        String position = signal("nav.position_m").getAttribute("data-value");
        String age = sensor("power_gauge").getByTestId("age").innerText();

        // Then
        assertThat(page.getByTestId("tick")).not().hasText(tick);
        assertThat(signal("nav.position_m")).not().hasAttribute("data-value", position);
        assertThat(sensor("power_gauge").getByTestId("age")).not().hasText(age);
        assertThat(page.getByTestId("state")).containsText("ACTIVE", slowly());
        assertThat(page.locator("g.node.ACTIVE")).hasAttribute("aria-current", "true");
        assertThat(page.getByTestId("connection")).containsText("connected since");
        assertThat(errors).isEmpty();
        assertThat(foreign).isEmpty();
    }

    @Test
    void shouldShowTheNumbersOfTheInterfaceWhenPaused() throws Exception {
        // Given
        live();
        assertThat(page.getByTestId("state")).containsText("ACTIVE", slowly());

        // When
        page.locator("#play").click();
        assertThat(page.getByTestId("run-state")).hasText("PAUSED");
        JsonObject telemetry = process.probe().get(TWIN + "/telemetry").json();

        // Then
        assertThat(page.getByTestId("tick")).hasText(telemetry.getInteger("tick").toString());
        List<Locator> shown = page.locator("[data-signal]").all();
        assertThat(shown).hasSizeGreaterThan(15);
        for (Locator value : shown) {
            JsonObject signal =
                    telemetry
                            .getJsonObject("signals")
                            .getJsonObject(value.getAttribute("data-signal"));
            assertThat(wrapped(Json.decodeValue(value.getAttribute("data-value"))))
                    .as(value.getAttribute("data-signal"))
                    .isEqualTo(wrapped(signal.getValue("value")));
            assertThat(value).hasAttribute("data-age", signal.getLong("age_ms").toString());
        }
        double soc =
                telemetry.getJsonObject("signals").getJsonObject("power.soc").getDouble("value");
        assertThat(signal("power.soc")).containsText(String.format("%.2f", soc));
    }

    @Test
    void shouldPauseStepStartAndChangeSpeed() {
        // Given
        live();

        // When: paused by the keyboard
        page.keyboard().press(" ");
        assertThat(page.getByTestId("run-state")).hasText("PAUSED");
        settled();
        long tick = Long.parseLong(text("tick"));

        // Then: a step is one tick
        page.locator("#step").click();
        assertThat(page.getByTestId("tick")).hasText(Long.toString(tick + 1));

        // And: speed and run state are the server's
        page.locator("#speed").selectOption("5");
        assertThat(page.getByTestId("speed")).hasText("5×");
        page.locator("#play").click();
        assertThat(page.getByTestId("run-state")).hasText("RUNNING");
        assertThat(page.getByTestId("tick")).not().hasText(Long.toString(tick + 1));
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldShowASensorThatIsOffAndTheSafeModeItBringsAndTheWayBack() throws Exception {
        // Given
        live();
        assertThat(page.getByTestId("state")).containsText("ACTIVE", slowly());
        assertThat(sensor("imu_main")).hasAttribute("data-truth", "OK");

        // When: the sensor is switched off by somebody else
        process.probe()
                .post(
                        TWIN + "/faults",
                        new JsonObject().put("type", "sensor.off").put("target", "imu_main"));

        // Then: within 2 s of its freshness limit the row says no data, why, and that it is forced
        assertThat(sensor("imu_main"))
                .hasAttribute(
                        "data-truth",
                        "NO_DATA",
                        new LocatorAssertions.HasAttributeOptions().setTimeout(2_000 + fresh()));
        assertThat(sensor("imu_main")).containsText("sensor-off");
        assertThat(sensor("imu_main").locator(".mark.forced")).isVisible();
        assertThat(page.getByTestId("banner")).containsText("imu_main");
        assertThat(page.getByTestId("state")).hasText("SAFE_MODE", textSlowly());
        assertThat(page.getByTestId("safe-reason")).containsText("SENSORS_UNAVAILABLE");

        // When: it is plugged in again on the page
        page.getByLabel("plug imu_main in").click();

        // Then
        assertThat(sensor("imu_main")).hasAttribute("data-truth", "OK");
        assertThat(page.getByTestId("state")).containsText("ACTIVE", slowly());
        assertThat(page.getByTestId("events")).containsText("SAFE_MODE_EXIT_CONFIRMED");
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldGreyEverythingWhileTheServerIsAwayAndComeBackWithoutReload() throws Exception {
        // Given
        live();
        int port = process.topology().httpPort();

        // When
        WebHarness.get(process.topology().close());

        // Then
        assertThat(page.getByTestId("main")).hasAttribute("data-live", "false");
        assertThat(page.getByTestId("banner")).containsText("No connection since");
        assertThat(page.locator("#play")).isDisabled();

        // When
        Topology again = WebHarness.get(Topology.start(Plans.demo(1, new Shards(1), port)));

        // Then
        live();
        String tick = text("tick");
        assertThat(page.getByTestId("tick")).not().hasText(tick);
        assertThat(page.locator("#play")).isEnabled();
        WebHarness.get(again.close());
    }

    @Test
    void shouldBeUsableOnAPhone() {
        page.setViewportSize(390, 844);
        live();

        for (Locator panel : page.locator(".bar, .panel").all()) {
            BoundingBox box = panel.boundingBox();
            assertThat(box.x).isNotNegative();
            assertThat(box.x + box.width).isLessThanOrEqualTo(390);
        }
        page.locator("#play").click();
        assertThat(page.getByTestId("run-state")).hasText("PAUSED");
    }

    @Test
    void shouldFitTheMainViewWithoutScrolling() {
        live();

        for (Locator panel : page.locator(".panel").all()) {
            BoundingBox box = panel.boundingBox();
            assertThat(box.y + box.height).isLessThanOrEqualTo(720);
            assertThat(box.x + box.width).isLessThanOrEqualTo(1280);
        }
    }

    @Test
    void shouldTellTheDateOfTheSimulationAsTheServerDoes() throws Exception {
        live();

        page.locator("#play").click();
        assertThat(page.getByTestId("run-state")).hasText("PAUSED");
        JsonObject telemetry = process.probe().get(TWIN + "/telemetry").json();

        Instant shown = Instant.parse(telemetry.getString("sim_time_utc"));
        long millis = Math.round(1000 * telemetry.getDouble("sim_time_s"));
        assertThat(shown).isEqualTo(RunConfigReader.DEFAULT_EPOCH.plusMillis(millis));
        assertThat(page.getByTestId("utc")).hasAttribute("datetime", shown.toString());
        assertThat(page.getByTestId("utc")).containsText("2030-01-01 00:0");
    }

    @Test
    void shouldDrawWhereTheMissionFliesAndCoverNoLabel() {
        live();
        assertThat(page.getByTestId("state")).containsText("MANOEUVRE", slowly());
        assertThat(page.getByTestId("goal")).hasAttribute("data-label", "lookout");
        assertThat(page.getByTestId("goal")).containsText("m · MANOEUVRE");
        Locator station = page.locator("g.track.STATION");
        assertThat(station).containsText("ALLY-STATION-1", slowly());

        BoundingBox ball = page.locator(".attitude svg").boundingBox();
        for (Locator label : page.locator("g.track text, g.goal text").all()) {
            BoundingBox box = label.boundingBox();
            boolean beside = box.x + box.width <= ball.x || box.y >= ball.y + ball.height;
            assertThat(beside).as(label.textContent()).isTrue();
        }
    }

    @Test
    void shouldRefuseAnotherSite() throws Exception {
        int status =
                process.probe()
                        .ask(
                                HttpMethod.POST,
                                "/api/v1/sim/control",
                                Map.of(
                                        "Origin",
                                        "http://elsewhere.example",
                                        "Content-Type",
                                        "application/json"),
                                "{\"command_name\":\"sim.pause\",\"parameters\":{}}")
                        .status();

        assertThat(status).isEqualTo(403);
        live();
        assertThat(page.getByTestId("run-state")).hasText("RUNNING");
    }

    private void open(int width, int height) {
        open(browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height)));
    }

    private void open(Page opened) {
        page = opened;
        page.onConsoleMessage(
                message -> {
                    // a component that is down for a moment is an answer, not a fault of the page
                    boolean health = message.location().contains("/health/ready");
                    if (message.type().equals("error") && !health) {
                        errors.add(message.text() + " " + message.location());
                    }
                });
        page.onPageError(errors::add);
        page.onRequest(
                request -> {
                    String url = request.url();
                    if (!url.startsWith(origin) && !url.startsWith("data:")) {
                        foreign.add(url);
                    }
                });
        page.navigate(origin + "/");
    }

    private void live() {
        assertThat(page.getByTestId("main"))
                .hasAttribute(
                        "data-live",
                        "true",
                        new LocatorAssertions.HasAttributeOptions().setTimeout(SLOW_MACHINE_MS));
        assertThat(page.getByTestId("tick")).not().hasText("0");
    }

    /** Waits until the page shows the tick at which the server stands. */
    private void settled() {
        try {
            WebProbe.Answer answer = process.probe().get(TWIN + "/telemetry");
            assertThat(page.getByTestId("tick"))
                    .hasText(answer.json().getInteger("tick").toString());
        } catch (Exception e) {
            throw new IllegalStateException("the server does not answer", e);
        }
    }

    private double fresh() throws Exception {
        return process.probe()
                .get(TWIN + "/telemetry")
                .json()
                .getJsonObject("signals")
                .getJsonObject("rates.body_radps")
                .getDouble("stale_after_ms");
    }

    private Locator signal(String name) {
        return page.locator("qiki-flight, qiki-systems").locator("[data-signal='" + name + "']");
    }

    private Locator sensor(String id) {
        return page.locator("tr[data-sensor='" + id + "']");
    }

    private String text(String testId) {
        return page.getByTestId(testId).innerText();
    }

    /** Numbers of JSON objects are equal by their value: a browser writes 1 for 1.0. */
    private static JsonObject wrapped(Object value) {
        return new JsonObject().put("value", value);
    }

    private static LocatorAssertions.ContainsTextOptions slowly() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SLOW_MACHINE_MS);
    }

    private static LocatorAssertions.HasTextOptions textSlowly() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SLOW_MACHINE_MS);
    }
}
