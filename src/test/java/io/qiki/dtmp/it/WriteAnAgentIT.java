package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.CliProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/write-an-agent.md says, done word for word. */
@Timeout(90)
class WriteAnAgentIT {
    private static final Pattern CODE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("Save this as `src/main/java/(.*?)`");
    private static final Pattern ENGINES = Pattern.compile("--set '(agent\\.engines=.*?)'");

    @TempDir private Path folder;

    @Test
    void shouldFlyTheEngineOfThePage() throws Exception {
        // Given
        String page = Files.readString(Path.of("docs/write-an-agent.md"));
        Path source = folder.resolve(first(FILE, page));
        Files.createDirectories(source.getParent());
        Files.writeString(source, first(CODE, page));
        int compiled =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-Xlint:all,-path",
                                "-Werror",
                                "-cp",
                                "target/classes",
                                "-d",
                                folder.toString(),
                                source.toString());
        assertThat(compiled).isZero();

        // When
        try (CliProcess run =
                CliProcess.javaWith(
                        folder,
                        "run",
                        "--port",
                        "0",
                        "--grpc-port",
                        "0",
                        "--set",
                        "tick.speed=20",
                        "--set",
                        first(ENGINES, page))) {
            String line = run.await(text -> text.startsWith("dashboard "));
            String twin = line.substring("dashboard ".length()) + "api/v1/twins/qiki-1/";

            // Then
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> distance(twin) < 1);
            assertThat(get(twin + "decisions?limit=20").encode())
                    .contains("\"source\":\"keep-place\"")
                    .contains("ACCEPTED");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAnEngine() throws Exception {
        try (CliProcess run =
                CliProcess.java(
                        "run",
                        "--set",
                        "agent.engines=[\"no.such.Engine\",\"java.lang.String\"]")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors())
                    .contains("agent.engines")
                    .contains("no.such.Engine")
                    .contains("there is no such class")
                    .contains("java.lang.String")
                    .contains("it is none");
        }
    }

    /** From the place of the page, m. */
    private double distance(String twin) throws Exception {
        JsonArray at =
                get(twin + "telemetry")
                        .getJsonObject("signals")
                        .getJsonObject("nav.position_m")
                        .getJsonArray("value");
        if (at == null) {
            return Double.MAX_VALUE;
        }
        double y = at.getDouble(1) - 20;
        return Math.sqrt(
                at.getDouble(0) * at.getDouble(0) + y * y + at.getDouble(2) * at.getDouble(2));
    }

    private static JsonObject get(String uri) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
        return new JsonObject(
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }
}
