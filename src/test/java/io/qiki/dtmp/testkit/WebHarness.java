package io.qiki.dtmp.testkit;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditOutlet;
import io.qiki.dtmp.bus.ReferenceCodec;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.journal.EventLog;
import io.qiki.dtmp.journal.EventLogClient;
import io.qiki.dtmp.journal.EventLogVerticle;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.StateCommit;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinEvent;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.VehicleProfile;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.store.StateStore;
import io.qiki.dtmp.store.StateStoreVerticle;
import io.qiki.dtmp.store.StoreLimits;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.twin.CommandBook;
import io.qiki.dtmp.twin.CommandLimits;
import io.qiki.dtmp.twin.CommandVerticle;
import io.qiki.dtmp.twin.PaceVault;
import io.qiki.dtmp.twin.TickConfig;
import io.qiki.dtmp.twin.TickVerticle;
import io.qiki.dtmp.web.WebConfig;
import io.qiki.dtmp.web.WebSources;
import io.qiki.dtmp.web.WebVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The web server of one twin whose ticks the test makes by hand. */
public final class WebHarness implements AutoCloseable {
    private static final long STEP_NANOS = 20_000_000;
    private static final long PERIOD_NANOS = Reports.STEPS_PER_TICK * STEP_NANOS;

    private final Vertx vertx = Vertx.vertx();
    private final StateStore store = new StateStore(StoreLimits.DEFAULT);
    private final CreditOutlet<Integer, TickReport> reports;
    private final int port;

    private WebHarness() throws Exception {
        ReferenceCodec.install(vertx.eventBus());
        store.acquire(Reports.TWIN, "test", 0);
        reports = new CreditOutlet<>(vertx, Addresses.agentReports(0));
        get(reports.open());
        vertx.eventBus()
                .localConsumer(
                        Addresses.simAdvance(0), m -> m.reply(new SimClient.Advanced(0, 1, false)));
        get(vertx.deployVerticle(new EventLogVerticle(new EventLog(1_000))));
        get(vertx.deployVerticle(new StateStoreVerticle(store)));
        get(
                vertx.deployVerticle(
                        new TickVerticle(
                                new TickConfig(
                                        PERIOD_NANOS,
                                        Reports.STEPS_PER_TICK,
                                        1,
                                        List.of(0),
                                        List.of(Reports.TWIN)),
                                new Telemetry(new HealthRegistry(Clock.systemUTC()), new Metrics()),
                                new PaceVault())));
        CommandBook commands =
                new CommandBook(CommandLimits.of(PERIOD_NANOS), List.of(Reports.TWIN), true);
        get(vertx.deployVerticle(new CommandVerticle(commands, new Shards(1))));
        port = listen(vertx, 0);
    }

    /** Starts it on a free port. */
    public static WebHarness start() throws Exception {
        return new WebHarness();
    }

    /** Another web server on the same bus; gives its port. */
    public static int listen(Vertx vertx, int port) throws Exception {
        Promise<Integer> listening = Promise.promise();
        HealthRegistry health = new HealthRegistry(Clock.systemUTC());
        health.up("web");
        WebSources sources =
                new WebSources(
                        List.of(Reports.TWIN),
                        new Shards(1),
                        Instant.parse("2030-01-01T00:00:00Z"),
                        SignalPlan.of(
                                VehicleProfile.qikiDodeca01(), STEP_NANOS, Reports.STEPS_PER_TICK),
                        List.of(SensorId.IMU_MAIN, SensorId.NAV),
                        new JsonObject()
                                .put("states", new JsonArray().add("ACTIVE"))
                                .put("activities", new JsonArray().add("CRUISE"))
                                .put("rows", new JsonArray()),
                        new Telemetry(health, new Metrics()));
        WebConfig config = new WebConfig("127.0.0.1", port, List.of());
        get(vertx.deployVerticle(new WebVerticle(config, sources, listening)));
        return get(listening.future());
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Its event loops. */
    public Vertx vertx() {
        return vertx;
    }

    /** Hands the web server the report of a tick. */
    public void tick(TwinReport report) {
        vertx.runOnContext(now -> reports.offer(0, new TickReport(0, List.of(report))));
    }

    /** Commits a state, as an agent does. */
    public void commit(TwinReport report) throws Exception {
        StoredState now = store.get(Reports.TWIN).orElseThrow();
        get(
                new io.qiki.dtmp.store.StateStoreClient(vertx)
                        .commit(
                                List.of(
                                        new StateCommit(
                                                Reports.TWIN,
                                                now.epoch(),
                                                report.observation().tick(),
                                                now.version(),
                                                report.state().snapshot()))));
    }

    /** Writes an event down. */
    public void event(TwinEvent event) {
        new EventLogClient(vertx).record(List.of(event));
    }

    @Override
    public void close() throws Exception {
        get(vertx.close());
    }

    /** The result of a future. */
    public static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
    }
}
