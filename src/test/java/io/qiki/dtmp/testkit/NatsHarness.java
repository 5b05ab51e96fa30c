package io.qiki.dtmp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.NatsLogin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A real server and a process with a bridge, each begun when a test wants it. */
public final class NatsHarness implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path dir;
    private Optional<NatsServer> server = Optional.empty();
    private Optional<LiveProcess> process = Optional.empty();
    private Optional<NatsProbe> probe = Optional.empty();

    /** Nothing yet, with a directory for the server. */
    public NatsHarness(Path dir) {
        this.dir = dir;
    }

    /** Starts everything with JSON beside protobuf and a generous rate; the twins are ACTIVE. */
    public static NatsHarness start(Path dir, int twins) throws Exception {
        NatsHarness all = new NatsHarness(dir);
        all.fly(twins, wordy(all.serve().url(), 100_000));
        all.awaitActive();
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

    /** A configuration with a login. */
    public static NatsConfig login(String url, NatsLogin login, NatsConfig.Tls tls) {
        NatsConfig plain = NatsConfig.of(url);
        return new NatsConfig(
                url,
                login,
                tls,
                plain.streams(),
                plain.outbox(),
                plain.json(),
                plain.reports(),
                plain.ratePerSecond());
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts a server, with more arguments. */
    public NatsServer serve(String... more) throws IOException {
        server = Optional.of(NatsServer.start(dir, more));
        return server.get();
    }

    /** Starts a process with one twin; connected or not. */
    public void fly(NatsConfig nats) throws Exception {
        fly(1, nats);
    }

    private void fly(int twins, NatsConfig nats) throws Exception {
        process = Optional.of(LiveProcess.start(Plans.bridged(Plans.demo(twins), nats)));
    }

    /** Waits until the process says that all is well with NATS. */
    public void awaitUp() {
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
    }

    /** Waits until the process says what is wrong with NATS; any part of the sentence. */
    public void awaitTrouble(String part) {
        await().atMost(PATIENCE).until(() -> !trouble().isEmpty() && trouble().contains(part));
    }

    /** Waits until the first twin flies. */
    public void awaitActive() {
        await().atMost(PATIENCE).until(() -> state().equals("ACTIVE"));
    }

    /** The server. */
    public NatsServer server() {
        return server.orElseThrow();
    }

    /** The process. */
    public LiveProcess process() {
        return process.orElseThrow();
    }

    /** A foreign client of the server, the same for all of a test. */
    public NatsProbe probe() throws IOException, InterruptedException {
        if (probe.isEmpty()) {
            probe = Optional.of(new NatsProbe(server().url()));
        }
        return probe.get();
    }

    /** State of the first twin's agent. */
    public String state() throws Exception {
        return get("/api/v1/twins/qiki-1").getString("state");
    }

    /** Tick of the first twin. */
    public long tick() throws Exception {
        return get("/api/v1/twins/qiki-1").getLong("tick");
    }

    /** An answer of the process's HTTP interface. */
    public JsonObject get(String path) throws Exception {
        return process().probe().get(path).json();
    }

    /** What the process's health says of NATS: its reason, or nothing when it is up. */
    public String trouble() throws Exception {
        JsonObject all = get("/health/ready").getJsonObject("components");
        return Optional.ofNullable(all.getJsonObject("nats").getString("reason")).orElse("");
    }

    /** Every event of the process's log, oldest first. */
    public JsonArray events() throws Exception {
        return get("/api/v1/events?limit=1000").getJsonArray("events");
    }

    /** Gives the first twin a short burst by HTTP, which must be taken. */
    public UUID burst() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(command(id)).isEqualTo(202);
        return id;
    }

    /** The same, taken or not. */
    public int command(UUID id) throws Exception {
        JsonObject body =
                new JsonObject()
                        .put("command_id", id.toString())
                        .put("actuator", "rcs_forward")
                        .put("command_type", "SET_VELOCITY")
                        .put("value", 10)
                        .put("unit", "PERCENT")
                        .put("timeout_ms", 200);
        return process().probe().post("/api/v1/twins/qiki-1/commands", body).status();
    }

    /** How far a command came. */
    public String stage(UUID id) throws Exception {
        return get("/api/v1/commands/" + id).getString("stage");
    }

    /** What a stream holds of a subject. */
    public List<Message> kept(String stream, String subject) throws Exception {
        return probe().all(stream).stream()
                .filter(one -> one.getSubject().equals(subject))
                .toList();
    }

    @Override
    public void close() throws Exception {
        if (probe.isPresent()) {
            probe.get().close();
        }
        if (process.isPresent()) {
            process.get().close();
        }
        server.ifPresent(NatsServer::close);
    }
}
