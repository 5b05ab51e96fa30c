package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.testkit.CliProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CliIT {
    private static final String LINE =
            "twin qiki-1 state [A-Z_]+ activity [A-Z-]+ version \\d+ tick \\d+ t \\d+\\.\\d s"
                    + " slips \\d+ reason \\S+";
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(5);
    private static final Duration ACTIVE_WITHIN = Duration.ofSeconds(10);

    @Test
    void shouldPrintItsLinesAndEndByItself() throws Exception {
        try (CliProcess run =
                CliProcess.java("run", "--port", "0", "--grpc-port", "0", "--for", "5s")) {
            int code = run.exitCode();

            assertThat(code).as(run.errors()).isZero();
            assertThat(run.lines().get(0)).matches("dashboard http://127\\.0\\.0\\.1:\\d+/");
            assertThat(run.lines().get(1)).matches("grpc 127\\.0\\.0\\.1:\\d+");
            assertThat(run.lines().get(2)).matches("ready in \\d+ ms");
            assertThat(run.lines().subList(3, run.lines().size()))
                    .hasSizeBetween(1, 2)
                    .allMatch(line -> line.matches(LINE));
        }
    }

    @Test
    void shouldBeActiveWithinTenSecondsAndEndOnInterrupt() throws Exception {
        long began = System.nanoTime();
        try (CliProcess run = CliProcess.java("run", "--port", "0", "--grpc-port", "0")) {
            URI page = URI.create(run.await(line -> line.startsWith("dashboard ")).substring(10));
            run.await(line -> line.contains("state ACTIVE"));
            Duration untilActive = Duration.ofNanos(System.nanoTime() - began);
            String state = get(page.resolve("/api/v1/twins/qiki-1/state"));

            long signalled = System.nanoTime();
            run.signal("INT");
            int code = run.exitCode();

            assertThat(code).isEqualTo(130);
            assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(CLOSED_WITHIN);
            assertThat(untilActive).isLessThan(ACTIVE_WITHIN);
            assertThat(state).contains("\"trigger\":\"BOOT_COMPLETE\"", "\"to\":\"ACTIVE\"");
            assertThatThrownBy(() -> get(page)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldEndOnTermination() throws Exception {
        try (CliProcess run = CliProcess.java("run", "--port", "0", "--grpc-port", "0")) {
            run.await(line -> line.startsWith("ready "));

            run.signal("TERM");

            assertThat(run.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void shouldSayInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            try (CliProcess run = CliProcess.java("run", "--port", port, "--grpc-port", "0")) {
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.errors().strip().lines()).hasSize(1);
                assertThat(run.errors()).contains(port).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void shouldSayInOneSentenceThatTheConfigurationIsMissing() throws Exception {
        try (CliProcess run = CliProcess.java("run", "no/such/file.json")) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors().strip().lines()).hasSize(1);
            assertThat(run.errors()).contains("no/such/file.json");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithABrokenConfiguration(@TempDir Path folder) throws Exception {
        Path cutOff = Files.writeString(folder.resolve("cut-off.json"), "{\"seed\": 1,");
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"sed\": 1}");
        try (CliProcess broken = CliProcess.java("run", cutOff.toString());
                CliProcess unknown = CliProcess.java("check", wrong.toString())) {
            assertThat(broken.exitCode()).isEqualTo(2);
            assertThat(broken.errors().strip().lines()).hasSize(1);
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.errors()).contains("sed").contains("seed");
        }
    }

    @Test
    void shouldCheckTheDefaultConfiguration() throws Exception {
        try (CliProcess check = CliProcess.java("check", "conf/demo.json")) {
            assertThat(check.exitCode()).as(check.errors()).isZero();
        }
    }

    @Test
    void shouldStepToTheSameHashAloneAndInAFleet() throws Exception {
        List<String> fleet = step("--twins", "8", "--ticks", "300", "--seed", "7");
        List<String> alone = step("--twin", "qiki-5", "--ticks", "300", "--seed", "7");
        List<String> other = step("--twin", "qiki-5", "--ticks", "300", "--seed", "8");

        assertThat(fleet).hasSize(9);
        assertThat(fleet.get(4))
                .matches("twin qiki-5 ticks 300 state ACTIVE version \\d+ hash [0-9a-f]{16}");
        assertThat(alone.get(0)).isEqualTo(fleet.get(4));
        assertThat(other.get(0)).isNotEqualTo(alone.get(0));
        assertThat(fleet.get(8))
                .matches(
                        "total twins 8 ticks 2400 steps 12000 seconds \\d+\\.\\d ticks/s \\d+"
                                + " hash [0-9a-f]{16}");
    }

    @Test
    void shouldPrintManyLinesOnlyWhenAsked() throws Exception {
        assertThat(step("--twins", "17", "--ticks", "1")).hasSize(1);
        assertThat(step("--twins", "17", "--ticks", "1", "--verbose")).hasSize(18);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --for 5",
                "run --for -1s",
                "run --port 99999",
                "run --set tick.perod=100ms",
                "step --ticks -1",
                "step --ticks many",
                "step --ticks 5 --twins 0",
                "step --ticks 5 --twin QIKI",
                "step --ticks 5 --twin nobody",
                "step --ticks 5 --twins 8 --twin qiki-9",
                "check --strict conf/demo.json",
                "run --fast",
                "sim --for 5",
                "sim --set input-log.path=run.log",
                "agent",
                "agent --mock --grpc",
                "agent --mock --lockstep --ticks 5",
                "agent --grpc --lockstep",
                "agent --grpc localhost:99999 --ticks 5",
                "agent --grpc localhost:0 --ticks 5",
                "agent --mock --ticks 0"
            })
    void shouldRefuseWrongUseWithASentence(String arguments) throws Exception {
        try (CliProcess wrong = CliProcess.java(arguments.split(" "))) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(wrong.errors()).startsWith("qiki: ").doesNotContain("\tat ");
        }
    }

    @Test
    void shouldSayWhatAnAddressLooksLike() throws Exception {
        try (CliProcess agent = CliProcess.java("agent", "--grpc", "nohost:abc")) {
            assertThat(agent.exitCode()).isEqualTo(2);
            assertThat(agent.errors())
                    .isEqualToIgnoringNewLines(
                            "qiki: --grpc wants HOST:PORT with a port from 1 to 65535, was"
                                    + " \"nohost:abc\", which is no configuration either");
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchCommand() throws Exception {
        try (CliProcess script = CliProcess.script("fly")) {
            assertThat(script.exitCode()).isEqualTo(2);
            assertThat(script.errors().strip().lines()).hasSize(1);
            assertThat(script.errors()).contains("fly");
        }
    }

    @Test
    void shouldFlyACampaignAndSayWhatBecameOfIt() throws Exception {
        try (CliProcess run =
                CliProcess.java("campaign", "endurance", "--hours", "0.02", "--seeds", "3-4")) {
            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(run.lines()).hasSize(3);
            assertThat(run.lines().get(0))
                    .startsWith("seed 3 ticks 720 safe-modes 0")
                    .endsWith("OK");
            assertThat(run.lines().get(2)).isEqualTo("campaign endurance passed");
        }
        for (String[] wrong :
                new String[][] {
                    {"fly"}, {"endurance", "--seeds", "5-1"}, {"endurance", "--hours", "NaN"}
                }) {
            List<String> arguments = new ArrayList<>(List.of("campaign"));
            arguments.addAll(List.of(wrong));
            try (CliProcess run = CliProcess.java(arguments.toArray(new String[0]))) {
                assertThat(run.exitCode()).isEqualTo(2);
                assertThat(run.errors()).startsWith("qiki: ").hasLineCount(1);
            }
        }
    }

    @Test
    void shouldExplainItself() throws Exception {
        try (CliProcess help = CliProcess.script("--help");
                CliProcess version = CliProcess.script("--version");
                CliProcess run = CliProcess.java("run", "-h")) {
            assertThat(help.exitCode()).isZero();
            assertThat(String.join("\n", help.lines())).contains("run", "step", "check", "bench");
            assertThat(version.exitCode()).isZero();
            assertThat(version.lines().get(0)).matches("qiki-dtmp \\d+\\.\\d+\\.\\d+.*");
            assertThat(run.exitCode()).isZero();
            assertThat(String.join("\n", run.lines())).contains("--for", "--set", "--port");
        }
    }

    private static List<String> step(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "step";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (CliProcess step = CliProcess.java(all)) {
            assertThat(step.exitCode()).as(step.errors()).isZero();
            return step.lines();
        }
    }

    private static String get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
