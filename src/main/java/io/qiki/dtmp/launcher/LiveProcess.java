package io.qiki.dtmp.launcher;

import io.qiki.dtmp.model.RunStatus;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that runs until its time or its work is over, or somebody ends it. A signal is answered
 * by the shutdown hook: everything is closed, and Java exits with 128 and the number of the signal.
 */
final class LiveProcess {
    /** No end by itself. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final long REPORT_MILLIS = 2_000;
    private static final long START_SECONDS = 30;
    private static final long CLOSE_SECONDS = 4;
    private static final long ANSWER_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(LiveProcess.class);

    private final Topology topology;
    private final boolean mirrors;
    private final PrintWriter out;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean closed;

    private LiveProcess(Topology topology, boolean mirrors, PrintWriter out) {
        this.topology = topology;
        this.mirrors = mirrors;
        this.out = out;
    }

    /** Starts a process and says where it can be reached. */
    static LiveProcess start(Plan plan, PrintWriter out) throws InterruptedException, StartFailed {
        Topology topology = await(Topology.start(plan), START_SECONDS);
        LiveProcess process = new LiveProcess(topology, plan.role().mirrors(), out);
        Runtime.getRuntime().addShutdownHook(new Thread(process::end, "close"));
        if (plan.role().http()) {
            out.println(
                    "dashboard http://"
                            + bracketed(plan.web().host())
                            + ":"
                            + topology.httpPort()
                            + "/");
        }
        if (plan.role().simulator()) {
            out.println("grpc " + bracketed(plan.grpc().host()) + ":" + topology.grpcPort());
        }
        out.println("ready in " + sinceStart() + " ms");
        out.flush();
        return process;
    }

    Topology topology() {
        return topology;
    }

    /** Ends the waiting when the work is over. */
    void endsWith(Future<?> work) {
        work.onComplete(done -> over.complete(null));
    }

    /**
     * Reports until the time or the work is over, then closes everything.
     *
     * @param nanos wall time; {@link #FOREVER}: until somebody ends it
     */
    void await(long nanos) throws InterruptedException {
        long end = nanos == FOREVER ? FOREVER : System.nanoTime() + nanos;
        StatusLines lines = new StatusLines(out, mirrors);
        long left = left(end);
        while (left > 0 && !isOver(Math.min(left, REPORT_MILLIS))) {
            left = left(end);
            if (left > 0) {
                print(lines);
            }
        }
    }

    /** How the twins stand now, as a line. */
    void print() throws InterruptedException {
        print(new StatusLines(out, mirrors));
    }

    private boolean isOver(long millis) throws InterruptedException {
        try {
            over.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Printed by this thread alone: whoever does not read the output holds up nobody else. */
    private void print(StatusLines lines) throws InterruptedException {
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

    /** Closes everything; again it does nothing more. */
    synchronized void end() {
        if (!closed) {
            closed = true;
            over.complete(null);
            try {
                await(topology.close(), CLOSE_SECONDS);
            } catch (InterruptedException | StartFailed e) {
                System.err.println("qiki: not everything could be closed: " + e.getMessage());
            }
        }
    }

    /** What a future comes to. */
    static <T> T await(Future<T> future, long seconds) throws InterruptedException, StartFailed {
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

    /** A host as it stands before a port. */
    static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
