package io.qiki.dtmp.testkit;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** Asks a server as a browser or a program does, with any header. */
public final class WebProbe {
    private final HttpClient client;
    private final int port;

    /** A probe of a port of this machine. */
    public WebProbe(Vertx vertx, int port) {
        this.client = vertx.createHttpClient();
        this.port = port;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param type of the content
     * @param headers of the answer, by lower-case name
     * @param body as it came
     */
    public record Answer(int status, String type, Map<String, String> headers, String body) {
        /** The body as JSON. */
        public JsonObject json() {
            return new JsonObject(body);
        }
    }

    /** GET. */
    public Answer get(String path) throws Exception {
        return ask(HttpMethod.GET, path, Map.of(), "");
    }

    /** POST of JSON. */
    public Answer post(String path, JsonObject body) throws Exception {
        return post(path, body.encode());
    }

    /** POST of a text that says it is JSON. */
    public Answer post(String path, String body) throws Exception {
        return ask(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), body);
    }

    /** A request with headers of one's own. */
    public Answer ask(HttpMethod method, String path, Map<String, String> headers, String body)
            throws Exception {
        RequestOptions options =
                new RequestOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setMethod(method)
                        .setURI(path)
                        .setTimeout(15_000);
        return WebHarness.get(
                client.request(options).compose(request -> send(request, headers, body)));
    }

    /** Asks for the body within the turn that brings the answer: later it may be gone. */
    private static Future<Answer> send(
            HttpClientRequest request, Map<String, String> headers, String body) {
        headers.forEach(request::putHeader);
        return request.send(Buffer.buffer(body))
                .compose(response -> response.body().map(content -> answer(response, content)));
    }

    private static Answer answer(HttpClientResponse response, Buffer content) {
        return new Answer(
                response.statusCode(),
                String.valueOf(response.getHeader("content-type")),
                lowerCase(response.headers()),
                content.toString());
    }

    private static Map<String, String> lowerCase(MultiMap headers) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(map::put);
        return map;
    }
}
