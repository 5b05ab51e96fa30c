package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Hash64;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.twin.Endurance;
import io.qiki.dtmp.twin.TwinFault;
import io.qiki.dtmp.twin.TwinSetup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Many seeded runs and a table of what became of each. */
@Command(
        name = "campaign",
        description =
                "Flies a campaign over many seeds in lockstep and prints a table of outcomes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CampaignCommand implements Callable<Integer> {
    private static final String ENDURANCE = "endurance";
    private static final Pattern SEEDS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int MOST_SEEDS = 10_000;
    private static final double MOST_HOURS = 10_000;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MEBIBYTE = 1 << 20;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "endurance: the mission of the configuration for many hours")
    private String name;

    @Mixin private CampaignConfig config;

    @Option(
            names = "--seeds",
            paramLabel = "A-B",
            defaultValue = "1-1",
            description = "seeds to fly, for example 1-100; default ${DEFAULT-VALUE}")
    private String seeds;

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "12",
            description = "simulated hours of each flight; default ${DEFAULT-VALUE}")
    private double hours;

    @Spec private CommandSpec spec;

    /** The configuration, by option, since the first parameter is the campaign. */
    static final class CampaignConfig {
        @Option(
                names = "--config",
                paramLabel = "CONFIG.json",
                description = "configuration; default conf/demo.json")
        private String file;
    }

    @Override
    public Integer call() throws ConfigException, IOException {
        if (!name.equals(ENDURANCE)) {
            throw wrong("there is no campaign \"" + name + "\"; there is " + ENDURANCE);
        }
        if (!(hours > 0 && hours <= MOST_HOURS)) {
            throw wrong("--hours wants more than 0 and up to " + MOST_HOURS + ", was " + hours);
        }
        Matcher range = SEEDS.matcher(seeds);
        if (!range.matches()) {
            throw wrong("--seeds wants a range such as 1-100, was \"" + seeds + '"');
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
        if (last < first || last - first >= MOST_SEEDS) {
            throw wrong("--seeds wants 1 to " + MOST_SEEDS + " seeds, was \"" + seeds + '"');
        }
        return fly(first, last);
    }

    private int fly(long first, long last) throws ConfigException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        JsonArray results = new JsonArray();
        boolean good = true;
        for (long seed = first; seed <= last; seed++) {
            RunConfig run = ConfigOptions.of(config.file).read(List.of("seed=" + seed));
            long period = run.world().stepNanos() * run.world().stepsPerTick();
            long ticks = Math.max(1, Math.round(hours * SECONDS_PER_HOUR * 1e9 / period));
            long start = System.nanoTime();
            Heap heap = new Heap(ticks);
            ProgressBar bar = new ProgressBar(ticks, Boolean.getBoolean("qiki.terminal"));
            Endurance.Outcome outcome =
                    new Endurance(setup(run), ticks)
                            .fly(
                                    done -> {
                                        heap.tick(done);
                                        if (done % 1_000 == 0 || done == ticks) {
                                            bar.show(done);
                                        }
                                    });
            double seconds = (System.nanoTime() - start) / 1e9;
            good &= outcome.good() && heap.flat();
            out.println(line(seed, outcome, heap, seconds));
            out.flush();
            results.add(row(seed, outcome, heap));
        }
        write(results, good);
        out.println("campaign " + name + (good ? " passed" : " FAILED"));
        out.flush();
        return good ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static TwinSetup setup(RunConfig run) {
        List<TwinFault> faults = new ArrayList<>();
        for (FaultSpec fault : run.faults()) {
            faults.add(new TwinFault(new TwinId("qiki-1"), fault));
        }
        return new TwinSetup(
                run.world(), run.agents(), faults, StoreLimits.withHistory(run.history()));
    }

    private static String line(long seed, Endurance.Outcome outcome, Heap heap, double seconds) {
        return String.format(
                Locale.ROOT,
                "seed %d ticks %d safe-modes %d propellant %.1f %% version %d transitions %d"
                        + " heap %.1f -> %.1f MiB ticks/s %.0f hash %s %s",
                seed,
                outcome.ticks(),
                outcome.safeModes(),
                100 * outcome.propellant(),
                outcome.version(),
                outcome.transitions(),
                heap.early / MEBIBYTE,
                heap.late / MEBIBYTE,
                outcome.ticks() / seconds,
                Hash64.hex(outcome.hash()),
                outcome.good() && heap.flat() ? "OK" : "FAILED");
    }

    private static JsonObject row(long seed, Endurance.Outcome outcome, Heap heap) {
        return new JsonObject()
                .put("seed", seed)
                .put("ticks", outcome.ticks())
                .put("safe_modes", outcome.safeModes())
                .put("propellant_percent", 100 * outcome.propellant())
                .put("version", outcome.version())
                .put("transitions", outcome.transitions())
                .put("heap_early_bytes", heap.early)
                .put("heap_late_bytes", heap.late)
                .put("hash", Hash64.hex(outcome.hash()))
                .put("good", outcome.good() && heap.flat());
    }

    private void write(JsonArray results, boolean good) throws IOException {
        Path folder = ConfigOptions.home().resolve("target/campaign");
        Files.createDirectories(folder);
        JsonObject document =
                new JsonObject()
                        .put("campaign", name)
                        .put("seeds", seeds)
                        .put("hours", hours)
                        .put("passed", good)
                        .put("results", results);
        Files.writeString(folder.resolve(name + ".json"), document.encodePrettily() + "\n");
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    /** The live heap after a tenth of a flight and at its end. */
    private static final class Heap {
        /** Growth that caches and the virtual machine itself may cause. */
        private static final long SLACK = 4L << 20;

        private final long tenth;
        private final long end;
        private long early;
        private long late;

        Heap(long ticks) {
            this.tenth = Math.max(1, ticks / 10);
            this.end = ticks;
        }

        void tick(long tick) {
            if (tick == tenth) {
                early = used();
            }
            if (tick == end) {
                late = used();
            }
        }

        boolean flat() {
            return late - early <= SLACK;
        }

        private static long used() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }
}
