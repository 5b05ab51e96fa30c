package io.qiki.dtmp.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.qiki.dtmp.testkit.WebHarness;
import io.qiki.dtmp.testkit.WebProbe;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP itself asks of a server, with requests that clients of good will do not send. */
@Timeout(60)
class HttpRulesTest {
    private static final String CONTROL = "/api/v1/sim/control";

    private static WebHarness harness;
    private static WebProbe probe;

    @BeforeAll
    static void start() throws Exception {
        harness = WebHarness.start();
        probe = new WebProbe(harness.vertx(), harness.port());
    }

    @AfterAll
    static void stop() throws Exception {
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/sim/control, POST",
        "PUT, /api/v1/twins/qiki-1/faults, 'GET, HEAD, POST'",
        "GET, /api/v1/twins/qiki-1/faults/x, DELETE",
        "PUT, /api/v1/twins, 'GET, HEAD'",
        "DELETE, /metrics, 'GET, HEAD'",
        "POST, /health/ready, 'GET, HEAD'",
        "POST, /, 'GET, HEAD'"
    })
    void shouldSayWhichMethodsAPathAllows(String method, String path, String allowed)
            throws Exception {
        WebProbe.Answer answer = ask(method, path);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("Allow", allowed);
        assertThat(answer.json().getString("code")).isEqualTo("request.bad-method");
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/v1", "POST, /api/v1", "PUT, /nothing", "GET, /eventbus/iframe.html"})
    void shouldNotKnowOtherPaths(String method, String path) throws Exception {
        WebProbe.Answer answer = ask(method, path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("code")).isEqualTo("request.not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/twins", "/api/v1/fsm", "/metrics", "/health/live"})
    void shouldAnswerHeadLikeGetWithoutABody(String path) throws Exception {
        WebProbe.Answer head = ask("HEAD", path);
        WebProbe.Answer get = ask("GET", path);

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.type()).isEqualTo(get.type());
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET /api/v1/twins/%zz HTTP/1.1|Host: HERE",
        "400, GET /api/v1/twins HTTP/1.1|Host: HERE|Host: evil.example",
        "400, GET /api/v1/twins",
        "414, GET /LONG HTTP/1.1|Host: HERE",
        "431, GET / HTTP/1.1|Host: HERE|X: LONG"
    })
    void shouldRefuseWhatCannotBeReadWithAProblem(int status, String lines) throws Exception {
        String answer = raw(lines);

        assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*");
        assertThat(answer).containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE);
        JsonObject problem = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.getInteger("status")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command_name\":\"sim.start\",\"command_name\":\"sim.pause\"}"
                        + " | Duplicate field 'command_name' at line 1, column",
                "{\"command_name\":\"sim.speed\",\"parameters\":{\"factor\":NaN}} | Non-standard token 'NaN'",
                "[1] | JSON object"
            })
    void shouldSayWhatIsWrongWithABodyAndWhere(String body, String sentence) throws Exception {
        WebProbe.Answer answer = probe.post(CONTROL, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail"))
                .startsWith("the body must be a JSON object")
                .contains(sentence);
    }

    @Test
    void shouldRepeatOnlyTheBeginningOfALongText() throws Exception {
        String body = new JsonObject().put("command_name", "x".repeat(60_000)).encode();

        assertThat(probe.post(CONTROL, body).json().getString("detail").length()).isLessThan(300);
    }

    @ParameterizedTest
    @CsvSource({
        "400, application/jsonx",
        "400, application/json; charset=utf-16",
        "400, text/plain",
        "200, application/json",
        "200, Application/JSON; charset=UTF-8"
    })
    void shouldTakeJsonInUtf8Only(int status, String type) throws Exception {
        WebProbe.Answer answer =
                probe.ask(
                        HttpMethod.POST,
                        CONTROL,
                        Map.of("Content-Type", type),
                        "{\"command_name\":\"sim.start\"}");

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=", "?limit=1&limit=2", "?after=", "?Limit=1"})
    void shouldRefuseParametersThatAreEmptyDoubledOrUnknown(String query) throws Exception {
        assertThat(probe.get("/api/v1/twins" + query).status()).isEqualTo(400);
    }

    @Test
    void shouldCountEveryRefusal() throws Exception {
        double foreign = refusals("request.foreign-origin");
        double unknown = refusals("request.not-found");
        double method = refusals("request.bad-method");
        double malformed = refusals("request.malformed");

        probe.ask(HttpMethod.GET, "/", Map.of("Origin", "http://evil.example"), "");
        probe.get("/nothing");
        ask("PUT", "/api/v1/twins");
        raw("GET /api/v1/twins");

        await().until(() -> refusals("request.foreign-origin") == foreign + 1);
        await().until(() -> refusals("request.not-found") == unknown + 1);
        await().until(() -> refusals("request.bad-method") == method + 1);
        await().until(() -> refusals("request.malformed") == malformed + 1);
    }

    @Test
    void shouldTypeItsCountersAndExplainEveryMetric() throws Exception {
        List<String> lines = probe.get("/metrics").body().lines().toList();

        assertThat(lines)
                .contains(
                        "# TYPE qiki_web_messages_total counter",
                        "# TYPE qiki_web_events_dropped_total counter",
                        "# TYPE qiki_journal_dropped_total counter",
                        "# TYPE qiki_store_commits_total counter",
                        "# TYPE qiki_web_sessions gauge");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("# HELP qiki_"))
                .isNotEmpty()
                .allMatch(line -> line.split(" ", 4)[3].length() > 5);
    }

    @Test
    void shouldCloseConnectionsOnWhichNothingMoves() {
        assertThat(HttpLimits.options(new WebConfig("::1", 0, List.of())).getIdleTimeout())
                .isEqualTo(HttpLimits.IDLE_SECONDS)
                .isPositive();
    }

    private static WebProbe.Answer ask(String method, String path) throws Exception {
        return probe.ask(HttpMethod.valueOf(method), path, Map.of(), "");
    }

    private static double refusals(String code) throws Exception {
        String prefix = "qiki_web_refusals_total{code=\"" + code + "\"} ";
        return probe.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
                .sum();
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), harness.port());
    }

    private static String raw(String lines) throws IOException {
        String request =
                lines.replace("|", "\r\n")
                        .replace("HERE", "127.0.0.1:" + harness.port())
                        .replace("LONG", "x".repeat(20_000));
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            (request + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
