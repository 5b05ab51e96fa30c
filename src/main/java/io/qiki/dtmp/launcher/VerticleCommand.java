package io.qiki.dtmp.launcher;

import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.NearestKey;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * One verticle in a process of its own, deployed by the standard launcher of Vert.x. It waits for
 * the others on its event bus; what it cannot do without them it refuses, as when they are down.
 */
@Command(
        name = "verticle",
        description = "Runs one verticle through the standard Vert.x launcher.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class VerticleCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "CLASS",
            description =
                    "EventLogVerticle, InputLogVerticle, StateStoreVerticle, AgentVerticle,"
                            + " SimVerticle, DriveVerticle, ScriptVerticle, CommandVerticle,"
                            + " TickVerticle, GrpcVerticle or WebVerticle, with or without its"
                            + " package")
    private String name;

    @Option(
            names = "--conf",
            required = true,
            paramLabel = "FILE",
            description = "configuration, the same as of run")
    private Path file;

    @Option(
            names = "--shard",
            defaultValue = "0",
            paramLabel = "NUMBER",
            description = "which shard, where there is one per shard; 0 is the first")
    private int shard;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, InterruptedException, StartFailed {
        VerticleKind kind = VerticleKind.named(name).orElseThrow(this::unknown);
        ConfigOptions options = ConfigOptions.of(file.toString());
        RunConfig config = options.read(List.of());
        options.needTwins(config, spec);
        Plan plan = config.plan(options.log(config), role(kind, config));
        if (kind == VerticleKind.NATS && !plan.nats().present()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a NatsBridgeVerticle needs nats.url in " + file + ", found none");
        }
        Telemetry telemetry = new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics());
        RunLog log = kind == VerticleKind.INPUT_LOG ? inputLog(plan) : RunLog.none();
        VerticleMaker make = new VerticleMaker(plan, log, telemetry);
        Promise<Integer> listening = Promise.promise();
        Hooks hooks = new Hooks(supplier(kind, make, listening));
        new Launcher(new String[] {"-conf", file.toString()}, hooks).launch();
        if (hooks.failure.isPresent()) {
            throw new StartFailed(hooks.failure.get());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (kind == VerticleKind.WEB) {
            out.println("dashboard http://" + at(plan.web().host(), listening) + "/");
        } else if (kind == VerticleKind.GRPC) {
            out.println("grpc " + at(plan.grpc().host(), listening));
        }
        out.println("verticle " + kind.simpleName() + " deployed");
        out.flush();
        hooks.stopped.await();
        log.close();
        return ExitCodes.DONE;
    }

    private static String at(String host, Promise<Integer> listening) {
        return LiveProcess.bracketed(host) + ":" + listening.future().result();
    }

    private ParameterException unknown() {
        String asked = name.substring(name.lastIndexOf('.') + 1);
        List<String> names = VerticleKind.names();
        return new ParameterException(
                spec.commandLine(),
                "there is no verticle \""
                        + name
                        + "\", the nearest is "
                        + NearestKey.of(asked, names).orElseThrow()
                        + "; there are "
                        + String.join(", ", names));
    }

    /** What drives agents takes the place of a simulator; the others know of no parts. */
    private Role role(VerticleKind kind, RunConfig config) {
        return switch (kind) {
            case DRIVE -> part(new Role.Part.AgentsOfSimulator(config.grpc().host(), port(config)));
            case SCRIPT -> part(new Role.Part.AgentsOfScript(MockScript.read(spec.commandLine())));
            case JOURNAL, INPUT_LOG, STORE, AGENT, SIM, COMMAND, TICK, GRPC, WEB, NATS -> Role.ALL;
        };
    }

    private static Role part(Role.Part part) {
        return new Role(part, false, false, Role.ENDLESS);
    }

    private int port(RunConfig config) {
        if (config.grpc().port() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a DriveVerticle needs the simulator's port, grpc.port in " + file + ", was 0");
        }
        return config.grpc().port();
    }

    private RunLog inputLog(Plan plan) throws StartFailed {
        if (plan.log().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "an InputLogVerticle needs input-log.path in " + file + ", found none");
        }
        try {
            return RunLog.open(plan.log(), header -> VerticleMaker.replay(plan));
        } catch (RequestFailed refused) {
            throw new StartFailed(refused);
        }
    }

    private Supplier<? extends Deployable> supplier(
            VerticleKind kind, VerticleMaker make, Promise<Integer> listening) {
        if (kind.sharded() && !make.populated().contains(shard)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--shard must be one that has twins, of "
                            + make.populated()
                            + ", was "
                            + shard);
        }
        return switch (kind) {
            case JOURNAL -> make::journal;
            case INPUT_LOG -> () -> make.inputLog().orElseThrow();
            case STORE -> make::store;
            case AGENT -> make.shard(shard)::agents;
            case SIM -> make.shard(shard)::sim;
            case DRIVE, SCRIPT -> () -> make.provider(shard, Promise.promise());
            case COMMAND -> make::command;
            case TICK -> make::tick;
            case GRPC -> () -> make.grpc(0, listening);
            case WEB -> () -> make.web(0, listening);
            case NATS -> make::nats;
        };
    }

    /** The standard launcher, which leaves it to us to tell what failed and to end. */
    private static final class Launcher extends VertxApplication {
        Launcher(String[] arguments, VertxApplicationHooks hooks) {
            super(arguments, hooks, false, false);
        }
    }

    private static final class Hooks implements VertxApplicationHooks {
        private final Supplier<? extends Deployable> supplier;
        private final CountDownLatch stopped = new CountDownLatch(1);
        private Optional<Throwable> failure = Optional.empty();

        Hooks(Supplier<? extends Deployable> supplier) {
            this.supplier = supplier;
        }

        @Override
        public Supplier<? extends Deployable> verticleSupplier() {
            return supplier;
        }

        @Override
        public void afterVertxStarted(HookContext context) {
            ReferenceCodec.install(context.vertx().eventBus());
        }

        @Override
        public void afterFailureToStartVertx(HookContext context, Throwable cause) {
            failure = Optional.of(cause);
        }

        @Override
        public void afterFailureToDeployVerticle(HookContext context, Throwable cause) {
            failure =
                    Optional.of(
                            cause instanceof RequestFailed
                                    ? cause
                                    : new RequestFailed(
                                            FailureCode.INTERNAL, String.valueOf(cause)));
        }

        @Override
        public void afterVertxStopped(HookContext context) {
            stopped.countDown();
        }
    }
}
