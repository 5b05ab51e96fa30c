package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.Durations;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long a process runs. */
final class RunTime {
    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "ends by itself after this much wall time, for example 30s")
    private String duration;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Wall time, ns; {@link LiveProcess#FOREVER} without an end. */
    long nanos() {
        if (Optional.ofNullable(duration).isEmpty()) {
            return LiveProcess.FOREVER;
        }
        OptionalLong nanos = Durations.parse(duration);
        if (nanos.isEmpty() || nanos.getAsLong() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--for wants a duration such as 30s or 5min, was \"" + duration + '"');
        }
        return nanos.getAsLong();
    }
}
