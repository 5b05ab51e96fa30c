package io.qiki.dtmp.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the container files promise, read from them; ./qiki test --docker proves it. */
@Timeout(30)
class ContainersTest {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Pattern MERGED = Pattern.compile("<<: \\*(\\w+)");
    private static final Pattern PORT = Pattern.compile("\"([^\"]*:8080)\"");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restart: unless-stopped",
                "read_only: true",
                "cap_drop: [ALL]",
                "no-new-privileges:true",
                "healthcheck:",
                "mem_limit: ",
                "cpus: ",
                "pids_limit: ",
                "max-size: "
            })
    void shouldConfineEveryService(String setting) throws IOException {
        assertThat(services()).containsOnlyKeys("nats", "simulator", "agent", "dashboard");
        assertThat(services().values()).allSatisfy(one -> assertThat(one).contains(setting));
    }

    @Test
    void shouldPublishOnThisMachineOnly() throws IOException {
        List<String> ports = PORT.matcher(compose()).results().map(port -> port.group(1)).toList();

        assertThat(ports).hasSize(3).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        assertThat(compose().split("\n    ports: ", -1)).hasSize(4);
    }

    @Test
    void shouldLetTheSimulatorWaitForNobody() throws IOException {
        assertThat(services().get("simulator")).doesNotContain("depends_on");
        assertThat(services().get("agent")).contains("simulator: {condition: service_healthy}");
        assertThat(services().get("dashboard")).contains("nats: {condition: service_healthy}");
    }

    @Test
    void shouldKeepWhatNatsStoresOnAVolume() throws IOException {
        assertThat(services().get("nats")).contains("volumes: [\"jetstream:/data\"]");
        assertThat(Files.readString(HOME.resolve("conf/nats-server.conf")))
                .contains("store_dir: \"/data\"", "max_file_store: ");
    }

    @Test
    void shouldNameConfigurationsThatAreThere() throws IOException {
        List<String> named =
                Pattern.compile("conf/[a-z/-]+\\.json")
                        .matcher(Files.readString(HOME.resolve("docker-compose.yml")))
                        .results()
                        .map(MatchResult::group)
                        .toList();

        assertThat(named)
                .hasSize(3)
                .allSatisfy(file -> assertThat(HOME.resolve(file)).isRegularFile());
    }

    @Test
    void shouldRunNoImageAsRoot() throws IOException {
        String file = Files.readString(HOME.resolve("Dockerfile"));
        List<String> stages = Arrays.stream(file.split("\nFROM ", -1)).skip(1).toList();

        assertThat(file).contains("\nARG BASE=debian:12-slim\n");
        assertThat(stages)
                .hasSize(2)
                .allSatisfy(
                        stage ->
                                assertThat(stage)
                                        .startsWith("${BASE} AS ")
                                        .containsPattern("\nUSER [1-9][0-9]*:[1-9][0-9]*\n")
                                        .containsPattern("\nHEALTHCHECK ")
                                        .containsPattern("\nENTRYPOINT \\[\""));
        // Java itself gets the signals: no shell before it.
        assertThat(stages.get(1)).contains("\nENTRYPOINT [\"java\", ");
    }

    @Test
    void shouldMakeImagesOfNamedThingsOnly() throws IOException {
        List<String> rules =
                Files.readAllLines(HOME.resolve(".dockerignore")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();

        assertThat(rules)
                .containsExactly("*", "!conf", "!webroot", "!target/qiki-dtmp.jar", "!target/lib");
    }

    @ParameterizedTest
    @ValueSource(strings = {"qiki", "src/test/sh/docker.sh", "src/test/sh/engine.sh"})
    void shouldBeAScriptThatTheShellCanRead(String script) throws Exception {
        Process check = start("sh", "-n", script);

        assertThat(errors(check)).isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    @Test
    void shouldDescribeTheTestOfTheContainers() throws Exception {
        assertThat(output(start("./qiki", "test", "-h"))).contains("./qiki test --docker");
        assertThat(output(start("./qiki", "--help"))).contains("test --docker");
    }

    @Test
    void shouldRefuseAnArgumentBeforeItDoesAnything() throws Exception {
        Process test = start("./qiki", "test", "--docker", "WorldTest");

        assertThat(errors(test))
                .isEqualTo("docker: test --docker takes no argument, not 'WorldTest'\n");
        assertThat(test.waitFor()).isEqualTo(2);
    }

    /** The text of every service, with what it merges. */
    private static Map<String, String> services() throws IOException {
        String text = compose();
        Map<String, String> shared = new LinkedHashMap<>();
        blocks(text, Pattern.compile("(?m)^x-\\w+: &(\\w+)$"), "\n(?=\\S)", shared);
        Map<String, String> services = new LinkedHashMap<>();
        String listed = text.substring(text.indexOf("\nservices:\n"), text.indexOf("\nvolumes:\n"));
        blocks(listed, Pattern.compile("(?m)^  (\\w+):$"), "\n(?=  \\S)", services);
        services.replaceAll((name, block) -> merged(block, shared));
        return services;
    }

    private static void blocks(String text, Pattern head, String end, Map<String, String> found) {
        Matcher heads = head.matcher(text);
        while (heads.find()) {
            found.put(heads.group(1), text.substring(heads.start()).split(end, 2)[0]);
        }
    }

    private static String merged(String block, Map<String, String> shared) {
        StringBuilder all = new StringBuilder(block);
        Matcher names = MERGED.matcher(block);
        while (names.find()) {
            all.append(merged(shared.get(names.group(1)), shared));
        }
        return all.toString();
    }

    private static String compose() throws IOException {
        return Files.readString(HOME.resolve("docker-compose.yml"));
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).directory(HOME.toFile()).start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String errors(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
