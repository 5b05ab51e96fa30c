package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.testkit.CliProcess;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Simulator and agent over TLS, and what is refused without it. */
@Timeout(90)
class GrpcTlsIT {
    @Test
    void shouldFlyOverTlsAndTrustNobodyElse() throws Exception {
        SelfSignedCertificate own = SelfSignedCertificate.create("localhost");
        SelfSignedCertificate other = SelfSignedCertificate.create("localhost");
        String port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = String.valueOf(socket.getLocalPort());
        }
        try (CliProcess sim =
                CliProcess.java(
                        "sim",
                        "--grpc-port",
                        port,
                        "--lockstep",
                        "--set",
                        "grpc.tls.certificate=\"" + own.certificatePath() + '"',
                        "--set",
                        "grpc.tls.key=\"" + own.privateKeyPath() + '"')) {
            sim.await(line -> line.startsWith("ready"));

            assertThat(agent(port, own.certificatePath())).isEqualTo("0 ");
            assertThat(agent(port, other.certificatePath())).startsWith("1 ").contains("is lost");
            assertThat(agent(port, "")).startsWith("1 ").contains("is lost");
        } finally {
            own.delete();
            other.delete();
        }
    }

    private static String agent(String port, String trusted) throws Exception {
        String[] plain = {
            "agent", "--grpc", "localhost:" + port, "--lockstep", "--ticks", "20", "--set", "seed=1"
        };
        if (!trusted.isEmpty()) {
            plain[7] = "grpc.tls.trusted=\"" + trusted + '"';
        }
        try (CliProcess agent = CliProcess.java(plain)) {
            return agent.exitCode() + " " + agent.errors();
        }
    }

    @Test
    void shouldWantCertificateAndKeyTogether() throws Exception {
        try (CliProcess sim =
                CliProcess.java("sim", "--set", "grpc.tls.certificate=\"no/such.pem\"")) {
            assertThat(sim.exitCode()).isEqualTo(2);
            assertThat(sim.errors()).contains("grpc.tls.key").contains("a readable file");
        }
    }
}
