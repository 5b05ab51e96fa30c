package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.testkit.CliProcess;
import io.qiki.dtmp.testkit.GrpcCaller;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qiki.twin.v1.ControlRequest;
import qiki.twin.v1.TwinServiceGrpcClient;

/** One verticle in a process of its own, through the standard launcher. */
@Timeout(60)
class VerticleIT {
    private static final int WRONG_USE = 2;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EventLogVerticle",
                "StateStoreVerticle",
                "io.qiki.dtmp.sim.SimVerticle",
                "AgentVerticle",
                "io.qiki.dtmp.provider.ScriptVerticle",
                "CommandVerticle",
                "TickVerticle"
            })
    void shouldRunAloneUntilInterrupted(String name) throws Exception {
        try (CliProcess process = CliProcess.java("verticle", name, "--conf", "conf/demo.json")) {
            String deployed = "verticle " + name.substring(name.lastIndexOf('.') + 1) + " deployed";
            process.await(deployed::equals);

            process.signal("INT");

            assertThat(process.exitCode()).isEqualTo(INTERRUPTED);
            assertThat(process.errors()).isEmpty();
        }
    }

    @Test
    void shouldServeAPageThatSaysThatNothingIsThere() throws Exception {
        Path file = file("{\"http\":{\"port\":0}}");
        Vertx vertx = Vertx.vertx();
        try (CliProcess process =
                CliProcess.java("verticle", "WebVerticle", "--conf", file.toString())) {
            String dashboard = process.await(line -> line.startsWith("dashboard "));
            int port = Integer.parseInt(dashboard.replaceAll(".*:(\\d+)/$", "$1"));
            WebProbe probe = new WebProbe(vertx, port);

            assertThat(probe.get("/").status()).isEqualTo(200);
            assertThat(probe.get("/api/v1/twins/qiki-1/state").status()).isEqualTo(503);
            WebProbe.Answer events = probe.get("/api/v1/events");
            assertThat(events.status()).isEqualTo(503);
            assertThat(events.json().getString("code")).isEqualTo("journal.unavailable");
            assertThat(events.json().getString("detail")).isEqualTo("the journal does not answer");

            process.signal("TERM");
            assertThat(process.exitCode()).isEqualTo(TERMINATED);
        } finally {
            WebHarness.get(vertx.close());
        }
    }

    @Test
    void shouldWaitForNatsAloneAndWantAnAddress() throws Exception {
        Path file = file("{\"nats\":{\"url\":\"nats://127.0.0.1:1\"}}");
        try (CliProcess process =
                CliProcess.java("verticle", "NatsBridgeVerticle", "--conf", file.toString())) {
            process.await("verticle NatsBridgeVerticle deployed"::equals);
            process.signal("INT");
            assertThat(process.exitCode()).isEqualTo(INTERRUPTED);
        }
        try (CliProcess process =
                CliProcess.java("verticle", "NatsBridgeVerticle", "--conf", "conf/demo.json")) {
            assertThat(process.exitCode()).isEqualTo(WRONG_USE);
            assertThat(process.errors()).contains("needs nats.url in conf/demo.json");
        }
    }

    @Test
    void shouldServeGrpcAndSayThatNothingIsThere() throws Exception {
        Path file = file("{\"grpc\":{\"port\":0}}");
        Vertx vertx = Vertx.vertx();
        try (CliProcess process =
                CliProcess.java("verticle", "GrpcVerticle", "--conf", file.toString())) {
            String address = process.await(line -> line.startsWith("grpc "));
            process.await("verticle GrpcVerticle deployed"::equals);
            int port = Integer.parseInt(address.replaceAll(".*:(\\d+)$", "$1"));
            try (GrpcCaller caller = new GrpcCaller(vertx, port)) {
                assertThat(
                                caller.call(
                                                TwinServiceGrpcClient.Control,
                                                ControlRequest.newBuilder()
                                                        .setCommandName("sim.pause")
                                                        .build())
                                        .status())
                        .isEqualTo(GrpcStatus.UNAVAILABLE);
            }
            process.signal("TERM");
            assertThat(process.exitCode()).isEqualTo(TERMINATED);
        } finally {
            WebHarness.get(vertx.close());
        }
    }

    @Test
    void shouldLookForASimulatorThatIsNotThere() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Path file = file("{\"grpc\":{\"port\":" + free + "}}");
        try (CliProcess process =
                CliProcess.java("verticle", "DriveVerticle", "--conf", file.toString())) {
            process.await("verticle DriveVerticle deployed"::equals);
            process.signal("TERM");
            assertThat(process.exitCode()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void shouldWriteAnInputLogThatHoldsItsBeginning() throws Exception {
        Path log = folder.resolve("run.log");
        Path file = file("{\"input-log\":{\"path\":\"" + log + "\"}}");
        try (CliProcess process =
                CliProcess.java("verticle", "InputLogVerticle", "--conf", file.toString())) {
            process.await("verticle InputLogVerticle deployed"::equals);
            process.signal("TERM");
            assertThat(process.exitCode()).isEqualTo(TERMINATED);
        }
        assertThat(log).isNotEmptyFile();
        try (CliProcess again =
                CliProcess.java("verticle", "InputLogVerticle", "--conf", file.toString())) {
            assertThat(again.exitCode()).isEqualTo(WRONG_USE);
            assertThat(again.errors()).contains("input-log.resume=true").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SimVerticl | {} | the nearest is SimVerticle",
                "SimVerticle | {\"sim\": | is malformed",
                "SimVerticle | {\"simm\":{}} | simm",
                "SimVerticle | {\"sim\":{\"step\":\"20 parsecs\"}} | sim.step",
                "InputLogVerticle | {} | needs input-log.path",
                "DriveVerticle | {\"grpc\":{\"port\":0}} | grpc.port"
            })
    void shouldEndWithASentenceWhenItCannotBeMeant(String name, String text, String sentence)
            throws Exception {
        try (CliProcess process =
                CliProcess.java("verticle", name, "--conf", file(text).toString())) {
            assertThat(process.exitCode()).isEqualTo(WRONG_USE);
            assertThat(process.errors()).startsWith("qiki: ").contains(sentence);
        }
    }

    @Test
    void shouldEndWithASentenceWithoutItsConfiguration() throws Exception {
        try (CliProcess process =
                CliProcess.java("verticle", "SimVerticle", "--conf", "conf/nothing.json")) {
            assertThat(process.exitCode()).isEqualTo(WRONG_USE);
            assertThat(process.errors())
                    .isEqualToIgnoringNewLines(
                            "qiki: configuration conf/nothing.json does not exist");
        }
    }

    @Test
    void shouldEndWithASentenceWhenItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = file("{\"http\":{\"port\":" + taken.getLocalPort() + "}}");
            try (CliProcess process =
                    CliProcess.java("verticle", "WebVerticle", "--conf", file.toString())) {
                assertThat(process.exitCode()).isEqualTo(FAILED);
                assertThat(process.errors().lines()).hasSize(1);
                assertThat(process.errors()).contains(Integer.toString(taken.getLocalPort()));
            }
        }
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("conf.json"), text);
    }
}
