package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The simulator alone: agents of other processes drive it over gRPC. */
@Command(
        name = "sim",
        description = "Runs the simulator alone; agents drive it over gRPC. HTTP only with --port.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SimCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options;

    @Mixin private RunTime time;

    @Option(
            names = "--lockstep",
            description = "the world stands at step 0 until an agent advances it")
    private boolean lockstep;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, InterruptedException, StartFailed {
        long nanos = time.nanos();
        RunConfig config = options.read(List.of());
        if (config.inputLog().path().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "input-log.path is of 'run', where simulator and agents are together; leave it"
                            + " out");
        }
        options.needTwins(config, spec);
        Role role =
                new Role(new Role.Part.Simulator(), lockstep, options.wantsHttp(), Role.ENDLESS);
        LiveProcess process =
                LiveProcess.start(config.plan(Optional.empty(), role), spec.commandLine().getOut());
        process.await(nanos);
        process.end();
        return ExitCodes.DONE;
    }
}
