package io.qiki.dtmp.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs a benchmark: {@code BenchMain NAME [--check]}.
 *
 * <p>Exit codes: 0 done, 1 below a target with {@code --check} or failed while running, 2 wrong
 * use.
 */
public final class BenchMain {
    private static final String FLEET = "fleet";
    private static final String GRPC = "grpc";
    private static final String NATS = "nats";
    private static final Map<String, Bench> BUILT =
            new TreeMap<>(
                    Map.of(
                            "store",
                            new Bench(
                                    List.of(StoreBench.class, StoreBusBench.class),
                                    both(StoreBench.FIGURES, StoreBusBench.FIGURES)),
                            "tick",
                            new Bench(List.of(TickBench.class), TickBench.FIGURES),
                            "wire",
                            new Bench(List.of(WireBench.class), WireBench.FIGURES),
                            FLEET,
                            new Bench(List.of(), List.of()),
                            GRPC,
                            new Bench(List.of(), List.of()),
                            NATS,
                            new Bench(List.of(), List.of())));
    private static final List<String> PLANNED = List.of("sim", "agent", "web", "start");

    /** Benchmark classes and what is reported of them. */
    private record Bench(List<Class<?>> types, List<Figure> figures) {}

    private BenchMain() {}

    /** Runs the named benchmark and ends the process. */
    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    /** The benchmarks there are. */
    static Set<String> names() {
        return BUILT.keySet();
    }

    private static int run(List<String> args) {
        boolean check = args.contains("--check");
        List<String> names = args.stream().filter(arg -> !"--check".equals(arg)).toList();
        if (names.size() != 1) {
            return wrong("name one benchmark: " + String.join(", ", BUILT.keySet()));
        }
        String name = names.get(0);
        if (PLANNED.contains(name)) {
            return wrong("the benchmark " + name + " is not built yet");
        }
        Bench bench = BUILT.get(name);
        if (bench == null) {
            return wrong(
                    "there is no benchmark \""
                            + name
                            + "\", only "
                            + String.join(", ", BUILT.keySet()));
        }
        try {
            BenchReport report =
                    switch (name) {
                        case FLEET -> new BenchReport(name, FleetBench.run());
                        case GRPC ->
                                new BenchReport(name, both(GrpcBench.run(), GrpcWatchBench.run()));
                        case NATS -> new BenchReport(name, NatsBench.run());
                        default -> new BenchReport(name, measure(bench.types()), bench.figures());
                    };
            report.write(Path.of("target", "bench", name + ".json"));
            report.lines().forEach(System.out::println);
            List<String> missed = report.belowTarget();
            missed.forEach(System.err::println);
            return check && !missed.isEmpty() ? 1 : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (IOException | RunnerException | IllegalStateException e) {
            System.err.println("the benchmark " + name + " failed: " + e.getMessage());
            return 1;
        }
    }

    private static Collection<RunResult> measure(List<Class<?>> benches) throws RunnerException {
        var options = new OptionsBuilder().shouldFailOnError(true);
        for (Class<?> bench : benches) {
            options.include("^" + bench.getName().replace(".", "\\.") + "\\..*");
        }
        return new Runner(options.build()).run();
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static int wrong(String sentence) {
        System.err.println(sentence);
        return 2;
    }
}
