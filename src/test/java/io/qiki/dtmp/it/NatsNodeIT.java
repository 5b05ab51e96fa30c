package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.Examples;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program in another language that knows NATS and the message files, and nothing else. */
@Timeout(180)
class NatsNodeIT {
    @TempDir private Path dir;

    @Test
    void shouldWatchAndCommandFromNode() throws Exception {
        Examples.installNode();
        try (NatsHarness all = NatsHarness.start(dir, 2)) {
            List<String> said = Examples.node("nats.js", all.server().url(), "qiki-1");

            assertThat(said).anyMatch(line -> line.matches("state ACTIVE version \\d+"));
            assertThat(said)
                    .anyMatch(
                            line ->
                                    line.matches(
                                            "telemetry nav\\.position_m"
                                                    + "( -?\\d+\\.\\d){3} tick \\d+0"));
            assertThat(said)
                    .containsSubsequence(
                            "refused request.bad-argument value of rcs_forward must be a number"
                                    + " 0..100 PERCENT, was 900",
                            "command VALIDATED",
                            "command ACCEPTED",
                            "command EXECUTING",
                            "command EXECUTED",
                            "control sim.pause applied PAUSED",
                            "refused request.wrong-state sim.pause needs RUNNING; it is PAUSED",
                            "control sim.start applied RUNNING");
            assertThat(said).containsOnlyOnce("taken ACCEPTED", "command EXECUTED");
            assertThat(said).contains("event command qiki-1 EXECUTED");
            assertThat(said).noneMatch(line -> line.contains("qiki-2 EXECUT"));
            long tick = all.get("/api/v1/twins/qiki-1").getLong("tick");
            await().until(() -> all.get("/api/v1/twins/qiki-1").getLong("tick") > tick);
        }
    }

    @Test
    void shouldSayThatThereIsNoServer() throws Exception {
        Examples.installNode();
        NatsServer server = NatsServer.start(dir);
        server.kill();

        Examples.Ended ended = Examples.tryNode("nats.js", server.url());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.lines()).isEmpty();
        assertThat(ended.errors()).containsIgnoringCase("refused");
    }
}
