package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.RunConfigReader;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.Examples;
import io.qiki.dtmp.testkit.NatsProbe;
import io.qiki.dtmp.testkit.Page;
import io.qiki.dtmp.testkit.Terminal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/nats.md says, done word for word, and what other pages say of NATS. */
@Timeout(180)
class NatsPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ONE = "One process";
    private static final String THREE = "Three processes";
    private static final String FIGURES = "What to look at";
    private static final String LOGIN = "Who may log in";
    private static final String HEALTH = "curl -s http://127.0.0.1:8080/health/ready";
    private static final String TWINS = "curl -s http://127.0.0.1:8080/api/v1/twins";

    private static final Pattern SECRET = Pattern.compile("\"secrets/(.*?)\"");

    @TempDir private Path dir;

    @Test
    void shouldDoWhatThePageSaysOfOneProcess() throws Exception {
        Page page = page("docs/nats.md");
        Examples.installNode();
        try (Terminal terminal = new Terminal(dir)) {
            StringBuilder said = new StringBuilder();
            for (String command : page.commands(ONE)) {
                if (command.startsWith("curl")) {
                    awaitSaying(terminal, HEALTH, "{\"status\":\"UP\"");
                }
                said.append(terminal.run(command)).append('\n');
            }

            assertThat(said).contains("\"nats\":{\"status\":\"UP\"");
            assertThat(said.toString().lines().map(NatsPageIT::withoutFigures))
                    .containsAll(
                            page.texts(ONE, "text")
                                    .get(0)
                                    .lines()
                                    .map(NatsPageIT::withoutFigures)
                                    .toList());
        }
    }

    /** Where it was and when is another thing each time. */
    private static String withoutFigures(String line) {
        return line.startsWith("telemetry") || line.startsWith("state")
                ? line.replaceAll("-?\\d+(\\.\\d+)?", "0")
                : line;
    }

    @Test
    void shouldDoWhatThePagesSayOfThreeProcesses() throws Exception {
        Page page = page("docs/nats.md");
        try (Terminal terminal = new Terminal(dir)) {
            terminal.run(page.commands(ONE).get(0));
            List<String> said = new ArrayList<>();
            for (String command : page.commands(THREE)) {
                if (said.isEmpty() && command.startsWith("curl")) {
                    awaitSaying(terminal, HEALTH, "{\"status\":\"UP\"");
                    awaitSaying(terminal, TWINS, "\"state\":\"ACTIVE\"");
                }
                String printed = terminal.run(command);
                if (!printed.isEmpty()) {
                    said.add(printed);
                }
            }

            assertThat(said).hasSize(5);
            assertThat(said.get(0)).contains("\"id\":\"qiki-1\"");
            assertThat(said.get(1)).contains("\"history\":[{");
            assertThat(said.get(2)).startsWith("{\"status\":\"");
            assertThat(said.get(3)).contains("\"speed\":0.5");
            assertThat(said.get(4)).contains("\"command_id\":\"");
            assertAnswers(page.texts(THREE, "json"), terminal.here("nats://127.0.0.1:4222"));
            assertThat(terminal.run(page.commands(FIGURES).get(0)))
                    .contains("qiki_nats_connected 1.0")
                    .contains("qiki_nats_dropped_total{kind=\"state\"} 0.0");
            for (String command : withoutDocker()) {
                assertThat(terminal.run(command)).contains("\"state\":\"");
            }
        }
    }

    private static void awaitSaying(Terminal terminal, String command, String words) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> terminal.run(command).contains(words));
    }

    /** Requests with their answers, which tell the time besides. */
    private static void assertAnswers(List<String> pairs, String url) throws Exception {
        assertThat(pairs).hasSize(4);
        try (NatsProbe probe = new NatsProbe(url)) {
            for (int i = 0; i < pairs.size(); i += 2) {
                JsonObject answer = probe.ask(Subjects.CONTROL, pairs.get(i));
                JsonObject written = new JsonObject(pairs.get(i + 1));
                written.put("timestamp", answer.getString("timestamp"));
                assertThat(answer).isEqualTo(written);
            }
        }
    }

    /** Of the page of containers, what needs neither them nor a build. */
    private static List<String> withoutDocker() throws Exception {
        return page("docs/containers.md").commands().stream()
                .filter(one -> !one.startsWith("docker") && !one.startsWith("./qiki"))
                .toList();
    }

    @Test
    void shouldTakeTheConfigurationsOfThePageOnceTheirFilesAreThere() throws Exception {
        RunConfigReader reader = new RunConfigReader(Path.of("").toAbsolutePath());
        Path file = dir.resolve("config.json");
        List<String> configurations = page("docs/nats.md").texts(LOGIN, "json");
        assertThat(configurations).hasSize(4);
        for (String one : configurations) {
            Files.writeString(file, one);
            assertThatThrownBy(() -> reader.read(file, List.of())).hasMessageContaining("fault");

            Matcher secret = SECRET.matcher(one);
            while (secret.find()) {
                Files.createFile(dir.resolve(secret.group(1)));
            }
            Files.writeString(file, one.replace("secrets/", dir + "/"));

            assertThat(reader.read(file, List.of()).nats().present()).isTrue();
        }
    }

    @Test
    void shouldShowNoCommandThatIsNotDone() throws Exception {
        Page page = page("docs/nats.md");
        List<String> done =
                Stream.of(ONE, THREE, FIGURES)
                        .flatMap(section -> page.commands(section).stream())
                        .toList();

        assertThat(page.commands()).isEqualTo(done);
        assertThat(page("README.md").commands("With NATS")).isNotEmpty().isSubsetOf(done);
        assertThat(page("docs/containers.md").commands())
                .filteredOn(one -> one.startsWith("./qiki"))
                .containsExactly("./qiki build", "./qiki test --docker");
    }

    private static Page page(String file) throws Exception {
        return Page.read(Path.of(file));
    }
}
