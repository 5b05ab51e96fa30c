package io.qiki.dtmp.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A live fleet in a process of its own that measures itself and prints one line of JSON. */
final class FleetChild {
    private static final int SHARDS = 2;
    private static final long WARM_UP_MILLIS = 15_000;
    private static final String BUCKET = "qiki_tick_lateness_seconds_bucket{le=\"";

    private FleetChild() {}

    /**
     * Measures.
     *
     * @param arguments twins, seconds
     */
    public static void main(String[] arguments) throws Exception {
        int twins = Integer.parseInt(arguments[0]);
        long seconds = Long.parseLong(arguments[1]);
        try (LiveProcess fleet = LiveProcess.start(Plans.demo(twins, new Shards(SHARDS), 0))) {
            Thread.sleep(WARM_UP_MILLIS);
            Moment begin = Moment.of(fleet);
            Thread.sleep(seconds * 1_000);
            Moment end = Moment.of(fleet);
            System.out.println(end.since(begin, twins).encode());
        }
        System.exit(0);
    }

    /** What has been counted up to now. */
    private record Moment(
            RunStatus run,
            TreeMap<Double, Double> lateness,
            long wallNanos,
            long cpuNanos,
            Map<Long, Long> allocated) {
        static Moment of(LiveProcess fleet) throws Exception {
            RunStatus run = WebHarness.get(fleet.topology().runStatus());
            TreeMap<Double, Double> lateness = new TreeMap<>();
            fleet.probe()
                    .get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(BUCKET))
                    .forEach(line -> addBucket(lateness, line));
            return new Moment(
                    run, lateness, System.nanoTime(), system().getProcessCpuTime(), allocations());
        }

        JsonObject since(Moment begin, int twins) throws IOException {
            double wall = (wallNanos - begin.wallNanos) / 1e9;
            long bytes = 0;
            for (Map.Entry<Long, Long> thread : allocated.entrySet()) {
                bytes += thread.getValue() - begin.allocated.getOrDefault(thread.getKey(), 0L);
            }
            System.gc();
            Runtime memory = Runtime.getRuntime();
            return new JsonObject()
                    .put("ticks", (run.ticks() - begin.run.ticks()) / wall)
                    .put("twin-ticks", twins * (run.ticks() - begin.run.ticks()) / wall)
                    .put("slips", run.slips() - begin.run.slips())
                    .put("lateness-p99", percentile(begin, 0.99) * 1e3)
                    .put("cpu", (cpuNanos - begin.cpuNanos) / 1e9 / wall)
                    .put("heap", (memory.totalMemory() - memory.freeMemory()) / 1e6)
                    .put("resident", resident())
                    .put("allocation", bytes / 1e6 / wall);
        }

        /** Upper end of the bucket in which it lies, s. */
        private double percentile(Moment begin, double part) {
            double all = increase(begin, lateness.lastKey());
            for (Double bound : lateness.keySet()) {
                if (increase(begin, bound) >= part * all) {
                    return bound;
                }
            }
            return Double.POSITIVE_INFINITY;
        }

        private double increase(Moment begin, Double bound) {
            return lateness.get(bound) - begin.lateness.getOrDefault(bound, 0.0);
        }

        private static void addBucket(TreeMap<Double, Double> lateness, String line) {
            String bound = line.substring(BUCKET.length(), line.indexOf('"', BUCKET.length()));
            double seconds =
                    "+Inf".equals(bound) ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
            lateness.put(seconds, Double.parseDouble(line.substring(line.indexOf(' ') + 1)));
        }

        private static OperatingSystemMXBean system() {
            return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        }

        private static Map<Long, Long> allocations() {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] ids = threads.getAllThreadIds();
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            Map<Long, Long> byThread = new HashMap<>();
            for (int i = 0; i < ids.length; i++) {
                byThread.put(ids[i], Math.max(0, bytes[i]));
            }
            return byThread;
        }

        private static double resident() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1e3;
                }
            }
            throw new IOException("/proc/self/status names no VmRSS");
        }
    }
}
