package io.qiki.dtmp.web;

import io.qiki.dtmp.journal.EventQuery;
import io.qiki.dtmp.model.TwinId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The paths under {@code /api/v1}. */
final class ApiRoutes {
    private static final String V1 = "/api/v1";
    private static final String TWIN = V1 + "/twins/:twin";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final LiveApi api;
    private final JsonObject description;

    ApiRoutes(LiveApi api, JsonObject description) {
        this.api = api;
        this.description = description;
    }

    void addTo(Router router) {
        get(router, V1 + "/openapi.json", query -> now(description.copy()));
        get(router, V1 + "/twins", this::twins, "limit", "after");
        get(router, TWIN, query -> now(api.row(twin(query))));
        get(router, TWIN + "/state", query -> api.state(twin(query)));
        get(router, TWIN + "/telemetry", query -> now(api.telemetry(twin(query))));
        get(router, TWIN + "/decisions", this::decisions, "limit");
        get(router, V1 + "/events", this::events, "twin", "type", "from", "to", "before", "limit");
        get(router, TWIN + "/faults", query -> api.faults(twin(query)));
        get(router, V1 + "/fsm", query -> now(api.fsm()));
        get(router, V1 + "/signals", query -> now(api.signals()));
        get(router, V1 + "/faults/catalogue", query -> now(api.faultCatalogue()));
        post(router, V1 + "/sim/control", OK, query -> api.control(query.body()));
        post(router, TWIN + "/faults", CREATED, query -> api.inject(twin(query), query.body()));
        post(router, TWIN + "/commands", ACCEPTED, query -> api.give(twin(query), query.body()));
        answer(router, HttpMethod.DELETE, TWIN + "/faults/:fault", OK, this::clear);
        get(router, V1 + "/commands/:command", query -> api.command(query.path("command")));
    }

    private Future<JsonObject> twins(Query query) {
        return now(api.twins(query.whole("limit", 1, 1_000, 100), query.text("after").orElse("")));
    }

    private Future<JsonObject> decisions(Query query) {
        int limit = query.whole("limit", 1, WebConfig.KEPT_DECISIONS, 20);
        return now(api.decisions(twin(query), limit));
    }

    private Future<JsonObject> events(Query query) {
        Optional<TwinId> twin = query.text("twin").map(id -> api.twin(id).twin());
        long from = query.whole("from", 0L, Long.MAX_VALUE, 0L);
        return api.events(
                new EventQuery(
                        twin,
                        query.text("type"),
                        from,
                        query.whole("to", from, Long.MAX_VALUE, Long.MAX_VALUE),
                        0,
                        query.whole("before", 0L, Long.MAX_VALUE, Long.MAX_VALUE),
                        query.whole("limit", 1, EventQuery.MAX_LIMIT, 100)));
    }

    private Future<JsonObject> clear(Query query) {
        return api.clear(twin(query), query.path("fault"));
    }

    private TwinView twin(Query query) {
        return api.twin(query.path("twin"));
    }

    private static Future<JsonObject> now(JsonObject body) {
        return Future.succeededFuture(body);
    }

    private static void get(
            Router router,
            String path,
            Function<Query, Future<JsonObject>> call,
            String... parameters) {
        answer(router, HttpMethod.GET, path, OK, call, parameters);
    }

    private static void post(
            Router router, String path, int status, Function<Query, Future<JsonObject>> call) {
        answer(router, HttpMethod.POST, path, status, call);
    }

    private static void answer(
            Router router,
            HttpMethod method,
            String path,
            int status,
            Function<Query, Future<JsonObject>> call,
            String... parameters) {
        router.route(method, path)
                .handler(
                        context -> {
                            Query query = new Query(context);
                            query.only(List.of(parameters));
                            call.apply(query)
                                    .onSuccess(body -> send(context, status, body))
                                    .onFailure(context::fail);
                        });
    }

    private static void send(RoutingContext context, int status, JsonObject body) {
        if (context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
