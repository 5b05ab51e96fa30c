package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.Durations;
import io.qiki.dtmp.model.RunStatus;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Everything in one process, until the time is over or somebody ends it. A signal is answered by
 * the shutdown hook: everything is closed, and Java exits with 128 and the number of the signal.
 */
@Command(
        name = "run",
        description = "Runs everything in one process; Ctrl-C stops it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
    private static final long REPORT_MILLIS = 2_000;
    private static final long START_SECONDS = 30;
    private static final long CLOSE_SECONDS = 4;
    private static final long ANSWER_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final long FOREVER = Long.MAX_VALUE;

    @Mixin private ConfigOptions options;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "ends by itself after this much wall time, for example 30s")
    private String duration;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws ConfigException, InterruptedException, StartFailed {
        long nanos = runTime();
        RunConfig config = options.read(List.of());
        Plan plan = config.plan(options.log(config));
        Topology topology = await(Topology.start(plan), START_SECONDS);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(topology, closed), "close"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "dashboard http://"
                        + bracketed(plan.web().host())
                        + ":"
                        + topology.httpPort()
                        + "/");
        out.println("grpc " + bracketed(plan.grpc().host()) + ":" + topology.grpcPort());
        out.println("ready in " + sinceStart() + " ms");
        out.flush();
        long end = nanos == FOREVER ? FOREVER : System.nanoTime() + nanos;
        report(topology, closed, end, new StatusLines(out));
        end(topology, closed);
        return ExitCodes.DONE;
    }

    private long runTime() {
        if (Optional.ofNullable(duration).isEmpty()) {
            return FOREVER;
        }
        OptionalLong nanos = Durations.parse(duration);
        if (nanos.isEmpty() || nanos.getAsLong() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--for wants a duration such as 30s or 5min, was \"" + duration + '"');
        }
        return nanos.getAsLong();
    }

    private static void report(
            Topology topology, CountDownLatch closed, long end, StatusLines lines)
            throws InterruptedException {
        long left = left(end);
        while (left > 0 && !closed.await(Math.min(left, REPORT_MILLIS), TimeUnit.MILLISECONDS)) {
            left = left(end);
            if (left > 0) {
                print(topology, lines);
            }
        }
    }

    /** Printed by this thread alone: whoever does not read the output holds up nobody else. */
    private static void print(Topology topology, StatusLines lines) throws InterruptedException {
        try {
            RunStatus run = await(topology.runStatus(), ANSWER_SECONDS);
            lines.print(run, await(topology.twins(), ANSWER_SECONDS));
        } catch (StartFailed noAnswer) {
            LOG.warn("no status: {}", noAnswer.getMessage());
        }
    }

    private static long left(long end) {
        return end == FOREVER ? FOREVER : TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    private static void end(Topology topology, CountDownLatch closed) {
        synchronized (topology) {
            if (closed.getCount() > 0) {
                closed.countDown();
                try {
                    await(topology.close(), CLOSE_SECONDS);
                } catch (InterruptedException | StartFailed e) {
                    System.err.println("qiki: not everything could be closed: " + e.getMessage());
                }
            }
        }
    }

    private static <T> T await(Future<T> future, long seconds)
            throws InterruptedException, StartFailed {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StartFailed(e.getCause());
        } catch (TimeoutException e) {
            throw new StartFailed(
                    new IllegalStateException("no answer within " + seconds + " s", e));
        }
    }

    /** Since Java began; the process itself may have been a shell that built for a while. */
    private static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
