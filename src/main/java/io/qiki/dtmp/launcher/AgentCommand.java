package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.grpc.DriveResult;
import io.qiki.dtmp.grpc.GrpcConfig;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.HashChain;
import io.qiki.dtmp.twin.StepLine;
import io.qiki.dtmp.twin.StepResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The agents alone: on scripted observations, or on a simulator in another process. */
@Command(
        name = "agent",
        description =
                "Runs the agents alone, on a script or on a simulator over gRPC. HTTP only with"
                        + " --port.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class AgentCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;
    private static final String WANTED =
            "--grpc wants HOST:PORT with a port from 1 to " + LAST_PORT;
    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");

    @Mixin private ConfigOptions options;

    @Mixin private RunTime time;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Provider provider;

    @Option(names = "--ticks", paramLabel = "N", description = "ends by itself after so many ticks")
    private Optional<Long> ticks = Optional.empty();

    @Option(
            names = "--lockstep",
            description = "with --grpc: each answer makes the next tick; prints hashes like 'step'")
    private boolean lockstep;

    @Spec private CommandSpec spec;

    /** Where observations come from. */
    private static final class Provider {
        @Option(
                names = "--mock",
                required = true,
                description = "scripted observations, " + MockScript.FILE + ", again and again")
        private boolean mock;

        @Option(
                names = "--grpc",
                required = true,
                arity = "0..1",
                paramLabel = "HOST:PORT",
                fallbackValue = "",
                description = "a simulator in another process; default as configured by grpc")
        private Optional<String> grpc = Optional.empty();
    }

    @Override
    public Integer call() throws ConfigException, InterruptedException, StartFailed {
        long nanos = time.nanos();
        if (ticks.isPresent() && ticks.get() < 1) {
            throw wrong("--ticks wants a whole number from 1, was " + ticks.get());
        }
        if (lockstep && (provider.mock || ticks.isEmpty())) {
            throw wrong("--lockstep goes with --grpc and --ticks");
        }
        Optional<String> address = provider.grpc.filter(text -> !text.isEmpty());
        if (address.isPresent() && !ADDRESS.matcher(address.get()).matches()) {
            options.configuration(configuration(address.get()));
            address = Optional.empty();
        }
        RunConfig config = options.read(List.of());
        options.needTwins(config, spec);
        Role.Part part =
                provider.mock
                        ? new Role.Part.AgentsOfScript(MockScript.read(spec.commandLine()))
                        : simulator(config.grpc(), address);
        Role role = new Role(part, lockstep, options.wantsHttp(), ticks.orElse(Role.ENDLESS));
        return run(config.plan(Optional.empty(), role), nanos);
    }

    /** Without an address the configuration may follow the option. */
    private Path configuration(String text) {
        Path file = Path.of(text);
        if (!Files.exists(file)) {
            throw wrong(WANTED + ", was \"" + text + "\", which is no configuration either");
        }
        return file;
    }

    private int run(Plan plan, long nanos) throws InterruptedException, StartFailed {
        long begun = System.nanoTime();
        PrintWriter out = spec.commandLine().getOut();
        LiveProcess process = LiveProcess.start(plan, out);
        process.endsWith(process.topology().driven());
        process.await(nanos);
        var driven = process.topology().driven();
        if (driven.succeeded() && lockstep) {
            print(plan, driven.result(), (System.nanoTime() - begun) / 1e9);
        } else if (driven.succeeded()) {
            process.print();
        }
        process.end();
        if (driven.failed()) {
            throw new StartFailed(driven.cause());
        }
        return ExitCodes.DONE;
    }

    private void print(Plan plan, DriveResult result, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        List<StepLine> lines =
                result.lines().stream()
                        .map(
                                one ->
                                        new StepLine(
                                                one.twin(),
                                                result.ticks(),
                                                one.stored()
                                                        .map(stored -> stored.snapshot().state())
                                                        .orElse(FsmState.BOOTING),
                                                one.stored()
                                                        .map(stored -> stored.version())
                                                        .orElse(0L),
                                                one.hash()))
                        .toList();
        long all = result.ticks() * lines.size();
        lines.forEach(line -> out.println(line.text()));
        out.println(
                new StepResult(
                                lines,
                                all,
                                all * plan.world().stepsPerTick(),
                                HashChain.total(lines.stream().mapToLong(StepLine::hash).toArray()))
                        .totalText(seconds));
        out.flush();
    }

    private Role.Part simulator(GrpcConfig config, Optional<String> address) {
        if (address.isEmpty()) {
            return new Role.Part.AgentsOfSimulator(config.host(), config.port());
        }
        Matcher parts = ADDRESS.matcher(address.get());
        int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw wrong(WANTED + ", was \"" + address.get() + '"');
        }
        return new Role.Part.AgentsOfSimulator(parts.group(1), port);
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
