package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.journal.InputLogDamaged;
import io.qiki.dtmp.journal.InputLogReader;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.twin.Replay;
import io.qiki.dtmp.twin.ReplayDifference;
import io.qiki.dtmp.twin.StepLine;
import io.qiki.dtmp.twin.StepResult;
import io.qiki.dtmp.twin.StepRun;
import io.qiki.dtmp.twin.TwinFault;
import io.qiki.dtmp.twin.TwinSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Simulator and agents in lockstep, without a clock: the same hash on every run. */
@Command(
        name = "step",
        description = "Steps simulator and agents in lockstep and prints their hashes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class StepCommand implements Callable<Integer> {
    private static final int MOST_LINES = 16;

    @Mixin private ConfigOptions options;

    @Option(names = "--twins", paramLabel = "N", description = "overrides twins.count")
    private Optional<Integer> twins = Optional.empty();

    @Option(names = "--ticks", paramLabel = "T", description = "ticks, not steps, of each twin")
    private Optional<Long> wanted = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "overrides seed")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--twin",
            paramLabel = "ID",
            description = "only this twin: of --twins, or of any number without it")
    private Optional<String> only = Optional.empty();

    @Option(
            names = "--replay",
            paramLabel = "LOG",
            description = "does a recorded run again and compares every tick")
    private Optional<String> replay = Optional.empty();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException {
        if (replay.isPresent()) {
            return replay(Path.of(replay.get()));
        }
        long ticks =
                wanted.orElseThrow(() -> wrong("--ticks is missing: how many ticks of each twin"));
        if (ticks < 1) {
            throw wrong("--ticks wants a whole number from 1, was " + ticks);
        }
        List<String> overrides = new ArrayList<>();
        twins.ifPresent(count -> overrides.add("twins.count=" + count));
        seed.ifPresent(value -> overrides.add("seed=" + value));
        RunConfig config = options.read(overrides);
        options.needTwins(config, spec);
        List<TwinId> members = members(config);
        long start = System.nanoTime();
        StepRun run = new StepRun(setup(config, members), members, ticks);
        StepResult result =
                run.run(new ProgressBar(ticks, Boolean.getBoolean("qiki.terminal"))::show);
        print(result, (System.nanoTime() - start) / 1e9);
        return ExitCodes.DONE;
    }

    private int replay(Path log) throws ConfigException {
        if (wanted.isPresent() || twins.isPresent() || seed.isPresent() || only.isPresent()) {
            throw wrong("--replay takes twins, ticks and seed from the log; leave them out");
        }
        long start = System.nanoTime();
        PrintWriter out = spec.commandLine().getOut();
        try (InputLogReader reader = new InputLogReader(log)) {
            RunConfig config = options.reader().read("of " + log, reader.header().config());
            if (config.settings() != reader.header().settings()) {
                throw wrong(
                        log
                                + " was recorded with another vehicle, scene, mission or agent than"
                                + " the files of this checkout give");
            }
            Replay again = VerticleMaker.replay(config.plan(Optional.empty()));
            Optional<ReplayDifference> differs;
            try {
                differs = RunLog.replay(reader, again);
            } catch (InputLogDamaged damaged) {
                return stopped(again, damaged, start);
            }
            print(again.result(), (System.nanoTime() - start) / 1e9);
            if (reader.cutOff() && differs.isEmpty()) {
                out.println("log cut off after " + reader.length() + " bytes");
                out.flush();
            }
            differs.ifPresent(one -> spec.commandLine().getErr().println("qiki: " + one.text()));
            return differs.isPresent() ? ExitCodes.FAILED : ExitCodes.DONE;
        } catch (IOException e) {
            throw wrong("--replay: " + e.getMessage());
        }
    }

    /** A log that is damaged in its middle was replayed up to there, and nobody knows the rest. */
    private int stopped(Replay again, InputLogDamaged damaged, long start) {
        print(again.result(), (System.nanoTime() - start) / 1e9);
        long tick = again.result().lines().stream().mapToLong(StepLine::ticks).max().orElse(0);
        spec.commandLine()
                .getErr()
                .println(
                        "qiki: "
                                + damaged.getMessage()
                                + ", after tick "
                                + tick
                                + "; what follows cannot be replayed");
        return ExitCodes.FAILED;
    }

    /** A twin does not depend on its neighbours: one of them runs alone, whatever the count. */
    private List<TwinId> members(RunConfig config) {
        RunConfig.Twins all = config.twins();
        if (only.isEmpty()) {
            return all.ids();
        }
        int most = twins.isPresent() ? all.count() : RunConfigReader.MAX_TWINS;
        return all.among(only.get(), most)
                .map(List::of)
                .orElseThrow(
                        () ->
                                wrong(
                                        "--twin wants one of "
                                                + all.id(1)
                                                + " to "
                                                + all.id(most)
                                                + ", was \""
                                                + only.get()
                                                + '"'));
    }

    private static TwinSetup setup(RunConfig config, List<TwinId> members) {
        List<TwinFault> faults = new ArrayList<>();
        for (TwinId twin : members) {
            for (FaultSpec fault : config.faults()) {
                faults.add(new TwinFault(twin, fault));
            }
        }
        return new TwinSetup(
                config.world(), config.agents(), faults, StoreLimits.withHistory(config.history()));
    }

    private void print(StepResult result, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        if (result.lines().size() <= MOST_LINES || options.verbose()) {
            for (StepLine line : result.lines()) {
                out.println(line.text());
            }
        }
        out.println(result.totalText(seconds));
        out.flush();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
