package io.qiki.dtmp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.NatsLogin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A process with a bridge, a real server, and a foreign client of it. */
public final class NatsHarness implements AutoCloseable {
    private final NatsServer server;
    private final LiveProcess process;
    private final NatsProbe probe;

    private NatsHarness(NatsServer server, LiveProcess process, NatsProbe probe) {
        this.server = server;
        this.process = process;
        this.probe = probe;
    }

    /** Starts everything with JSON beside protobuf and a generous rate; the twins are ACTIVE. */
    public static NatsHarness start(Path dir, int twins) throws Exception {
        NatsServer server = NatsServer.start(dir);
        LiveProcess process =
                LiveProcess.start(Plans.bridged(Plans.demo(twins), wordy(server.url(), 100_000)));
        NatsHarness all = new NatsHarness(server, process, new NatsProbe(server.url()));
        await().atMost(Duration.ofSeconds(30)).until(() -> all.state().equals("ACTIVE"));
        return all;
    }

    /** A configuration with JSON beside protobuf. */
    public static NatsConfig wordy(String url, int rate) {
        NatsConfig plain = NatsConfig.of(url);
        return new NatsConfig(
                url,
                NatsLogin.NONE,
                plain.tls(),
                plain.streams(),
                plain.outbox(),
                true,
                true,
                rate);
    }

    /** The server. */
    public NatsServer server() {
        return server;
    }

    /** The process. */
    public LiveProcess process() {
        return process;
    }

    /** The foreign client. */
    public NatsProbe probe() {
        return probe;
    }

    /** State of the first twin's agent. */
    public String state() throws Exception {
        return get("/api/v1/twins/qiki-1").getString("state");
    }

    /** An answer of the process's HTTP interface. */
    public JsonObject get(String path) throws Exception {
        return process.probe().get(path).json();
    }

    /** What the process's health says of a component: its reason, or nothing when it is up. */
    public String trouble(String component) throws Exception {
        JsonObject all = get("/health/ready").getJsonObject("components");
        String reason = all.getJsonObject(component).getString("reason");
        return reason == null ? "" : reason;
    }

    /** Every event of the process's log, oldest first. */
    public JsonArray events() throws Exception {
        return get("/api/v1/events?limit=1000").getJsonArray("events");
    }

    /** Gives the first twin a short burst by HTTP. */
    public UUID burst() throws Exception {
        UUID id = UUID.randomUUID();
        JsonObject body =
                new JsonObject()
                        .put("command_id", id.toString())
                        .put("actuator", "rcs_forward")
                        .put("command_type", "SET_VELOCITY")
                        .put("value", 10)
                        .put("unit", "PERCENT")
                        .put("timeout_ms", 200);
        assertThat(process.probe().post("/api/v1/twins/qiki-1/commands", body).status())
                .isEqualTo(202);
        return id;
    }

    /** How far a command came. */
    public String stage(UUID id) throws Exception {
        return get("/api/v1/commands/" + id).getString("stage");
    }

    /** What a stream holds of a subject. */
    public List<Message> kept(String stream, String subject) throws Exception {
        return probe.all(stream).stream().filter(one -> one.getSubject().equals(subject)).toList();
    }

    @Override
    public void close() throws Exception {
        probe.close();
        process.close();
        server.close();
    }
}
