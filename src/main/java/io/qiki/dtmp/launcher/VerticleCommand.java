package io.qiki.dtmp.launcher;

import io.qiki.dtmp.agent.AgentVerticle;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.NearestKey;
import io.qiki.dtmp.journal.EventLogVerticle;
import io.qiki.dtmp.journal.InputLogVerticle;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.sim.SimVerticle;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.twin.CommandVerticle;
import io.qiki.dtmp.twin.TickVerticle;
import io.qiki.dtmp.web.WebVerticle;
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
    private static final List<Class<? extends Deployable>> KNOWN =
            List.of(
                    EventLogVerticle.class,
                    InputLogVerticle.class,
                    StateStoreVerticle.class,
                    AgentVerticle.class,
                    SimVerticle.class,
                    CommandVerticle.class,
                    TickVerticle.class,
                    WebVerticle.class);

    @Parameters(
            index = "0",
            paramLabel = "CLASS",
            description =
                    "EventLogVerticle, InputLogVerticle, StateStoreVerticle, AgentVerticle,"
                            + " SimVerticle, CommandVerticle, TickVerticle or WebVerticle, with or"
                            + " without its package")
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
            description = "which shard, of a simulator or of agents; 0 is the first")
    private int shard;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, InterruptedException, StartFailed {
        Class<? extends Deployable> type = type();
        ConfigOptions options = ConfigOptions.of(file.toString());
        RunConfig config = options.read(List.of());
        options.needTwins(config, spec);
        Plan plan = config.plan(options.log(config));
        Telemetry telemetry = new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics());
        RunLog log = type == InputLogVerticle.class ? inputLog(plan) : RunLog.none();
        VerticleMaker make = new VerticleMaker(plan, log, telemetry);
        Promise<Integer> listening = Promise.promise();
        Hooks hooks = new Hooks(supplier(type, make, listening));
        new Launcher(new String[] {"-conf", file.toString()}, hooks).launch();
        if (hooks.failure.isPresent()) {
            throw new StartFailed(hooks.failure.get());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (type == WebVerticle.class) {
            out.println(
                    "dashboard http://"
                            + plan.web().host()
                            + ":"
                            + listening.future().result()
                            + "/");
        }
        out.println("verticle " + type.getSimpleName() + " deployed");
        out.flush();
        hooks.stopped.await();
        log.close();
        return ExitCodes.DONE;
    }

    private Class<? extends Deployable> type() {
        for (Class<? extends Deployable> known : KNOWN) {
            if (known.getName().equals(name) || known.getSimpleName().equals(name)) {
                return known;
            }
        }
        String asked = name.substring(name.lastIndexOf('.') + 1);
        List<String> names = KNOWN.stream().<String>map(Class::getSimpleName).toList();
        throw new ParameterException(
                spec.commandLine(),
                "there is no verticle \""
                        + name
                        + "\", the nearest is "
                        + NearestKey.of(asked, names).orElseThrow()
                        + "; there are "
                        + String.join(", ", names));
    }

    private RunLog inputLog(Plan plan) {
        if (plan.log().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "an InputLogVerticle needs input-log.path in " + file + ", found none");
        }
        return RunLog.open(plan.log(), header -> VerticleMaker.replay(plan));
    }

    private Supplier<? extends Deployable> supplier(
            Class<? extends Deployable> type, VerticleMaker make, Promise<Integer> listening) {
        if (type == SimVerticle.class || type == AgentVerticle.class) {
            ShardMaker one = shard(make);
            return type == SimVerticle.class ? one::sim : one::agents;
        }
        if (type == InputLogVerticle.class) {
            return () -> make.inputLog().orElseThrow();
        }
        if (type == WebVerticle.class) {
            return () -> make.web(0, listening);
        }
        return type == EventLogVerticle.class
                ? make::journal
                : type == StateStoreVerticle.class
                        ? make::store
                        : type == CommandVerticle.class ? make::command : make::tick;
    }

    private ShardMaker shard(VerticleMaker make) {
        if (!make.populated().contains(shard)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--shard must be one that has twins, of "
                            + make.populated()
                            + ", was "
                            + shard);
        }
        return make.shard(shard);
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
