package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nats.client.Message;
import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.NatsLogin;
import io.qiki.dtmp.nats.OutboxLimits;
import io.qiki.dtmp.nats.StreamLimits;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.CuttableProxy;
import io.qiki.dtmp.testkit.FakeNats;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.NatsProbe;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.SmallDisk;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qiki.twin.v1.State;

/** NATS goes away in every way, and comes back: the twin flies, and nothing that counts is lost. */
@Timeout(240)
class NatsOutageIT {
    /** How long the server is killed again and again, s; a minute by command. */
    private static final long KILLING_SECONDS = Long.getLong("qiki.outage.seconds", 20);

    private static final int KILLS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path dir;

    private Optional<NatsServer> server = Optional.empty();
    private Optional<LiveProcess> process = Optional.empty();

    @AfterEach
    void stop() throws Exception {
        if (process.isPresent()) {
            process.get().close();
        }
        server.ifPresent(NatsServer::close);
    }

    @Test
    void shouldFlyWithoutAServerAndTellEverythingOnceThereIsOne() throws Exception {
        int port = freePort();
        start(NatsConfig.of("nats://127.0.0.1:" + port));
        await().atMost(PATIENCE).until(() -> twin().getString("state").equals("ACTIVE"));
        assertThat(trouble()).contains("Unable to connect");
        assertThat(get("/health/ready").getString("status")).isEqualTo("DOWN");

        serve("-p", Integer.toString(port));
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        assertEverythingIsTold();
    }

    @Test
    void shouldTellEverythingOnceThoughTheServerIsKilledAgainAndAgain() throws Exception {
        NatsServer nats = serve();
        start(NatsConfig.of(nats.url()));
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        Random random = new Random(11);
        long before = memory();
        long slips = slips();
        long firstTick = twin().getLong("tick");
        long begun = System.nanoTime();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILLING_SECONDS);
        int kills = 0;
        while (kills < KILLS || System.nanoTime() < end) {
            command();
            long each = KILLING_SECONDS * 1_000 / KILLS;
            hold(each / 2 + random.nextInt((int) each / 4));
            command();
            if (kills < KILLS) {
                nats.kill();
                hold(random.nextInt((int) each / 4));
                command();
                nats.restart();
                kills++;
            }
        }
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());

        long ticks = twin().getLong("tick") - firstTick;
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertEverythingIsTold();
        assertThat(ticks).isGreaterThan((long) (9 * seconds));
        System.out.printf(
                "%d kills in %d s: %d ticks, %d slips, heap %d -> %d MiB%n",
                kills, KILLING_SECONDS, ticks, slips() - slips, before >> 20, memory() >> 20);
    }

    @Test
    void shouldComeBackAfterItsConnectionWasCutLoudlyAndInSilence() throws Exception {
        NatsServer nats = serve();
        Vertx vertx = Vertx.vertx();
        try (CuttableProxy proxy = new CuttableProxy(vertx, nats.port())) {
            start(NatsConfig.of("nats://127.0.0.1:" + proxy.port()));
            await().atMost(PATIENCE).until(() -> trouble().isEmpty());
            for (boolean silently : List.of(false, true)) {
                proxy.cut(silently);
                command();
                await().atMost(PATIENCE).until(() -> !trouble().isEmpty());
                command();
                proxy.heal();
                await().atMost(PATIENCE).until(() -> trouble().isEmpty());
            }
            assertEverythingIsTold();
        } finally {
            vertx.close();
        }
    }

    @Test
    void shouldBearAServerThatStandsStillAndOneThatIsSlow() throws Exception {
        NatsServer nats = serve();
        start(NatsConfig.of(nats.url()));
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        nats.pause();
        command();
        long tick = twin().getLong("tick");
        await().atMost(PATIENCE).until(() -> !trouble().isEmpty());
        assertThat(twin().getLong("tick")).isGreaterThan(tick + 10);
        nats.resume();
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());

        // And one that works a tenth of the time
        for (int i = 0; i < 10; i++) {
            nats.pause();
            command();
            hold(270);
            nats.resume();
            hold(30);
        }
        assertEverythingIsTold();
    }

    @Test
    void shouldSayThatItIsNotLetInAndComeInWithTheRightToken() throws Exception {
        NatsServer nats = serve("--auth", "secret-word");
        Path token = Files.writeString(dir.resolve("token"), "wrong");
        start(withToken(nats.url(), token));
        await().atMost(PATIENCE).until(() -> trouble().contains("login"));
        assertThat(trouble()).doesNotContain("wrong").doesNotContain("secret-word");

        Files.writeString(token, "secret-word\n");
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
    }

    @Test
    void shouldSayWhatTheServerLacks() throws Exception {
        Path small = dir.resolve("small.conf");
        Files.writeString(small, "jetstream { max_mem: 1MB, max_file: 1MB }\n");
        NatsServer nats = serve("-c", small.toString());
        start(NatsConfig.of(nats.url()));
        await().atMost(PATIENCE).until(() -> trouble().contains("insufficient"));

        assertThat(trouble()).contains("the server refuses stream").contains("(10047)");
        await().atMost(PATIENCE).until(() -> twin().getString("state").equals("ACTIVE"));
    }

    @ParameterizedTest
    @CsvSource({
        "2.8.4, true, 'version 2.8.4, which is too old; 2.9.0 or later is needed'",
        "2.10.1, false, the server has no JetStream; start it with -js"
    })
    void shouldSayThatTheServerIsTooOldOrHasNoStreams(
            String version, boolean streams, String sentence) throws Exception {
        try (FakeNats old = new FakeNats(version, streams)) {
            start(NatsConfig.of(old.url()));
            await().atMost(PATIENCE).until(() -> trouble().contains(sentence));
        }
    }

    @Test
    void shouldSayThatItMayOnlyRead() throws Exception {
        Path reader = dir.resolve("reader.conf");
        Files.writeString(
                reader,
                "jetstream: enabled\nauthorization { users = [ {user: qiki, password: word,"
                        + " permissions: {publish: [\"$JS.API.STREAM.INFO.>\"], subscribe: \">\"}} ]"
                        + " }\n");
        NatsServer nats = serve("-c", reader.toString());
        Path word = Files.writeString(dir.resolve("word"), "word");
        start(
                new NatsConfig(
                        nats.url(),
                        new NatsLogin(
                                Optional.empty(), "qiki", Optional.of(word), Optional.empty()),
                        NatsConfig.Tls.NONE,
                        StreamLimits.DEFAULT,
                        NatsConfig.of("").outbox(),
                        false,
                        true,
                        50));
        await().atMost(PATIENCE).until(() -> trouble().contains("Permissions Violation"));
        assertThat(trouble()).contains("stream QIKI_RADAR_V1");
    }

    @Test
    void shouldSayThatTheDiskIsFullAndTellEverythingOnceThereIsRoom() throws Exception {
        Path small = Files.createDirectory(dir.resolve("store"));
        assumeTrue(SmallDisk.canMount(), "a small disk needs the right to mount one");
        try (SmallDisk disk = new SmallDisk(small, 8)) {
            Path conf = dir.resolve("disk.conf");
            Files.writeString(conf, "jetstream { max_file: 10GB }\n");
            NatsServer nats = serve("-c", conf.toString());
            start(NatsConfig.of(nats.url()));
            await().atMost(PATIENCE).until(() -> trouble().isEmpty());
            disk.fill();
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                command();
                                return !trouble().isEmpty();
                            });
            System.out.println("disk full: " + trouble());
            long tick = twin().getLong("tick");
            await().atMost(PATIENCE).until(() -> twin().getLong("tick") > tick + 10);

            // An operator makes room; servers of this age want to be started anew
            disk.clear();
            nats.kill();
            nats.restart();
            await().atMost(PATIENCE).until(() -> trouble().isEmpty());
            assertEverythingIsTold();
            server.get().close();
        }
    }

    @Test
    void shouldMendAStreamThatSomebodyElseMade() throws Exception {
        NatsServer nats = serve();
        try (NatsProbe probe = new NatsProbe(nats.url())) {
            probe.connection()
                    .jetStreamManagement()
                    .addStream(
                            io.nats.client.api.StreamConfiguration.builder()
                                    .name(Subjects.EVENTS_STREAM)
                                    .subjects("qiki.events.v1.fault")
                                    .maxBytes(5_000_000)
                                    .build());
            start(NatsConfig.of(nats.url()));
            await().atMost(PATIENCE).until(() -> trouble().isEmpty());

            var mended =
                    probe.connection()
                            .jetStreamManagement()
                            .getStreamInfo(Subjects.EVENTS_STREAM)
                            .getConfiguration();
            assertThat(mended.getSubjects()).contains("qiki.events.v1.>");
            assertThat(mended.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
            assertThat(mended.getMaxBytes()).isEqualTo(5_000_000);
        }
    }

    @Test
    void shouldGoOnWhereARestartedBridgeWas() throws Exception {
        NatsServer nats = serve();
        start(NatsConfig.of(nats.url()));
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        for (int i = 0; i < 3; i++) {
            command();
            process.get()
                    .topology()
                    .restart(new ComponentFailed("nats", ComponentFailed.NO_SHARD, "on purpose"));
            hold(700);
        }
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        assertEverythingIsTold();
    }

    @Test
    void shouldGiveUpTheOldestWhenAnOutboxIsFullAndSaySo() throws Exception {
        int port = freePort();
        NatsConfig plain = NatsConfig.of("nats://127.0.0.1:" + port);
        start(
                new NatsConfig(
                        plain.url(),
                        plain.login(),
                        plain.tls(),
                        plain.streams(),
                        new OutboxLimits(20, 1 << 20),
                        false,
                        true,
                        50));
        await().atMost(PATIENCE).until(() -> trouble().contains("messages given up"));

        serve("-p", Integer.toString(port));
        await().atMost(PATIENCE).until(() -> trouble().isEmpty());
        try (NatsProbe probe = new NatsProbe("nats://127.0.0.1:" + port)) {
            await().atMost(PATIENCE).until(() -> !decisions(probe).isEmpty());
            Message first = decisions(probe).get(0);
            long missed = Long.parseLong(first.getHeaders().getFirst("qiki-missed"));
            long tick = qiki.twin.v1.Decision.parseFrom(first.getData()).getTick();
            assertThat(missed).isBetween(1L, tick);
        }
        assertThat(process.get().probe().get("/metrics").body())
                .containsPattern("qiki_nats_dropped_total\\{kind=\"decision\"\\} [1-9]");

        // Events are kept by their log meanwhile
        assertEverythingIsTold();
    }

    private static List<Message> decisions(NatsProbe probe) throws Exception {
        return probe.all(Subjects.TWIN_STREAM).stream()
                .filter(one -> one.getSubject().endsWith(".decision"))
                .toList();
    }

    /** The whole event log is in the stream, once and in order, and so are states and stages. */
    private void assertEverythingIsTold() throws Exception {
        JsonArray logged = get("/api/v1/events?limit=1000").getJsonArray("events");
        long newest = logged.getJsonObject(logged.size() - 1).getLong("id");
        try (NatsProbe probe = new NatsProbe(server.orElseThrow().url())) {
            await().atMost(PATIENCE).until(() -> lastId(probe) >= newest);
            List<Message> told = probe.all(Subjects.EVENTS_STREAM);
            List<Long> ids = new ArrayList<>();
            List<Long> commands = new ArrayList<>();
            for (Message one : told) {
                JsonObject event = NatsProbe.json(one);
                ids.add(event.getLong("id"));
                if (event.getString("type").equals("command")
                        && event.getJsonObject("data").containsKey("stage")) {
                    commands.add(event.getLong("id"));
                }
            }
            assertThat(ids).isSorted().doesNotHaveDuplicates();
            assertThat(ids.get(ids.size() - 1) - ids.get(0) + 1).isEqualTo(ids.size());
            assertThat(ids.get(0)).isEqualTo(1);
            for (int i = 0; i < logged.size(); i++) {
                JsonObject event = logged.getJsonObject(i);
                assertThat(NatsProbe.json(told.get(event.getLong("id").intValue() - 1)))
                        .isEqualTo(event);
            }
            await().atMost(PATIENCE).until(() -> stages(probe).size() >= commands.size());
            Set<String> messages = new HashSet<>();
            long version = -1;
            for (Message one : probe.all(Subjects.TWIN_STREAM)) {
                assertThat(messages.add(one.getHeaders().getFirst("Nats-Msg-Id"))).isTrue();
                if (one.getSubject().endsWith(".state")) {
                    long next = State.parseFrom(one.getData()).getVersion();
                    assertThat(version < 0 || next == version + 1).isTrue();
                    version = next;
                }
            }
        }
    }

    private static long lastId(NatsProbe probe) throws Exception {
        List<Message> told = probe.all(Subjects.EVENTS_STREAM);
        return told.isEmpty() ? 0 : NatsProbe.json(told.get(told.size() - 1)).getLong("id");
    }

    private static List<Message> stages(NatsProbe probe) throws Exception {
        return probe.all(Subjects.TWIN_STREAM).stream()
                .filter(one -> one.getSubject().endsWith(".command"))
                .toList();
    }

    private void command() throws Exception {
        JsonObject body =
                new JsonObject()
                        .put("command_id", UUID.randomUUID().toString())
                        .put("actuator", "rcs_forward")
                        .put("command_type", "SET_VELOCITY")
                        .put("value", 10)
                        .put("unit", "PERCENT")
                        .put("timeout_ms", 100);
        process.orElseThrow().probe().post("/api/v1/twins/qiki-1/commands", body);
    }

    private NatsServer serve(String... more) throws IOException {
        server = Optional.of(NatsServer.start(dir, more));
        return server.get();
    }

    private void start(NatsConfig nats) throws Exception {
        process = Optional.of(LiveProcess.start(Plans.bridged(Plans.demo(1), nats)));
    }

    private static NatsConfig withToken(String url, Path token) {
        NatsConfig plain = NatsConfig.of(url);
        return new NatsConfig(
                url,
                new NatsLogin(Optional.of(token), "", Optional.empty(), Optional.empty()),
                plain.tls(),
                plain.streams(),
                plain.outbox(),
                false,
                true,
                50);
    }

    private JsonObject twin() throws Exception {
        return get("/api/v1/twins/qiki-1");
    }

    private String trouble() throws Exception {
        String reason =
                get("/health/ready")
                        .getJsonObject("components")
                        .getJsonObject("nats")
                        .getString("reason");
        return reason == null ? "" : reason;
    }

    private JsonObject get(String path) throws Exception {
        return process.orElseThrow().probe().get(path).json();
    }

    private long slips() throws Exception {
        return WebHarness.get(process.orElseThrow().topology().runStatus()).slips();
    }

    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void hold(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
