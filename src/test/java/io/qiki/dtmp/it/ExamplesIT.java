package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.launcher.Topology;
import io.qiki.dtmp.model.ControlCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.testkit.Apart;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in other languages that know nothing but the message files. */
@Timeout(180)
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("examples").toAbsolutePath();
    private static final Path TARGET = Path.of("target/examples").toAbsolutePath();
    private static final String PYTHON = "/usr/bin/python3";
    private static final double SPEED = 20;

    private Topology topology;

    @BeforeEach
    void start() throws Exception {
        topology = WebHarness.get(Topology.start(Plans.demo(1)));
        await().ignoreExceptions()
                .until(() -> WebHarness.get(topology.twins()).get(0).state() == FsmState.ACTIVE);
    }

    @AfterEach
    void stop() throws Exception {
        WebHarness.get(topology.close());
    }

    @Test
    void shouldFlyToAWaypointFromPython() throws Exception {
        python();
        WebHarness.get(topology.control(new ControlCommand.Speed(SPEED)));

        List<String> said =
                run(List.of(PYTHON, EXAMPLES.resolve("python/agent.py").toString(), address()));

        assertThat(said)
                .singleElement()
                .asString()
                .matches("arrived tick \\d+ distance 0\\.\\d+ m");
    }

    @Test
    void shouldFlyToAWaypointFromNode() throws Exception {
        node();
        WebHarness.get(topology.control(new ControlCommand.Speed(SPEED)));

        List<String> said =
                run(List.of("node", EXAMPLES.resolve("node/agent.js").toString(), address()));

        assertThat(said)
                .singleElement()
                .asString()
                .matches("arrived tick \\d+ distance 0\\.\\d+ m");
    }

    @Test
    void shouldAnswerEveryCallOfTheOriginalFromPython() throws Exception {
        python();

        List<String> said =
                run(List.of(PYTHON, EXAMPLES.resolve("python/api.py").toString(), address()));

        assertOriginal(said);
    }

    @Test
    void shouldAnswerEveryCallOfTheOriginalFromNode() throws Exception {
        node();

        List<String> said =
                run(List.of("node", EXAMPLES.resolve("node/api.js").toString(), address()));

        assertOriginal(said);
    }

    private static void assertOriginal(List<String> said) {
        assertThat(said.get(0)).isEqualTo("health SERVING true");
        assertThat(said.get(1)).startsWith("reading LIDAR ");
        assertThat(said.get(2)).isEqualTo("reading RADAR radar_data true");
        assertThat(said.get(3)).isEqualTo("reading IMU vector_data true");
        assertThat(said.get(5)).isEqualTo("frame 1 true");
        assertThat(said.get(6)).isEqualTo("accepted true");
        assertThat(said.get(7)).startsWith("unknown-actuator NOT_FOUND request.not-found there is");
        assertThat(said.get(8)).startsWith("nan INVALID_ARGUMENT request.bad-argument float_value");
        assertThat(said.get(9)).startsWith("nine-hundred INVALID_ARGUMENT").contains("0..100");
        assertThat(said.get(10)).startsWith("no-uuid INVALID_ARGUMENT").contains("UUID");
        assertThat(said.get(11)).startsWith("empty INVALID_ARGUMENT").contains("command");
    }

    private static void python() throws Exception {
        run(
                List.of(
                        EXAMPLES.resolve("python/build.sh").toString(),
                        TARGET.resolve("python").toString()));
    }

    private static void node() throws Exception {
        Path home = TARGET.resolve("node");
        if (!Files.exists(home.resolve("node_modules"))) {
            Files.createDirectories(home);
            for (String name : List.of("package.json", "package-lock.json")) {
                Files.write(
                        home.resolve(name),
                        Files.readAllBytes(EXAMPLES.resolve("node").resolve(name)));
            }
            run(
                    List.of(
                            "npm",
                            "ci",
                            "--prefix",
                            home.toString(),
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund"));
        }
    }

    private String address() {
        return "127.0.0.1:" + topology.grpcPort();
    }

    /** What a program prints; it must end well. */
    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONPATH", TARGET.resolve("python").toString());
        builder.environment().put("NODE_PATH", TARGET.resolve("node/node_modules").toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> errors = Apart.supply(() -> text(process.getErrorStream()));
            CompletableFuture<String> output = Apart.supply(() -> text(process.getInputStream()));
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(command.toString()).isTrue();
            assertThat(process.exitValue()).as(errors.join()).isZero();
            return new ArrayList<>(output.join().lines().toList());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
