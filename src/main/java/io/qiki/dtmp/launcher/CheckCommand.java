package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Validates a configuration and everything it names; all faults at once. */
@Command(
        name = "check",
        description = "Validates a configuration, all faults at once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Callable<Integer> {
    @Mixin private ConfigOptions options;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException {
        RunConfig config = options.read(List.of());
        spec.commandLine()
                .getOut()
                .println(
                        "configuration is valid: twins "
                                + (config.twins().here()
                                        ? Integer.toString(config.twins().count())
                                        : "of other processes")
                                + " vehicle "
                                + config.world().profile().id()
                                + " scene "
                                + config.world().scene().id()
                                + " mission "
                                + config.mission().id());
        return ExitCodes.DONE;
    }
}
