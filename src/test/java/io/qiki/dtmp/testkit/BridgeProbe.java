package io.qiki.dtmp.testkit;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A browser on the socket: the event-bus bridge protocol over a raw WebSocket. */
public final class BridgeProbe implements AutoCloseable {
    /** A client that nobody refers to is collected and closes its sockets. */
    private final WebSocketClient client;

    private final WebSocket socket;
    private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    private BridgeProbe(WebSocketClient client, WebSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
    }

    /** Connects with an origin. */
    public static BridgeProbe connect(Vertx vertx, int port, String origin) throws Exception {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/eventbus/websocket")
                        .addHeader("Origin", origin);
        WebSocketClient client = vertx.createWebSocketClient();
        return new BridgeProbe(client, WebHarness.get(client.connect(options)));
    }

    /** Connects as the page of the server itself. */
    public static BridgeProbe connect(Vertx vertx, int port) throws Exception {
        return connect(vertx, port, "http://127.0.0.1:" + port);
    }

    /** Registers for an address. */
    public void register(String address) {
        send(new JsonObject().put("type", "register").put("address", address));
    }

    /** Sends a frame. */
    public void send(JsonObject frame) {
        socket.writeTextMessage(frame.encode());
    }

    /** Sends a text that need not be a frame. */
    public void sendText(String text) {
        socket.writeTextMessage(text);
    }

    /** Calls an address and gives the frame that answers, a message or a refusal. */
    public JsonObject call(String address, JsonObject body) {
        String reply = "reply-" + calls.incrementAndGet();
        send(
                new JsonObject()
                        .put("type", "send")
                        .put("address", address)
                        .put("replyAddress", reply)
                        .put("body", body));
        return next(reply);
    }

    /** The first frame to an address, when it is there. */
    public JsonObject next(String address) {
        await().until(() -> find(address).isPresent());
        JsonObject frame = find(address).orElseThrow();
        frames.remove(frame);
        return frame;
    }

    /** The first frame to an address with a later version; the same version may be told again. */
    public JsonObject newer(String address, long version) {
        JsonObject frame = next(address);
        while (frame.getJsonObject("body").getLong("version") <= version) {
            frame = next(address);
        }
        return frame;
    }

    /** Frames to an address that came and were not taken. */
    public List<JsonObject> all(String address) {
        return frames.stream().filter(f -> address.equals(f.getString("address"))).toList();
    }

    /** The first frame of a type, when it is there. */
    public JsonObject ofType(String type) {
        await().until(() -> frames.stream().anyMatch(f -> type.equals(f.getString("type"))));
        return frames.stream().filter(f -> type.equals(f.getString("type"))).findFirst().get();
    }

    /** Closes the socket. */
    @Override
    public void close() throws Exception {
        WebHarness.get(socket.close());
        WebHarness.get(client.close());
    }

    private Optional<JsonObject> find(String address) {
        return frames.stream().filter(f -> address.equals(f.getString("address"))).findFirst();
    }
}
