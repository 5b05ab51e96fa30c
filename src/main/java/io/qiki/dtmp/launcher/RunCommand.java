package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything in one process, until the time is over or somebody ends it. */
@Command(
        name = "run",
        description = "Runs everything in one process; Ctrl-C stops it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options;

    @Mixin private RunTime time;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, InterruptedException, StartFailed {
        long nanos = time.nanos();
        RunConfig config = options.read(List.of());
        Plan plan = config.plan(options.log(config));
        LiveProcess process = LiveProcess.start(plan, spec.commandLine().getOut());
        process.await(nanos);
        process.end();
        return ExitCodes.DONE;
    }
}
