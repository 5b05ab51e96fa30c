package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qiki.dtmp.testkit.BridgeProbe;
import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ForeignOriginIT {
    private WebHarness server;
    private WebProbe probe;

    @BeforeEach
    void start() throws Exception {
        server = WebHarness.start();
        probe = new WebProbe(server.vertx(), server.port());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/",
        "GET,/api/v1/twins",
        "POST,/api/v1/sim/control",
        "POST,/api/v1/twins/qiki-1/faults",
        "GET,/metrics",
        "GET,/health/ready",
        "GET,/eventbus/info",
        "POST,/eventbus/000/abcdefgh/xhr",
        "GET,/no/such/path",
        "OPTIONS,/api/v1/sim/control"
    })
    void shouldRefuseAForeignOriginAndAForeignHostEverywhere(String method, String path)
            throws Exception {
        for (Map<String, String> headers :
                java.util.List.of(
                        Map.of("Origin", "http://evil.example"),
                        Map.of("Host", "evil.example:" + server.port()),
                        Map.of("Sec-Fetch-Site", "cross-site"))) {
            WebProbe.Answer answer = probe.ask(HttpMethod.valueOf(method), path, headers, "");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.json().getString("code")).isEqualTo("request.foreign-origin");
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
        }
    }

    @Test
    void shouldLetItsOwnOriginIn() throws Exception {
        Map<String, String> own = Map.of("Origin", "http://127.0.0.1:" + server.port());

        assertThat(probe.ask(HttpMethod.GET, "/api/v1/twins", own, "").status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseTheWebSocketOfAForeignOrigin() {
        assertThatThrownBy(
                        () ->
                                BridgeProbe.connect(
                                        server.vertx(), server.port(), "http://evil.example"))
                .hasRootCauseInstanceOf(UpgradeRejectedException.class)
                .rootCause()
                .extracting(cause -> ((UpgradeRejectedException) cause).getStatus())
                .isEqualTo(403);
    }
}
