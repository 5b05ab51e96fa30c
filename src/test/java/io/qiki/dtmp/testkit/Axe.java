package io.qiki.dtmp.testkit;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Checks the accessibility of a page with axe-core. Its own reader of results wants Jackson
 * databind, whose presence would change how records become JSON; so the script is run directly.
 */
public final class Axe {
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    private Axe() {}

    /** The serious and critical findings, one line each: rule, help, and the elements. */
    public static List<String> serious(Page page) throws IOException {
        page.evaluate(script());
        Object answer = page.evaluate("async () => JSON.stringify((await axe.run()).violations)");
        List<String> findings = new ArrayList<>();
        for (Object each : new JsonArray(String.valueOf(answer))) {
            JsonObject violation = (JsonObject) each;
            if (SERIOUS.contains(violation.getString("impact"))) {
                findings.add(
                        violation.getString("id")
                                + ": "
                                + violation.getString("help")
                                + elements(violation.getJsonArray("nodes")));
            }
        }
        return findings;
    }

    private static String elements(JsonArray nodes) {
        StringBuilder text = new StringBuilder();
        for (Object node : nodes) {
            text.append("\n  ").append(((JsonObject) node).getString("html"));
            text.append("\n    ").append(((JsonObject) node).getString("failureSummary"));
        }
        return text.toString();
    }

    private static String script() throws IOException {
        try (InputStream source = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(
                    Objects.requireNonNull(source, "axe.min.js").readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
