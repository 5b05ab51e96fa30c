package io.qiki.dtmp.bench;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.qiki.dtmp.nats.LaneProbe;
import io.qiki.dtmp.nats.Subjects;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.NatsHarness;
import io.qiki.dtmp.testkit.NatsServer;
import io.qiki.dtmp.testkit.Plans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The bridge against the client library alone, with the same bytes, headers and acknowledgements,
 * round by round in turn on one real server.
 */
final class NatsBench {
    private static final int ROUNDS = 7;
    private static final int STREAMED = 20_000;
    private static final int PLAIN = 100_000;
    private static final int ASKED = 2_000;
    private static final double PART_OF_RAW = 0.8;
    private static final List<Integer> SIZES = List.of(100, 1_000);
    private static final byte[] COMMAND =
            "{\"command_name\":\"sim.speed\",\"parameters\":{\"factor\":1}}"
                    .getBytes(StandardCharsets.UTF_8);

    private NatsBench() {}

    /** Measures one way and round trip. */
    static List<BenchReport.Row> run() throws IOException {
        Path dir = Files.createTempDirectory("nats-bench");
        List<BenchReport.Row> rows = new ArrayList<>();
        try (NatsServer server = NatsServer.start(dir)) {
            try (LaneProbe probe = new LaneProbe(server.url())) {
                for (int bytes : SIZES) {
                    rows.addAll(
                            compare(
                                    "stream-" + bytes,
                                    () -> probe.streamed(bytes, STREAMED),
                                    () -> probe.rawStreamed(bytes, STREAMED)));
                }
                for (int bytes : SIZES) {
                    rows.addAll(
                            compare(
                                    "core-" + bytes,
                                    () -> probe.plain(bytes, PLAIN),
                                    () -> probe.rawPlain(bytes, PLAIN)));
                }
            }
            rows.addAll(roundTrips(server.url()));
            return rows;
        } catch (Exception e) {
            throw new IOException("NATS could not be measured: " + e.getMessage(), e);
        }
    }

    private static List<BenchReport.Row> compare(
            String what, Callable<Double> ours, Callable<Double> raw) throws Exception {
        double[] own = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        ours.call();
        raw.call();
        for (int round = 0; round < ROUNDS; round++) {
            own[round] = ours.call();
            bare[round] = raw.call();
        }
        double beside = BenchReport.median(bare);
        return List.of(
                BenchReport.Row.of(
                        Figure.of("nats", "bridge-" + what, "messages/s")
                                .beside("the client library", beside)
                                .target(PART_OF_RAW * beside),
                        own),
                BenchReport.Row.of(Figure.of("nats", "raw-" + what, "messages/s"), bare));
    }

    /** A control command to a live process and back, and a message to an echo and back. */
    private static List<BenchReport.Row> roundTrips(String url) throws Exception {
        List<double[]> own = new ArrayList<>();
        List<double[]> bare = new ArrayList<>();
        try (LiveProcess process =
                        LiveProcess.start(
                                Plans.bridged(Plans.demo(1), NatsHarness.wordy(url, 100_000)));
                Connection asker = Nats.connect(url);
                Connection echo = Nats.connect(url)) {
            process.probe().get("/health/live");
            Dispatcher answers =
                    echo.createDispatcher(
                            message -> echo.publish(message.getReplyTo(), message.getData()));
            answers.subscribe("bench.echo");
            echo.flush(Duration.ofSeconds(5));
            awaitAnswer(asker);
            for (int round = 0; round <= ROUNDS; round++) {
                double[] ours = micros(asker, Subjects.CONTROL);
                double[] raw = micros(asker, "bench.echo");
                if (round > 0) {
                    own.add(ours);
                    bare.add(raw);
                }
            }
        }
        List<BenchReport.Row> rows = new ArrayList<>();
        for (double part : List.of(0.5, 0.99)) {
            String name = part == 0.5 ? "p50" : "p99";
            double[] raw = bare.stream().mapToDouble(one -> at(one, part)).toArray();
            rows.add(
                    BenchReport.Row.of(
                            Figure.of("nats", "bridge-round-trip-" + name, "us")
                                    .beside("an echo", BenchReport.median(raw)),
                            own.stream().mapToDouble(one -> at(one, part)).toArray()));
            rows.add(BenchReport.Row.of(Figure.of("nats", "raw-round-trip-" + name, "us"), raw));
        }
        return rows;
    }

    private static void awaitAnswer(Connection asker) throws InterruptedException {
        for (int tries = 0; tries < 100; tries++) {
            if (asker.request(Subjects.CONTROL, COMMAND, Duration.ofSeconds(1)) != null) {
                return;
            }
        }
        throw new IllegalStateException("the process does not answer control commands");
    }

    private static double[] micros(Connection asker, String subject) throws InterruptedException {
        double[] all = new double[ASKED];
        for (int i = 0; i < ASKED; i++) {
            long began = System.nanoTime();
            if (asker.request(subject, COMMAND, Duration.ofSeconds(5)) == null) {
                throw new IllegalStateException("nobody answers on " + subject);
            }
            all[i] = (System.nanoTime() - began) / 1e3;
        }
        Arrays.sort(all);
        return all;
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) (part * (sorted.length - 1))];
    }
}
