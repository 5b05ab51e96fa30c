package io.qiki.dtmp.testkit;

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
