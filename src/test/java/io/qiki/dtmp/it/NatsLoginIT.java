package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.NatsLogin;
import io.qiki.dtmp.testkit.NatsAccount;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsServer;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may come in to NATS, and how what travels there is protected. */
@Timeout(120)
class NatsLoginIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path dir;

    @Test
    void shouldComeInWithUserAndPassword() throws Exception {
        Path word = Files.writeString(dir.resolve("word"), "open-sesame\n");
        NatsLogin login =
                new NatsLogin(Optional.empty(), "qiki", Optional.of(word), Optional.empty());
        try (NatsServer server = NatsServer.start(dir, "--user", "qiki", "--pass", "open-sesame")) {
            assertThat(comesTo(server.url(), login, NatsConfig.Tls.NONE)).isEmpty();
            assertThat(comesTo(server.url(), NatsLogin.NONE, NatsConfig.Tls.NONE))
                    .contains("the server refuses the login");
        }
    }

    @Test
    void shouldComeInWithTheCredentialsOfAnAccount() throws Exception {
        NatsAccount account = NatsAccount.make(dir);
        NatsLogin login =
                new NatsLogin(
                        Optional.empty(), "", Optional.empty(), Optional.of(account.credentials()));
        try (NatsServer server = NatsServer.start(dir, "-c", account.server().toString())) {
            assertThat(comesTo(server.url(), login, NatsConfig.Tls.NONE)).isEmpty();
        }
    }

    @Test
    void shouldSpeakTlsToAServerThatItTrustsAndToNoOther() throws Exception {
        SelfSignedCertificate own = SelfSignedCertificate.create("localhost");
        SelfSignedCertificate other = SelfSignedCertificate.create("localhost");
        try (NatsServer server =
                NatsServer.start(
                        dir,
                        "--tlsverify",
                        "--tlscert",
                        own.certificatePath(),
                        "--tlskey",
                        own.privateKeyPath(),
                        "--tlscacert",
                        own.certificatePath())) {
            String url = "tls://localhost:" + server.port();
            assertThat(comesTo(url, NatsLogin.NONE, tls(own, Optional.of(own)))).isEmpty();
            assertThat(comesTo(url, NatsLogin.NONE, tls(other, Optional.of(own)))).isNotEmpty();
            assertThat(comesTo(url, NatsLogin.NONE, tls(own, Optional.empty()))).isNotEmpty();
        } finally {
            own.delete();
            other.delete();
        }
    }

    private static NatsConfig.Tls tls(
            SelfSignedCertificate trusted, Optional<SelfSignedCertificate> shown) {
        return new NatsConfig.Tls(
                Optional.of(Path.of(trusted.certificatePath())),
                shown.map(one -> Path.of(one.certificatePath())),
                shown.map(one -> Path.of(one.privateKeyPath())));
    }

    /** What the health says of NATS once a process has tried: nothing when it is connected. */
    private String comesTo(String url, NatsLogin login, NatsConfig.Tls tls) throws Exception {
        try (NatsHarness all = new NatsHarness(dir)) {
            all.fly(NatsHarness.login(url, login, tls));
            await().atMost(PATIENCE).until(() -> !all.trouble().equals("not connected yet"));
            return all.trouble();
        }
    }
}
