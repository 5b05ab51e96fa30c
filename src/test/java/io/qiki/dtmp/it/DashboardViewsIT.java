package io.qiki.dtmp.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import io.qiki.dtmp.testkit.Axe;
import io.qiki.dtmp.testkit.DashboardPage;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The systems, brain and event views as an operator uses them, on a whole process. */
@Timeout(120)
class DashboardViewsIT {
    private static final String TWIN = "/api/v1/twins/qiki-1";
    private static final int[] LAPTOP = {1280, 800};

    private static Playwright playwright;
    private static Browser browser;

    private LiveProcess process;
    private DashboardPage dashboard;
    private Page page;

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
        process = LiveProcess.start(Plans.demo(1));
        dashboard = DashboardPage.open(browser, process.topology().httpPort(), LAPTOP, "");
        page = dashboard.page();
        dashboard.live();
        assertThat(dashboard.at("agent-state")).containsText("ACTIVE", DashboardPage.slowly());
    }

    @AfterEach
    void stop() throws Exception {
        dashboard.close();
        process.close();
    }

    @ParameterizedTest
    @CsvSource({"f, flight", "s, systems", "b, brain", "e, events"})
    void shouldTurnToAViewByKeyboardWithRunStateAndAgentInSight(String key, String view) {
        page.keyboard().press("g");
        page.keyboard().press(key);

        assertThat(dashboard.at("main")).hasAttribute("data-view", view);
        assertThat(page.locator("nav a[aria-current='page']")).hasAttribute("href", "#" + view);
        assertThat(dashboard.at("run-state")).hasText("RUNNING");
        assertThat(dashboard.at("speed")).hasText("1×");
        assertThat(dashboard.at("agent-state")).containsText("ACTIVE");
        assertThat(dashboard.at("utc")).isVisible();
        assertThat(dashboard.faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flight", "systems", "brain", "events"})
    void shouldHaveNoSeriousFindingOfTheAccessibilityCheck(String view) throws Exception {
        dashboard.view(view);

        assertThat(Axe.serious(page)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "flight, 1280, 800", "systems, 1280, 800", "brain, 1280, 800", "events, 1280, 800",
        "flight, 1920, 1080", "systems, 1920, 1080", "brain, 1920, 1080", "events, 1920, 1080"
    })
    void shouldFitTheScreenAndStandStill(String view, int width, int height) {
        // Given
        page.setViewportSize(width, height);
        dashboard.view(view);
        List<BoundingBox> before = boxes();

        // When
        page.locator("#play").click();
        assertThat(dashboard.at("run-state")).hasText("PAUSED");

        // Then
        List<BoundingBox> after = boxes();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).y).isEqualTo(before.get(i).y);
            assertThat(after.get(i).x).isEqualTo(before.get(i).x);
            assertThat(after.get(i).x + after.get(i).width).isLessThanOrEqualTo(width);
            assertThat(after.get(i).y + after.get(i).height).isLessThanOrEqualTo(height);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"systems", "brain", "events"})
    void shouldBeUsableOnAPhone(String view) {
        page.setViewportSize(390, 844);
        dashboard.view(view);

        for (BoundingBox box : boxes()) {
            assertThat(box.x).isNotNegative();
            assertThat(box.x + box.width).isLessThanOrEqualTo(390);
        }
        page.locator("#play").click();
        assertThat(dashboard.at("run-state")).hasText("PAUSED");
    }

    @Test
    void shouldKeepEverythingInItsPlaceWhenAFaultBringsSafeMode() {
        // Given
        List<String> texts = page.locator(".bar, .panel").allInnerTexts();
        List<BoundingBox> before = boxes();

        // When
        page.getByLabel("unplug imu_main").click();
        assertThat(dashboard.at("agent-state")).containsText("SAFE", DashboardPage.slowly());
        assertThat(dashboard.at("banner")).containsText("Forced by a fault: imu_main");

        // Then
        List<BoundingBox> after = boxes();
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).y)
                    .as("top of the place that showed at first: " + texts.get(i))
                    .isEqualTo(before.get(i).y);
            assertThat(after.get(i).x).isEqualTo(before.get(i).x);
        }
    }

    @Test
    void shouldShowSystemsAsTheInterfaceDoes() throws Exception {
        // Given
        dashboard.view("systems");

        // When
        page.locator("#play").click();
        assertThat(dashboard.at("run-state")).hasText("PAUSED");
        JsonObject telemetry = process.probe().get(TWIN + "/telemetry").json();

        // Then: every value, with unit, age against its limit, truth and limits
        dashboard.shows(telemetry);
        JsonObject battery = telemetry.getJsonObject("signals").getJsonObject("thermal.battery_k");
        Locator row = page.locator("tr[data-row='thermal.battery_k']");
        assertThat(row.locator(".val")).containsText("K");
        assertThat(row.locator(".age")).containsText("/ 3.00 s");
        assertThat(row.locator(".truth")).containsText("OK");
        assertThat(row.locator(".limits")).containsText("268 · 275 … 333 · 343");
        assertThat(battery.getString("level")).isEqualTo("NORMAL");
        assertThat(page.locator("tr[data-sensor]"))
                .hasCount(telemetry.getJsonArray("sensors").size());
        assertThat(page.locator("tr[data-device]"))
                .hasCount(telemetry.getJsonObject("bios").getJsonArray("devices").size());
        assertThat(dashboard.faults()).isEmpty();
    }

    @Test
    void shouldShowTheLimitsOfATemperatureBesideIt() throws Exception {
        JsonObject limits =
                process.probe()
                        .get(TWIN + "/telemetry")
                        .json()
                        .getJsonObject("signals")
                        .getJsonObject("thermal.battery_k")
                        .getJsonObject("limits");

        assertThat(limits.getDouble("low_critical")).isEqualTo(268.15);
        assertThat(limits.getDouble("high_warning")).isEqualTo(333.15);
        Locator row =
                page.locator("qiki-systems .kv")
                        .filter(
                                new Locator.FilterOptions()
                                        .setHas(page.locator("[data-signal='thermal.battery_k']")));
        assertThat(row.locator(".lim")).hasText("275–333");
        assertThat(row.locator(".lim"))
                .hasAttribute(
                        "title",
                        "trips at 268.15 K, warns at 275.15 K, warns at 333.15 K, trips at 343.15"
                                + " K");
    }

    @Test
    void shouldSayInTheBrainViewWhatSafeModeWaitsForAndEveryVerdict() {
        // Given
        dashboard.view("systems");
        page.getByLabel("unplug imu_main").click();

        // When
        dashboard.view("brain");

        // Then: why, and what the exit rule still waits for
        assertThat(dashboard.at("safe-mode"))
                .containsText("SENSORS_UNAVAILABLE", DashboardPage.slowly());
        assertThat(dashboard.at("exit-waits")).containsText("imu_main NO_DATA");
        assertThat(dashboard.at("exit-ticks")).hasText("0 of 20");
        assertThat(dashboard.at("agent-state")).containsText("SAFE MODE △ SENSORS_UNAVAILABLE");

        // And: the decisions of it, with verdict and reason
        Locator runs = dashboard.at("decision-history").locator("li");
        assertThat(runs.first()).containsText("SAFE MODE", DashboardPage.slowly());
        runs.first().locator("button").click();
        assertThat(runs.first().locator(".proposals li").first()).containsText("ACCEPTED");
        assertThat(dashboard.at("transitions").locator("li").first())
                .containsText("SENSORS_UNAVAILABLE");

        // When
        dashboard.view("systems");
        page.getByLabel("plug imu_main in").click();
        dashboard.view("brain");

        // Then: it counts up and is left; the story stays
        assertThat(dashboard.at("agent-state")).containsText("ACTIVE", DashboardPage.slowly());
        assertThat(dashboard.at("safe-mode")).containsText("Last entered at");
        assertThat(dashboard.at("safe-mode")).containsText("SAFE_MODE_EXIT_CONFIRMED");
        assertThat(dashboard.faults()).isEmpty();
    }

    @Test
    void shouldPlugASensorInWhateverFaultsItHas() throws Exception {
        // Given two faults on one sensor, and one on another that is still to come
        for (int i = 0; i < 2; i++) {
            fault("sensor_solar", 0);
        }
        fault("sensor_star_tracker", 1_000_000_000);

        // When the page is opened anew
        page.reload();
        dashboard.live();
        page.getByLabel("plug sensor_solar in").waitFor();
        assertThat(page.getByLabel("unplug sensor_star_tracker")).isVisible();
        page.getByLabel("plug sensor_solar in").click();

        // Then one click is enough
        page.getByLabel("unplug sensor_solar").waitFor();
        JsonObject held = process.probe().get(TWIN + "/faults").json();
        assertThat(held.getJsonArray("faults").size()).isEqualTo(1);
        assertThat(dashboard.faults()).isEmpty();
    }

    private void fault(String sensor, long fromTick) throws Exception {
        process.probe()
                .post(
                        TWIN + "/faults",
                        new JsonObject()
                                .put("type", "sensor.off")
                                .put("target", sensor)
                                .put("from_tick", fromTick));
    }

    @Test
    void shouldFilterEventsHoldThemAndShowWhatOneSays() throws Exception {
        // Given
        dashboard.view("events");
        Locator rows = dashboard.at("event-table").locator("tbody tr");
        assertThat(rows.filter(having("BOOT_COMPLETE"))).hasCount(1);
        process.probe()
                .post(
                        TWIN + "/faults",
                        new JsonObject().put("type", "sensor.off").put("target", "nav"));
        assertThat(rows.filter(having("phase entered"))).hasCount(1, slowly());
        assertThat(page.locator("tr.CRITICAL")).hasCount(1);

        // Then: the newest first
        List<Integer> ids = new ArrayList<>();
        page.locator("#play").click();
        assertThat(dashboard.at("run-state")).hasText("PAUSED");
        rows.all().forEach(row -> ids.add(Integer.valueOf(row.getAttribute("data-event"))));
        assertThat(ids).isSortedAccordingTo((a, b) -> b - a);

        // When: only what is critical
        page.locator("button.toggle.INFO").click();
        page.locator("button.toggle.WARNING").click();
        assertThat(rows).hasCount(1);
        page.locator("button.toggle.INFO").click();

        // When: only transitions
        page.locator("button[data-type='fsm.transition']").click();
        assertThat(rows.filter(having("fsm.transition"))).hasCount(rows.count());
        page.locator("button[data-type='fsm.transition']").click();

        // When: a word, by the keyboard
        page.keyboard().press("/");
        page.keyboard().type("boot_complete");
        assertThat(rows).hasCount(1);

        // Then: what it says
        rows.first().locator("button").click();
        assertThat(dashboard.at("event-detail")).containsText("BOOTING");
        assertThat(dashboard.at("event-detail")).containsText("fsm.transition");

        // When: held, nothing moves and the newer ones are counted
        page.locator("#event-search").fill("");
        page.locator("qiki-events-view button.small").click();
        int held = rows.count();
        process.probe()
                .post(
                        "/api/v1/sim/control",
                        control("sim.speed", new JsonObject().put("factor", 2)));
        assertThat(dashboard.at("event-count")).containsText("newer wait");
        assertThat(dashboard.at("event-count"))
                .not()
                .containsText("; 0 newer", DashboardPage.slowly());
        assertThat(rows).hasCount(held);

        // And: every twin
        page.locator("qiki-events-view button.small").click();
        dashboard.at("event-twin").selectOption("");
        assertThat(rows.filter(having("BOOT_COMPLETE"))).hasCount(1, slowly());
        assertThat(dashboard.faults()).isEmpty();
    }

    private static JsonObject control(String name, JsonObject parameters) {
        return new JsonObject().put("command_name", name).put("parameters", parameters);
    }

    private static Locator.FilterOptions having(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static LocatorAssertions.HasCountOptions slowly() {
        return new LocatorAssertions.HasCountOptions().setTimeout(20_000);
    }

    private List<BoundingBox> boxes() {
        return page.locator(".bar, .panel").all().stream().map(Locator::boundingBox).toList();
    }
}
