package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.Addresses;
import io.qiki.dtmp.bus.CreditInlet;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.WireDates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import qiki.agent.v1.EngineServiceGrpcService;
import qiki.api.QSimAPIServiceGrpcService;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.ObservationBatch;
import qiki.twin.v1.TwinServiceGrpcService;

/**
 * Serves the process over gRPC.
 *
 * <p>Owns: the server, its streams' readers, and a view of the newest tick of every twin.
 *
 * <p>Consumes: the reports of every shard (credit streams), {@link Addresses#TICK_CHANGED}.
 *
 * <p>Emits: answers and streams; requests through the clients of tick, sim, store and commands.
 *
 * <p>Runs on: an event loop; one instance keeps one view and one set of readers.
 */
public final class GrpcVerticle extends VerticleBase {
    private static final RunStatus NOBODY_PACES = new RunStatus(RunState.STOPPED, 1, 0, 0, 0);
    private static final Logger LOG = LoggerFactory.getLogger(GrpcVerticle.class);
    private static final int REPORT_WINDOW = 4;

    /** A caller that is silent is asked so often, and has so long to answer, ms. */
    private static final long PING_MILLIS = 20_000;

    private static final long PING_LIMIT_MILLIS = 10_000;

    /** A connection on which nothing moves, not even a question, is closed, s. */
    private static final int IDLE_SECONDS = 60;

    /**
     * A connection on which more calls are given up in {@value #CANCEL_SECONDS} s is closed: one
     * honest caller in a tight loop gives up two thousand a second, a flood many times that.
     * Source: CVE-2023-44487; the library's own limit is 200 in 30 s.
     */
    private static final int MOST_CANCELS = 50_000;

    private static final int CANCEL_SECONDS = 10;

    /** What reads of the last streams may take after they have been told of the end, ms. */
    private static final long LAST_WORDS_MILLIS = 100;

    private final GrpcConfig config;
    private final GrpcSources sources;
    private final Promise<Integer> port;
    private final List<CreditInlet<?>> inlets = new ArrayList<>();
    private TwinsView view;
    private TwinStreams streams;
    private CommandStream commands;
    private EngineApi engines;
    private KeepAlive keepAlive;
    private final Map<Integer, DriveDesk> desks = new TreeMap<>();
    private HttpServer server;

    /**
     * A verticle.
     *
     * @param port completed with the port it listens on
     */
    public GrpcVerticle(GrpcConfig config, GrpcSources sources, Promise<Integer> port) {
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
                .compose(done -> listen());
    }

    @Override
    public Future<?> stop() {
        Failure reason =
                new Failure(FailureCode.SIM_UNAVAILABLE, "the server closes; come back later");
        if (streams != null) {
            streams.close(reason);
            commands.close(reason);
            engines.close(reason);
            keepAlive.stop();
        }
        List<Future<?>> closing = new ArrayList<>();
        desks.values().forEach(desk -> closing.add(desk.close(reason)));
        inlets.forEach(inlet -> closing.add(inlet.close()));
        if (server != null) {
            closing.add(vertx.timer(LAST_WORDS_MILLIS).transform(over -> server.close()));
        }
        return Future.join(closing);
    }

    private Future<?> openViews(RunStatus status) {
        view = new TwinsView(sources.twins(), status);
        streams = new TwinStreams(sources, view);
        commands = new CommandStream(new CommandClient(vertx));
        engines = new EngineApi(vertx, sources, view);
        keepAlive = new KeepAlive(vertx, PING_MILLIS, PING_LIMIT_MILLIS);
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
        vertx.eventBus().localConsumer(Addresses.TICK_CHANGED, this::onRunStatus);
        List<Future<?>> open = new ArrayList<>();
        if (sources.drive() != GrpcSources.Drive.NONE) {
            for (int shard : sources.populated()) {
                DriveDesk desk = new DriveDesk(vertx, shard, sources, view);
                desks.put(shard, desk);
                open.add(desk.open());
            }
        }
        inlets.forEach(inlet -> open.add(inlet.open()));
        return Future.all(open);
    }

    private void onRunStatus(Message<RunStatus> message) {
        view.accept(message.body());
        desks.values().forEach(DriveDesk::onHeartbeat);
    }

    private void onReport(TickReport report, long missed) {
        view.accept(report);
        streams.onReport(report, missed);
        commands.onReport(report);
        engines.onReport(report);
    }

    private void drive(GrpcServerRequest<DriveRequest, ObservationBatch> call) {
        if (desks.isEmpty()) {
            GrpcStatuses.fail(
                    call.response(),
                    new Failure(
                            FailureCode.WRONG_STATE,
                            "the agents of this process live in it; ./qiki sim is driven from"
                                    + " outside"));
        } else {
            new DriveCall(desks, call);
        }
    }

    private Future<HttpServer> listen() {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(config.host())
                        .setPort(config.port())
                        .setIdleTimeout(IDLE_SECONDS)
                        .setHttp2RstFloodMaxRstFramePerWindow(MOST_CANCELS)
                        .setHttp2RstFloodWindowDuration(CANCEL_SECONDS);
        config.identity()
                .ifPresent(
                        identity ->
                                options.setSsl(true)
                                        .setUseAlpn(true)
                                        .setKeyCertOptions(
                                                new PemKeyCertOptions()
                                                        .setCertPath(
                                                                identity.certificate().toString())
                                                        .setKeyPath(identity.key().toString())));
        server = vertx.createHttpServer(options).requestHandler(GuardedRequest.before(calls()));
        server.exceptionHandler(this::onBroken);
        server.connectionHandler(this::onConnection);
        return server.listen()
                .onSuccess(
                        listening -> {
                            LOG.info("gRPC on {}:{}", config.host(), listening.actualPort());
                            port.tryComplete(listening.actualPort());
                        })
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

    private void onConnection(HttpConnection connection) {
        connection.exceptionHandler(this::onBroken);
        StreamGuard.guard(connection);
        keepAlive.add(connection);
    }

    /** Bytes that mean nothing, and callers that vanish, are counted; logging them is too much. */
    private void onBroken(Throwable cause) {
        LOG.debug("a connection broke: {}", cause.toString());
        sources.telemetry().metrics().counter(MetricNames.GRPC_BROKEN).accept(1);
    }

    private GrpcServer calls() {
        GrpcServer grpc =
                GrpcServer.server(
                        vertx,
                        new GrpcServerOptions()
                                .setScheduleDeadlineAutomatically(true)
                                .setMaxMessageSize(GrpcConfig.MAX_MESSAGE_BYTES));
        HealthService health = HealthService.create(vertx);
        for (var name :
                List.of(
                        QSimAPIServiceGrpcService.SERVICE_NAME,
                        TwinServiceGrpcService.SERVICE_NAME,
                        EngineServiceGrpcService.SERVICE_NAME)) {
            health.register(
                    name, () -> Future.succeededFuture(sources.telemetry().health().ready()));
        }
        GrpcCalls calls =
                new GrpcCalls(sources.telemetry().metrics())
                        .service(
                                QSimAPIServiceGrpcService.SERVICE_NAME,
                                QSimAPIServiceGrpcService.SERVICE_DESCRIPTOR)
                        .service(
                                TwinServiceGrpcService.SERVICE_NAME,
                                TwinServiceGrpcService.SERVICE_DESCRIPTOR)
                        .service(
                                EngineServiceGrpcService.SERVICE_NAME,
                                EngineServiceGrpcService.SERVICE_DESCRIPTOR);
        new SimApi(
                        view,
                        new CommandClient(vertx),
                        sources.telemetry().health(),
                        new WireDates(sources.epoch(), sources.plan().stepNanos()),
                        sources.sensors(),
                        Clock.systemUTC())
                .bind(calls);
        new TwinApi(vertx, sources, view).bind(calls);
        streams.bind(calls);
        calls.both(TwinServiceGrpcService.Drive, this::drive);
        commands.bind(calls);
        engines.bind(calls);
        calls.addTo(grpc);
        grpc.addService(health);
        grpc.addService(ReflectionService.v1());
        return grpc;
    }
}
