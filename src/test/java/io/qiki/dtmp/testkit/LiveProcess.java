package io.qiki.dtmp.testkit;

import io.qiki.dtmp.bus.ComponentFailed;
import io.qiki.dtmp.launcher.Plan;
import io.qiki.dtmp.launcher.Topology;
import io.vertx.core.Vertx;

/** A whole process on a free port, with a program that asks it. */
public final class LiveProcess implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Topology topology;
    private final WebProbe probe;

    private LiveProcess(Plan plan) throws Exception {
        topology = WebHarness.get(Topology.start(plan));
        probe = new WebProbe(vertx, topology.httpPort());
    }

    /** Starts a process. */
    public static LiveProcess start(Plan plan) throws Exception {
        return new LiveProcess(plan);
    }

    /** The process itself. */
    public Topology topology() {
        return topology;
    }

    /** Asks its web server. */
    public WebProbe probe() {
        return probe;
    }

    /** Deploys a component of the process anew, as if it had failed. */
    public void restart(String component) {
        topology.restart(
                new ComponentFailed(component, ComponentFailed.NO_SHARD, "a test says so"));
    }

    /** How often a component was deployed anew, as the metrics tell. */
    public long restarts(String component) throws Exception {
        String row = "qiki_launcher_restarts_total{component=\"" + component + "\"} ";
        return probe.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(row))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(row.length())))
                .sum();
    }

    /** Event loops of the asking side. */
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() throws Exception {
        WebHarness.get(topology.close());
        WebHarness.get(vertx.close());
    }
}
