package io.qiki.dtmp.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.qiki.dtmp.testkit.NatsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a stream holds, asked of a real server. Its own knowledge of repetitions would hide a wrong
 * answer for two minutes from every other test.
 */
@Timeout(60)
class StreamAuditTest {
    private static final String STREAM = Subjects.TWIN_STREAM;

    @TempDir private Path dir;

    private NatsServer server;
    private Connection connection;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start(dir);
        connection = Nats.connect(server.url());
        Streams.ensure(connection, StreamLimits.DEFAULT);
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void shouldFindWhatArrivedAfterAPlaceAndNothingElse() throws Exception {
        publish("state", "before");
        publish("decision", "a");
        publish("state", "of-another-process");
        publish("command", "b");

        assertThat(arrived(1, "before", "a", "b", "never")).containsExactlyInAnyOrder("a", "b");
        assertThat(arrived(0, "before", "never")).containsExactly("before");
    }

    @Test
    void shouldFindNothingWhereNothingCame() throws Exception {
        assertThat(arrived(0, "a")).isEmpty();
        publish("state", "a");
        assertThat(arrived(1, "a")).isEmpty();
    }

    @Test
    void shouldReadAStreamThatWasMadeAnewFromItsBeginning() throws Exception {
        publish("state", "a");
        connection.jetStreamManagement().deleteStream(STREAM);
        Streams.ensure(connection, StreamLimits.DEFAULT);
        publish("state", "b");

        assertThat(arrived(7, "a", "b")).containsExactly("b");
    }

    @Test
    void shouldNotWaitForMessagesThatWereRemoved() throws Exception {
        publish("state", "a");
        publish("state", "b");
        connection.jetStreamManagement().purgeStream(STREAM);

        assertThat(arrived(0, "a", "b")).isEmpty();
    }

    @Test
    void shouldSayThatItCannotBeFoundOut() throws Exception {
        connection.jetStreamManagement().deleteStream(STREAM);

        assertThatThrownBy(() -> arrived(0, "a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(STREAM);
    }

    private Set<String> arrived(long floor, String... ids) throws Exception {
        return StreamAudit.arrived(connection, STREAM, floor, Set.of(ids));
    }

    private void publish(String noun, String id) throws Exception {
        connection
                .jetStream()
                .publish(
                        "qiki.v1.qiki-1." + noun,
                        new Headers().put(OutMessage.MESSAGE_ID, id),
                        new byte[] {1});
    }
}
