package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.testkit.Reports;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of requests at once. */
@Timeout(120)
class HttpStressIT {
    private static final int REQUESTS = 5_000;
    private static final int CONNECTIONS = 100;

    @Test
    void shouldAnswerThousandsOfGetsAtOnce() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (WebHarness server = WebHarness.start()) {
            server.tick(Reports.at(7));
            HttpClient client =
                    vertx.createHttpClient(
                            new HttpClientOptions()
                                    .setDefaultHost("127.0.0.1")
                                    .setDefaultPort(server.port()),
                            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(
                        client.request(HttpMethod.GET, "/api/v1/twins/qiki-1/state")
                                .compose(request -> request.send().compose(HttpStressIT::text)));
            }
            WebHarness.get(Future.all(answers));
            String first = answers.get(0).result();
            assertThat(first).contains("\"history\"");
            assertThat(answers).allMatch(one -> one.result().startsWith("200 "));
        } finally {
            WebHarness.get(vertx.close());
        }
    }

    private static Future<String> text(HttpClientResponse response) {
        return response.body().map(body -> response.statusCode() + " " + body);
    }
}
