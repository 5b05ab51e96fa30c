package io.qiki.dtmp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NatsServerTest {
    @TempDir private Path dir;

    @Test
    void shouldKeepItsPortAndWhatItStoredOverADeath() throws Exception {
        try (NatsServer server = NatsServer.start(dir)) {
            int port = server.port();
            try (Connection client = connect(server)) {
                client.jetStreamManagement()
                        .addStream(StreamConfiguration.builder().name("S").subjects("s.>").build());
                client.jetStream().publish("s.one", new byte[] {1});
            }

            server.kill();
            server.restart();

            assertThat(server.port()).isEqualTo(port);
            try (Connection client = connect(server)) {
                assertThat(
                                client.jetStreamManagement()
                                        .getStreamInfo("S")
                                        .getStreamState()
                                        .getMsgCount())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void shouldStandStillAndGoOn() throws Exception {
        try (NatsServer server = NatsServer.start(dir);
                Connection client = connect(server)) {
            server.pause();
            assertThatThrownBy(() -> client.flush(Duration.ofMillis(200)))
                    .isInstanceOf(TimeoutException.class);

            server.resume();

            client.flush(Duration.ofSeconds(5));
        }
    }

    private static Connection connect(NatsServer server) throws IOException, InterruptedException {
        return Nats.connect(Options.builder().server(server.url()).maxReconnects(0).build());
    }
}
