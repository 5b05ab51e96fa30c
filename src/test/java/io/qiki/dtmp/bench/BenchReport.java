package io.qiki.dtmp.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** The result file of a benchmark, in the form that all benchmarks share. */
final class BenchReport {
    private static final double MEDIAN = 50;

    private final String name;
    private final List<Row> rows = new ArrayList<>();

    /** A measured figure; rounds are the iterations of all child processes. */
    record Row(Figure figure, double median, double min, double max, long rounds) {
        /** A figure of several rounds. */
        static Row of(Figure figure, double[] rounds) {
            return new Row(
                    figure,
                    BenchReport.median(rounds),
                    Arrays.stream(rounds).min().orElseThrow(),
                    Arrays.stream(rounds).max().orElseThrow(),
                    rounds.length);
        }
    }

    /** The middle one, the upper of two. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    BenchReport(String name, List<Row> measured) {
        this.name = name;
        rows.addAll(measured);
    }

    BenchReport(String name, Collection<RunResult> results, List<Figure> figures) {
        this.name = name;
        for (Figure figure : figures) {
            Statistics s = find(results, figure).getPrimaryResult().getStatistics();
            rows.add(new Row(figure, s.getPercentile(MEDIAN), s.getMin(), s.getMax(), s.getN()));
        }
    }

    void write(Path file) throws IOException {
        JsonArray results = new JsonArray();
        rows.forEach(row -> results.add(json(row)));
        JsonObject report =
                new JsonObject()
                        .put("bench", name)
                        .put("commit", commit())
                        .put("java", System.getProperty("java.runtime.version"))
                        .put("cpu", cpu())
                        .put("results", results);
        Files.createDirectories(file.getParent());
        Files.writeString(file, report.encodePrettily() + "\n");
    }

    /** One line per figure, for people. */
    List<String> lines() {
        return rows.stream().map(BenchReport::line).toList();
    }

    /** One sentence per figure that misses its target. */
    List<String> belowTarget() {
        return rows.stream()
                .filter(row -> row.figure().missedBy(row.median()))
                .map(
                        row ->
                                String.format(
                                        Locale.ROOT,
                                        "%s: %,.0f %s misses the target of %,.0f",
                                        row.figure().id(),
                                        row.median(),
                                        row.figure().unit(),
                                        row.figure().target().orElseThrow()))
                .toList();
    }

    private static RunResult find(Collection<RunResult> results, Figure figure) {
        return results.stream()
                .filter(r -> r.getParams().getBenchmark().endsWith("." + figure.method()))
                .filter(r -> figure.params().stream().allMatch(p -> hasParam(r, p)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no result for " + figure.id()));
    }

    private static boolean hasParam(RunResult result, String param) {
        String[] parts = param.split("=", 2);
        return parts[1].equals(result.getParams().getParam(parts[0]));
    }

    private static JsonObject json(Row row) {
        Figure figure = row.figure();
        boolean compared = figure.ratioFigure() > 0;
        return new JsonObject()
                .put("id", figure.id())
                .put("unit", figure.unit())
                .put("median", row.median())
                .put("min", row.min())
                .put("max", row.max())
                .put("rounds", row.rounds())
                .put("target", figure.target().orElse(null))
                .put("ratio_to", compared ? figure.ratioTo() : null)
                .put("ratio", compared ? row.median() / figure.ratioFigure() : null);
    }

    private static String line(Row row) {
        Figure figure = row.figure();
        String text =
                String.format(
                        Locale.ROOT,
                        "%s %s %s (%s..%s in %d rounds)",
                        figure.id(),
                        number(row.median()),
                        figure.unit(),
                        number(row.min()),
                        number(row.max()),
                        row.rounds());
        return figure.ratioFigure() > 0
                ? text
                        + String.format(
                                Locale.ROOT,
                                ", %.1f times %s",
                                row.median() / figure.ratioFigure(),
                                figure.ratioTo())
                : text;
    }

    /** Small figures with their decimals. */
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
    }

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD").start();
            String text =
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "unknown" : text;
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String cpu() {
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    return cores + " x " + line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return cores + " x " + System.getProperty("os.arch");
        }
        return cores + " x " + System.getProperty("os.arch");
    }
}
