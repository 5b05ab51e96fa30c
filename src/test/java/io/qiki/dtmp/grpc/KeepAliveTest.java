package io.qiki.dtmp.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that are there, callers that are not, and callers that cannot be asked. */
@Timeout(30)
class KeepAliveTest {
    private static final long PERIOD_MILLIS = 200;
    private static final long LIMIT_MILLIS = 100;
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger opened = new AtomicInteger();
    private KeepAlive keepAlive;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        keepAlive = new KeepAlive(vertx, PERIOD_MILLIS, LIMIT_MILLIS);
        server =
                WebHarness.get(
                        vertx.createHttpServer()
                                .connectionHandler(
                                        connection -> {
                                            opened.incrementAndGet();
                                            keepAlive.add(connection);
                                        })
                                .requestHandler(request -> request.response().end("well"))
                                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        keepAlive.stop();
        WebHarness.get(vertx.close());
    }

    private Future<String> ask(HttpClientAgent client) {
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send())
                .compose(response -> response.body())
                .map(body -> body.toString(StandardCharsets.UTF_8));
    }

    private HttpClientAgent client(HttpVersion version) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(version)
                        .setHttp2ClearTextUpgrade(false));
    }

    @Test
    void shouldCloseACallerThatAnswersNothing() throws Exception {
        closeTheSilent(0);
    }

    @Test
    void shouldKeepACallerThatIsSilentButAnswers() throws Exception {
        HttpClientAgent client = client(HttpVersion.HTTP_2);
        assertThat(WebHarness.get(ask(client))).isEqualTo("well");

        await().pollDelay(Duration.ofMillis(6 * PERIOD_MILLIS)).until(() -> true);

        assertThat(WebHarness.get(ask(client))).isEqualTo("well");
        assertThat(opened).hasValue(1);
        assertThat(keepAlive.size()).isEqualTo(1);
    }

    @Test
    void shouldCloseASilentCallerAlthoughAnotherCannotBeAsked() throws Exception {
        HttpClientAgent old = client(HttpVersion.HTTP_1_1);
        assertThat(WebHarness.get(ask(old))).isEqualTo("well");

        closeTheSilent(1);

        assertThat(WebHarness.get(ask(old))).isEqualTo("well");
        assertThat(opened).as("connections; the old one was kept").hasValue(2);
    }

    private void closeTheSilent(int others) throws Exception {
        try (Socket silent = new Socket("127.0.0.1", server.actualPort())) {
            silent.getOutputStream().write(PREFACE);
            silent.getOutputStream().write(EMPTY_SETTINGS);
            await().until(() -> opened.get() == others + 1);

            InputStream in = silent.getInputStream();
            silent.setSoTimeout(10_000);
            while (in.read() >= 0) {
                // What it is told before the end does not matter.
            }

            await().until(() -> keepAlive.size() <= others);
        }
    }
}
