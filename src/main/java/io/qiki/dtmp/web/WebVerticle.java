package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.bus.TwinRoster;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.MalformedJsonException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the process over HTTP.
 *
 * <p>Owns: the HTTP server, the browsers' sessions, and a view of the newest tick of every twin.
 *
 * <p>Consumes: the reports of every shard and the changes of the store (credit streams), {@link
 * Addresses#TICK_CHANGED}, {@link Addresses#TWINS}, the event log.
 *
 * <p>Emits: HTTP answers and frames to browsers; requests through the clients of tick, sim, store
 * and journal.
 *
 * <p>Runs on: an event loop; one instance keeps one view and one set of sessions.
 */
public final class WebVerticle extends VerticleBase {
    /** What is shown until somebody paces: no time goes on. */
    private static final RunStatus NOBODY_PACES = new RunStatus(RunState.STOPPED, 1, 0, 0, 0);

    private static final Logger LOG = LoggerFactory.getLogger(WebVerticle.class);
    private static final int REPORT_WINDOW = 4;
    private static final long SECOND_MILLIS = 1_000;
    private static final String DESCRIPTION = "io/qiki/dtmp/web/openapi.json";

    private final WebConfig config;
    private final WebSources sources;
    private final Promise<Integer> port;
    private final List<CreditInlet<?>> inlets = new ArrayList<>();
    private LiveView live;
    private LiveApi api;
    private LivePush push;
    private HttpServer server;
    private long timer = -1;

    /**
     * A verticle.
     *
     * @param port completed with the port it listens on
     */
    public WebVerticle(WebConfig config, WebSources sources, Promise<Integer> port) {
        this.config = config;
        this.sources = sources;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        return new TickClient(vertx)
                .status()
                .otherwise(NOBODY_PACES)
                .compose(this::openViews)
                .compose(done -> listen())
                .onSuccess(this::onListening);
    }

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        if (push != null) {
            push.close();
        }
        List<Future<?>> closing = new ArrayList<>();
        inlets.forEach(inlet -> closing.add(inlet.close()));
        if (server != null) {
            closing.add(server.close());
        }
        return Future.join(closing);
    }

    private Future<?> openViews(RunStatus status) {
        live = new LiveView(sources.twins(), sources.shards(), status);
        api = new LiveApi(vertx, sources, live);
        push = new LivePush(vertx, api, live);
        push.open();
        bindGauges();
        timer = vertx.setPeriodic(SECOND_MILLIS, id -> push.onSecond());
        IntStream.range(0, sources.shards().count())
                .mapToObj(Addresses::agentReports)
                .map(
                        address ->
                                new CreditInlet<>(
                                        vertx,
                                        address,
                                        TickReport.class,
                                        REPORT_WINDOW,
                                        this::onReport))
                .forEach(inlets::add);
        inlets.add(new StateStoreClient(vertx).changes(this::onState));
        vertx.eventBus().localConsumer(Addresses.TICK_CHANGED, this::onRunStatus);
        vertx.eventBus().localConsumer(Addresses.TWINS, this::onTwins);
        return Future.all(inlets.stream().map(CreditInlet::open).toList());
    }

    private void onReport(TickReport report, long missed) {
        live.accept(report, System.nanoTime());
        push.onTick(report);
    }

    private void onState(StoredState state, long missed) {
        live.accept(state);
        push.onState(state);
    }

    private void onTwins(Message<TwinRoster> message) {
        live.accept(message.body());
    }

    private void onRunStatus(Message<RunStatus> message) {
        live.accept(message.body());
        push.onRunStatus(message.body());
    }

    private Future<HttpServer> listen() {
        server =
                new HttpLimits(this::count)
                        .on(vertx.createHttpServer(HttpLimits.options(config)))
                        .requestHandler(router());
        return server.listen()
                .recover(
                        cause ->
                                Future.failedFuture(
                                        new RequestFailed(
                                                FailureCode.NET_BIND,
                                                "cannot listen on "
                                                        + config.host()
                                                        + ":"
                                                        + config.port()
                                                        + ": "
                                                        + cause.getMessage())));
    }

    private void onListening(HttpServer listening) {
        LOG.info("HTTP on {}:{}", config.host(), listening.actualPort());
        port.complete(listening.actualPort());
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::onAny);
        router.route().handler(new OriginGuard(config.names()));
        PageRoutes page = PageRoutes.of(vertx);
        page.addHeadersTo(router);
        router.route().handler(BodyHandler.create(false).setBodyLimit(WebConfig.MAX_BODY_BYTES));
        router.routeWithRegex("/eventbus/iframe.*").handler(context -> context.fail(404));
        router.route("/eventbus/*").subRouter(socket());
        new ApiRoutes(api, description()).addTo(router);
        new SystemRoutes(vertx, sources, live).addTo(router);
        AllowedMethods.complete(router);
        page.addTo(router);
        AllowedMethods.refuseOthers(router, "/", new TreeSet<>(List.of("GET", "HEAD")));
        router.route().handler(context -> context.fail(404));
        router.route().failureHandler(this::onFailure);
        router.errorHandler(
                400,
                context -> refuse(context, FailureCode.MALFORMED, "the path cannot be read: "));
        router.errorHandler(404, context -> refuse(context, FailureCode.NOT_FOUND, "there is no "));
        router.errorHandler(405, context -> refuse(context, FailureCode.BAD_METHOD, "not for "));
        return router;
    }

    private Router socket() {
        SockJSHandlerOptions options =
                new SockJSHandlerOptions()
                        .setRegisterWriteHandler(false)
                        .setInsertJSESSIONID(false);
        BrowserCalls calls = new BrowserCalls(api, live);
        return SockJSHandler.create(vertx, options)
                .socketHandler(
                        socket ->
                                new BrowserSession(socket, push.hub(), calls, this::count).open());
    }

    private JsonObject description() {
        return vertx.fileSystem().readFileBlocking(DESCRIPTION).toJsonObject();
    }

    private void onFailure(RoutingContext context) {
        if (context.failure() instanceof HttpClosedException || context.response().closed()) {
            return; // the client has gone, nobody reads an answer
        }
        Problem.send(context, failure(context));
    }

    /** Counts the refusal that an answer turns out to be. */
    private void onAny(RoutingContext context) {
        context.addEndHandler(done -> Problem.sent(context).ifPresent(this::count));
        context.next();
    }

    private void count(FailureCode code) {
        sources.telemetry()
                .metrics()
                .counter(MetricNames.WEB_REFUSALS, "code", code.text())
                .accept(1);
    }

    private static void refuse(RoutingContext context, FailureCode code, String why) {
        Problem.send(
                context, code, why + context.request().method() + " " + context.request().path());
    }

    private static Failure failure(RoutingContext context) {
        Throwable cause = context.failure();
        String asked = context.request().method() + " " + context.request().path();
        if (cause instanceof MalformedJsonException) {
            return new Failure(FailureCode.MALFORMED, cause.getMessage());
        } else if (context.statusCode() == 413) {
            return new Failure(
                    FailureCode.TOO_LARGE,
                    "a body has at most " + WebConfig.MAX_BODY_BYTES + " bytes");
        } else if (cause instanceof RequestFailed || cause instanceof IllegalArgumentException) {
            return Replies.failureOf(cause, FailureCode.INTERNAL);
        } else if (context.statusCode() == 404) {
            return new Failure(FailureCode.NOT_FOUND, "there is no " + asked);
        } else if (context.statusCode() == 405) {
            return new Failure(FailureCode.BAD_METHOD, "not for " + asked);
        } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
            return new Failure(FailureCode.MALFORMED, "the request cannot be read: " + asked);
        }
        LOG.error("{} failed", asked, cause);
        return new Failure(FailureCode.INTERNAL, asked + " failed in the server");
    }

    private void bindGauges() {
        Metrics metrics = sources.telemetry().metrics();
        BrowserHub hub = push.hub();
        metrics.gauge(MetricNames.WEB_SESSIONS, hub, BrowserHub::sessions);
        metrics.rising(MetricNames.WEB_MESSAGES, hub, BrowserHub::sent);
        metrics.rising(MetricNames.WEB_CONFLATED, hub, BrowserHub::conflated);
        metrics.rising(MetricNames.WEB_EVENTS_DROPPED, hub, BrowserHub::eventsDropped);
        metrics.rising(MetricNames.WEB_EVENTS_MISSED, push, LivePush::eventsMissed);
        metrics.rising(MetricNames.JOURNAL_DROPPED, push, LivePush::logDropped);
    }
}
