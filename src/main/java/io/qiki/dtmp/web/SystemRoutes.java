package io.qiki.dtmp.web;

import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.twin.TickClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Health and metrics. */
final class SystemRoutes {
    private final WebSources sources;
    private final FigureGauges figures;
    private final TickClient tick;
    private final StateStoreClient store;

    SystemRoutes(Vertx vertx, WebSources sources, LiveView live) {
        this.sources = sources;
        this.figures = new FigureGauges(sources.telemetry().metrics(), live);
        this.tick = new TickClient(vertx);
        this.store = new StateStoreClient(vertx);
    }

    void addTo(Router router) {
        router.get("/health/live").handler(this::onLive);
        router.get("/health/ready").handler(this::onReady);
        router.get("/metrics").handler(this::onMetrics);
    }

    /** An event loop that answers is alive. */
    private void onLive(RoutingContext context) {
        send(context, true, List.of());
    }

    private void onReady(RoutingContext context) {
        send(
                context,
                sources.telemetry().health().ready(),
                sources.telemetry().health().components());
    }

    private void onMetrics(RoutingContext context) {
        tick.status()
                .compose(run -> store.figures().onSuccess(found -> figures.accept(run, found)))
                .onComplete(done -> scrape(context));
    }

    private void scrape(RoutingContext context) {
        if (!context.response().closed()) {
            context.response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(sources.telemetry().metrics().scrape());
        }
    }

    private static void send(
            RoutingContext context, boolean up, List<HealthRegistry.Health> components) {
        JsonObject each = new JsonObject();
        for (HealthRegistry.Health health : components) {
            each.put(
                    health.component(),
                    new JsonObject()
                            .put("status", health.up() ? "UP" : "DOWN")
                            .put("reason", health.up() ? null : health.reason())
                            .put("since", health.since().toString()));
        }
        context.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(
                        new JsonObject()
                                .put("status", up ? "UP" : "DOWN")
                                .put("components", each)
                                .toBuffer());
    }
}
