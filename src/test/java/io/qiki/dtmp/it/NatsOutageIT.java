package io.qiki.dtmp.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nats.client.Message;
import io.qiki.dtmp.nats.NatsConfig;
import io.qiki.dtmp.nats.OutboxLimits;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.CuttableProxy;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsProbe;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.SmallDisk;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import qiki.twin.v1.State;

/** NATS goes away in every way, and comes back: the twin flies, and nothing that counts is lost. */
@Timeout(240)
class NatsOutageIT {
    /** How long the server is killed again and again, s; a minute by command. */
    private static final long KILLING_SECONDS = Long.getLong("qiki.outage.seconds", 20);

    private static final int KILLS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path dir;

    private NatsHarness all;

    @BeforeEach
    void begin() {
        all = new NatsHarness(dir);
    }

    @AfterEach
    void stop() throws Exception {
        all.close();
    }

    @Test
    void shouldFlyWithoutAServerAndTellEverythingOnceThereIsOne() throws Exception {
        int port = NatsHarness.freePort();
        all.fly(NatsConfig.of("nats://127.0.0.1:" + port));
        all.awaitActive();
        assertThat(all.trouble()).contains("Unable to connect");
        assertThat(all.get("/health/ready").getString("status")).isEqualTo("DOWN");

        all.serve("-p", Integer.toString(port));
        all.awaitUp();
        assertEverythingIsTold();
    }

    @Test
    void shouldTellEverythingOnceThoughTheServerIsKilledAgainAndAgain() throws Exception {
        NatsServer nats = all.serve();
        all.fly(NatsConfig.of(nats.url()));
        all.awaitUp();
        Random random = new Random(11);
        long before = memory();
        long slips = slips();
        long firstTick = all.tick();
        long begun = System.nanoTime();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILLING_SECONDS);
        int kills = 0;
        while (kills < KILLS || System.nanoTime() < end) {
            all.command(UUID.randomUUID());
            long each = KILLING_SECONDS * 1_000 / KILLS;
            hold(each / 2 + random.nextInt((int) each / 4));
            all.command(UUID.randomUUID());
            if (kills < KILLS) {
                nats.kill();
                hold(random.nextInt((int) each / 4));
                all.command(UUID.randomUUID());
                nats.restart();
                kills++;
            }
        }
        all.awaitUp();

        long ticks = all.tick() - firstTick;
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertEverythingIsTold();
        assertThat(ticks).isGreaterThan((long) (9 * seconds));
        System.out.printf(
                "%d kills in %d s: %d ticks, %d slips, heap %d -> %d MiB%n",
                kills, KILLING_SECONDS, ticks, slips() - slips, before >> 20, memory() >> 20);
    }

    @Test
    void shouldComeBackAfterItsConnectionWasCutLoudlyAndInSilence() throws Exception {
        NatsServer nats = all.serve();
        Vertx vertx = Vertx.vertx();
        try (CuttableProxy proxy = new CuttableProxy(vertx, nats.port())) {
            all.fly(NatsConfig.of("nats://127.0.0.1:" + proxy.port()));
            all.awaitUp();
            for (boolean silently : List.of(false, true)) {
                proxy.cut(silently);
                all.command(UUID.randomUUID());
                all.awaitTrouble("");
                all.command(UUID.randomUUID());
                proxy.heal();
                all.awaitUp();
            }
            assertEverythingIsTold();
        } finally {
            vertx.close();
        }
    }

    @Test
    void shouldBearAServerThatStandsStillAndOneThatIsSlow() throws Exception {
        NatsServer nats = all.serve();
        all.fly(NatsConfig.of(nats.url()));
        all.awaitUp();
        nats.pause();
        all.command(UUID.randomUUID());
        long tick = all.tick();
        all.awaitTrouble("");
        assertThat(all.tick()).isGreaterThan(tick + 10);
        nats.resume();
        all.awaitUp();

        // And one that works a tenth of the time
        for (int i = 0; i < 10; i++) {
            nats.pause();
            all.command(UUID.randomUUID());
            hold(270);
            nats.resume();
            hold(30);
        }
        assertEverythingIsTold();
    }

    @Test
    void shouldSayThatTheDiskIsFullAndTellEverythingOnceThereIsRoom() throws Exception {
        Path small = Files.createDirectory(dir.resolve("store"));
        assumeTrue(SmallDisk.canMount(), "a small disk needs the right to mount one");
        try (SmallDisk disk = new SmallDisk(small, 8)) {
            Path conf = dir.resolve("disk.conf");
            Files.writeString(conf, "jetstream { max_file: 10GB }\n");
            NatsServer nats = all.serve("-c", conf.toString());
            all.fly(NatsConfig.of(nats.url()));
            all.awaitUp();
            disk.fill();
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                all.command(UUID.randomUUID());
                                return !all.trouble().isEmpty();
                            });
            long tick = all.tick();
            await().atMost(PATIENCE).until(() -> all.tick() > tick + 10);

            // An operator makes room; servers of this age want to be started anew
            disk.clear();
            nats.kill();
            nats.restart();
            all.awaitUp();
            assertEverythingIsTold();
            all.server().close();
        }
    }

    @Test
    void shouldGoOnWhereARestartedBridgeWas() throws Exception {
        NatsServer nats = all.serve();
        all.fly(NatsConfig.of(nats.url()));
        all.awaitUp();
        for (int i = 0; i < 3; i++) {
            all.command(UUID.randomUUID());
            all.process().restart("nats");
            int restarts = i + 1;
            await().atMost(PATIENCE).until(() -> all.process().restarts("nats") == restarts);
            all.command(UUID.randomUUID());
            all.awaitUp();
        }
        all.awaitUp();
        assertEverythingIsTold();
    }

    @Test
    void shouldGiveUpTheOldestWhenAnOutboxIsFullAndSaySo() throws Exception {
        int port = NatsHarness.freePort();
        NatsConfig plain = NatsConfig.of("nats://127.0.0.1:" + port);
        all.fly(
                new NatsConfig(
                        plain.url(),
                        plain.login(),
                        plain.tls(),
                        plain.streams(),
                        new OutboxLimits(20, 1 << 20),
                        false,
                        true,
                        50));
        all.awaitTrouble("messages given up");

        all.serve("-p", Integer.toString(port));
        all.awaitUp();
        try (NatsProbe probe = new NatsProbe("nats://127.0.0.1:" + port)) {
            await().atMost(PATIENCE).until(() -> !decisions(probe).isEmpty());
            Message first = decisions(probe).get(0);
            long missed = Long.parseLong(first.getHeaders().getFirst("qiki-missed"));
            long tick = qiki.twin.v1.Decision.parseFrom(first.getData()).getTick();
            assertThat(missed).isBetween(1L, tick);
        }
        assertThat(all.process().probe().get("/metrics").body())
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
        JsonArray logged = all.events();
        long newest = logged.getJsonObject(logged.size() - 1).getLong("id");
        try (NatsProbe probe = new NatsProbe(all.server().url())) {
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
            long last = ids.get(ids.size() - 1);
            assertThat(stages(probe)).filteredOn(id -> id <= last).isEqualTo(commands);
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

    /** Ids of the events whose stages stand in the stream, in its order. */
    private static List<Long> stages(NatsProbe probe) throws Exception {
        return probe.all(Subjects.TWIN_STREAM).stream()
                .filter(one -> one.getSubject().endsWith(".command"))
                .map(one -> one.getHeaders().getFirst("Nats-Msg-Id"))
                .map(id -> Long.valueOf(id.substring(id.lastIndexOf("-c") + 2)))
                .toList();
    }

    private long slips() throws Exception {
        return WebHarness.get(all.process().topology().runStatus()).slips();
    }

    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void hold(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }
}
