package io.qiki.dtmp.testkit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of a server in a real browser, with the faults that it told. */
public final class DashboardPage implements AutoCloseable {
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

    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();

    private DashboardPage(Page page, int port) {
        this.page = page;
        String origin = "http://127.0.0.1:" + port;
        page.onConsoleMessage(
                message -> {
                    // what cannot be reached for a moment is an answer, not a fault of the page
                    boolean network =
                            message.location().contains("/health/ready")
                                    || message.text().startsWith("Failed to load resource")
                                    || message.text().contains("WebSocket connection");
                    if (message.type().equals("error") && !network) {
                        errors.add(message.text() + " " + message.location());
                    }
                });
        page.onPageError(errors::add);
        page.onRequest(
                request -> {
                    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) {
                        foreign.add(request.url());
                    }
                });
    }

    /** Starts a browser. */
    public static Browser launch(Playwright playwright) {
        return playwright
                .chromium()
                .launch(
                        new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(FLAGS));
    }

    /** What a browser is driven with; never downloads one. */
    public static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions()
                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /**
     * Opens the page. Its policy forbids eval, which scripts of a test need: it is lifted here, and
     * kept in {@code DashboardIT}.
     *
     * @param prelude script that runs before the page's own; empty: none
     */
    public static DashboardPage open(Browser browser, int port, int[] size, String prelude) {
        Page page =
                browser.newPage(
                        new Browser.NewPageOptions()
                                .setBypassCSP(true)
                                .setViewportSize(size[0], size[1]));
        DashboardPage opened = new DashboardPage(page, port);
        if (!prelude.isEmpty()) {
            page.addInitScript(prelude);
        }
        page.navigate("http://127.0.0.1:" + port + "/");
        return opened;
    }

    /** The page itself. */
    public Page page() {
        return page;
    }

    /** Errors of scripts and requests to other sites. */
    public List<String> faults() {
        List<String> all = new ArrayList<>(errors);
        all.addAll(foreign);
        return all;
    }

    /** Waits until it is connected and has read everything. */
    public void live() {
        assertThat(main()).hasAttribute("data-live", "true", attributeSlowly());
    }

    /** Waits until it says that it is not connected. */
    public void lost() {
        assertThat(main()).hasAttribute("data-live", "false", attributeSlowly());
    }

    /** Turns to a view. */
    public void view(String name) {
        page.locator("nav a[href='#" + name + "']").click();
        assertThat(main()).hasAttribute("data-view", name);
    }

    /** An element by its test id. */
    public Locator at(String testId) {
        return page.getByTestId(testId);
    }

    /** Everything on the view that shows a signal or is drawn from it. */
    public Locator boundTo(String signal) {
        return page.locator(
                String.format(
                        "[data-signal='%1$s'], [data-bound~='%1$s'], tr[data-row='%1$s']", signal));
    }

    /** Checks that every value on the view is the one of the telemetry, and its tick too. */
    public void shows(JsonObject telemetry) {
        assertThat(at("tick")).hasText(telemetry.getInteger("tick").toString(), textSlowly());
        List<Locator> shown = page.locator("[data-signal]").all();
        assertThat(shown).hasSizeGreaterThan(10);
        for (Locator value : shown) {
            String name = value.getAttribute("data-signal");
            JsonObject signal = telemetry.getJsonObject("signals").getJsonObject(name);
            assertThat(wrapped(Json.decodeValue(value.getAttribute("data-value"))))
                    .as(name)
                    .isEqualTo(wrapped(signal.getValue("value")));
        }
    }

    @Override
    public void close() {
        page.close();
    }

    /** Patience for a loaded machine. */
    public static LocatorAssertions.HasTextOptions textSlowly() {
        return new LocatorAssertions.HasTextOptions().setTimeout(SLOW_MACHINE_MS);
    }

    /** Patience for a loaded machine. */
    public static LocatorAssertions.ContainsTextOptions slowly() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(SLOW_MACHINE_MS);
    }

    private static LocatorAssertions.HasAttributeOptions attributeSlowly() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(SLOW_MACHINE_MS);
    }

    private Locator main() {
        return page.getByTestId("main");
    }

    /** Numbers of JSON objects are equal by their value: a browser writes 1 for 1.0. */
    private static JsonObject wrapped(Object value) {
        return new JsonObject().put("value", value);
    }
}
