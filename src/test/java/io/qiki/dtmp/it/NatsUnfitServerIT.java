package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.StreamConfiguration;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.NatsLogin;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.FakeNats;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsProbe;
import io.qiki.dtmp.testkit.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Servers that are there and not as they must be: what is wrong is said, and mended if it can be.
 */
@Timeout(120)
class NatsUnfitServerIT {
    @TempDir private Path dir;

    private NatsHarness all;

    @BeforeEach
    void begin() {
        all = new NatsHarness(dir);
    }

    @AfterEach
    void stop() throws Exception {
        all.close();
    }

    @Test
    void shouldSayThatItIsNotLetInAndComeInWithTheRightToken() throws Exception {
        NatsServer nats = all.serve("--auth", "secret-word");
        Path token = Files.writeString(dir.resolve("token"), "wrong");
        all.fly(
                NatsHarness.login(
                        nats.url(),
                        new NatsLogin(Optional.of(token), "", Optional.empty(), Optional.empty()),
                        NatsConfig.Tls.NONE));
        all.awaitTrouble("login");
        assertThat(all.trouble()).doesNotContain("wrong").doesNotContain("secret-word");

        Files.writeString(token, "secret-word\n");
        all.awaitUp();
    }

    @Test
    void shouldSayWhatTheServerLacks() throws Exception {
        Path small = dir.resolve("small.conf");
        Files.writeString(small, "jetstream { max_mem: 1MB, max_file: 1MB }\n");
        NatsServer nats = all.serve("-c", small.toString());
        all.fly(NatsConfig.of(nats.url()));
        all.awaitTrouble("insufficient");

        assertThat(all.trouble()).contains("the server refuses stream").contains("(10047)");
        all.awaitActive();
    }

    @ParameterizedTest
    @CsvSource({
        "2.8.4, true, 'version 2.8.4, which is too old; 2.9.0 or later is needed'",
        "2.10.1, false, the server has no JetStream; start it with -js"
    })
    void shouldSayThatTheServerIsTooOldOrHasNoStreams(
            String version, boolean streams, String sentence) throws Exception {
        try (FakeNats old = new FakeNats(version, streams)) {
            all.fly(NatsConfig.of(old.url()));
            all.awaitTrouble(sentence);
        }
    }

    @Test
    void shouldSayThatItMayOnlyRead() throws Exception {
        Path reader = dir.resolve("reader.conf");
        Files.writeString(
                reader,
                "jetstream: enabled\nauthorization { users = [ {user: qiki, password: word,"
                        + " permissions: {publish: [\"$JS.API.STREAM.INFO.>\"], subscribe: \">\"}} ]"
                        + " }\n");
        NatsServer nats = all.serve("-c", reader.toString());
        Path word = Files.writeString(dir.resolve("word"), "word");
        all.fly(
                NatsHarness.login(
                        nats.url(),
                        new NatsLogin(
                                Optional.empty(), "qiki", Optional.of(word), Optional.empty()),
                        NatsConfig.Tls.NONE));
        all.awaitTrouble("Permissions Violation");
        assertThat(all.trouble()).contains("stream QIKI_RADAR_V1");
    }

    @Test
    void shouldMendAStreamThatSomebodyElseMade() throws Exception {
        NatsServer nats = all.serve();
        NatsProbe probe = all.probe();
        probe.connection()
                .jetStreamManagement()
                .addStream(
                        StreamConfiguration.builder()
                                .name(Subjects.EVENTS_STREAM)
                                .subjects("qiki.events.v1.fault")
                                .maxBytes(5_000_000)
                                .build());
        all.fly(NatsConfig.of(nats.url()));
        all.awaitUp();

        var mended =
                probe.connection()
                        .jetStreamManagement()
                        .getStreamInfo(Subjects.EVENTS_STREAM)
                        .getConfiguration();
        assertThat(mended.getSubjects()).contains("qiki.events.v1.>");
        assertThat(mended.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
        assertThat(mended.getMaxBytes()).isEqualTo(5_000_000);
    }
}
