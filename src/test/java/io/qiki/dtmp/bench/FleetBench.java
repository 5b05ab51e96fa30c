package io.qiki.dtmp.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Live fleets at 10 ticks a second, each in a process of its own: what they achieve and what it
 * costs. Not a matter of JMH: a fleet is measured as it runs, for a minute.
 */
final class FleetBench {
    private static final List<Integer> SIZES = List.of(1_000, 10_000);
    private static final long SECONDS = Long.getLong("qiki.bench.seconds", 60);
    private static final double TICKS_PER_SECOND = 10;
    private static final double ALMOST = 0.995;
    private static final String HEAP = "-Xmx6g";

    private FleetBench() {}

    /** Measures every size. */
    static List<BenchReport.Row> run() throws IOException, InterruptedException {
        List<BenchReport.Row> rows = new ArrayList<>();
        for (int twins : SIZES) {
            JsonObject found = measure(twins);
            Figure ticks = figure(twins, "ticks", "ticks/s");
            rows.add(
                    row(
                            twins == SIZES.get(0) ? ticks.target(ALMOST * TICKS_PER_SECOND) : ticks,
                            found.getDouble("ticks")));
            Figure slips = figure(twins, "slips", "slips");
            rows.add(
                    row(twins == SIZES.get(0) ? slips.atMost(0) : slips, found.getDouble("slips")));
            rows.add(
                    row(
                            figure(twins, "twin-ticks", "twin ticks/s"),
                            found.getDouble("twin-ticks")));
            rows.add(row(figure(twins, "lateness-p99", "ms"), found.getDouble("lateness-p99")));
            rows.add(row(figure(twins, "cpu", "cores"), found.getDouble("cpu")));
            rows.add(row(figure(twins, "heap", "MB"), found.getDouble("heap")));
            rows.add(row(figure(twins, "resident", "MB"), found.getDouble("resident")));
            rows.add(row(figure(twins, "allocation", "MB/s"), found.getDouble("allocation")));
        }
        return rows;
    }

    private static Figure figure(int twins, String id, String unit) {
        return Figure.of("fleet", twins + "-" + id, unit);
    }

    private static BenchReport.Row row(Figure figure, double value) {
        return new BenchReport.Row(figure, value, value, value, 1);
    }

    private static JsonObject measure(int twins) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:+Use") || option.startsWith("-Dqiki"))
                .forEach(command::add);
        command.addAll(
                List.of(
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FleetChild.class.getName(),
                        Integer.toString(twins),
                        Long.toString(SECONDS)));
        Process child =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (InputStream out = child.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (child.waitFor() != 0 || text.isBlank()) {
                throw new IllegalStateException("the fleet of " + twins + " twins did not run");
            }
            return new JsonObject(text.substring(text.indexOf('{')));
        } finally {
            child.destroyForcibly();
        }
    }
}
