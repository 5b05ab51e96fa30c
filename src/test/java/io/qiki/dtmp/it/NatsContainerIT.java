package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.NatsProbe;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.Plans;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** NATS in a container, wherever there is an engine for one. */
@Timeout(240)
class NatsContainerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path dir;

    @Test
    void shouldTellEventsToAServerInAContainerThatIsKilledAndComesBack() throws Exception {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "there is no engine for containers here");
        try (NatsServer server = NatsServer.inContainer(dir);
                LiveProcess process =
                        LiveProcess.start(
                                Plans.bridged(Plans.demo(1), NatsConfig.of(server.url())))) {
            await().atMost(PATIENCE)
                    .until(() -> process.probe().get("/health/ready").status() == 200);
            await().atMost(PATIENCE).until(() -> events(server) > 3);
            server.kill();
            await().atMost(PATIENCE)
                    .until(() -> process.probe().get("/health/ready").status() == 503);
            server.restart();
            await().atMost(PATIENCE)
                    .until(() -> process.probe().get("/health/ready").status() == 200);

            assertThat(events(server)).isGreaterThan(3);
        }
    }

    private static int events(NatsServer server) throws Exception {
        try (NatsProbe probe = new NatsProbe(server.url())) {
            return probe.all(Subjects.EVENTS_STREAM).size();
        }
    }
}
