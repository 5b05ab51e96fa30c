package io.qiki.dtmp.bench;

import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import qiki.twin.v1.TwinServiceGrpcClient;
import qiki.twin.v1.WatchRequest;

/**
 * Live fleets at 10 ticks a second, each in a process of its own, whose whole telemetry one client
 * watches: what arrives, and how much more the process costs than without it.
 */
final class GrpcWatchBench {
    private static final List<Integer> SIZES = List.of(1, 100, 1_000);
    private static final long MILLIS = 20_000;
    private static final long SETTLE_MILLIS = 5_000;

    private GrpcWatchBench() {}

    /** Measures every size. */
    static List<BenchReport.Row> run() throws IOException {
        List<BenchReport.Row> rows = new ArrayList<>();
        for (int twins : SIZES) {
            try {
                rows.addAll(measure(twins));
            } catch (Exception e) {
                throw new IOException("watching " + twins + " twins: " + e.getMessage(), e);
            }
        }
        return rows;
    }

    private static List<BenchReport.Row> measure(int twins) throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx2g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                GrpcChild.class.getName(),
                                Integer.toString(twins))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Vertx vertx = Vertx.vertx();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String port = out.readLine();
            if (port == null) {
                throw new IllegalStateException("the process did not start");
            }
            double alone = cores(child);
            AtomicLong messages = new AtomicLong();
            AtomicLong missed = new AtomicLong();
            watch(vertx, Integer.parseInt(port), messages, missed);
            Thread.sleep(SETTLE_MILLIS);
            long before = messages.get();
            double watched = cores(child);
            double rate = (messages.get() - before) / (MILLIS / 1e3);
            return List.of(
                    row(twins, "messages", "messages/s", rate),
                    row(twins, "missed", "ticks", missed.doubleValue()),
                    row(twins, "cpu-alone", "cores", alone),
                    row(twins, "cpu-watched", "cores", watched));
        } finally {
            child.destroyForcibly().waitFor();
            WebHarness.get(vertx.close());
        }
    }

    private static void watch(Vertx vertx, int port, AtomicLong messages, AtomicLong missed)
            throws Exception {
        var stream =
                GrpcClient.client(vertx)
                        .request(
                                SocketAddress.inetSocketAddress(port, "127.0.0.1"),
                                TwinServiceGrpcClient.WatchTelemetry)
                        .compose(request -> request.send(WatchRequest.getDefaultInstance()));
        WebHarness.get(stream)
                .handler(
                        telemetry -> {
                            messages.incrementAndGet();
                            missed.addAndGet(telemetry.getMissed());
                        });
    }

    /** What the process uses for a while. */
    private static double cores(Process child) throws InterruptedException {
        long before = cpuNanos(child);
        long began = System.nanoTime();
        Thread.sleep(MILLIS);
        return (cpuNanos(child) - before) / (double) (System.nanoTime() - began);
    }

    private static long cpuNanos(Process child) {
        return child.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static BenchReport.Row row(int twins, String id, String unit, double value) {
        Figure figure = Figure.of("grpc", "watch-" + twins + "-" + id, unit);
        return new BenchReport.Row(figure, value, value, value, 1);
    }
}
