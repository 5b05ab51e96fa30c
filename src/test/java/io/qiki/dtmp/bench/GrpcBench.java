package io.qiki.dtmp.bench;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.qiki.dtmp.testkit.LiveProcess;
import io.qiki.dtmp.testkit.Plans;
import io.qiki.dtmp.testkit.RawMessages;
import io.qiki.dtmp.testkit.WebHarness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.server.GrpcServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import qiki.api.GetSensorDataRequest;
import qiki.api.GetSensorDataResponse;
import qiki.api.QSimAPIServiceGrpcClient;
import qiki.api.QSimAPIServiceGrpcService;
import qiki.common.SensorType;
import qiki.common.UUID;
import qiki.common.Unit;
import qiki.sensors.SensorReading;

/**
 * GetSensorData of a live process against servers that do nothing but answer, one client for all,
 * round by round in turn. Not a matter of JMH: three servers have to meet the same moment.
 */
final class GrpcBench {
    private static final int ROUNDS = 9;
    private static final long ROUND_MILLIS = 1_500;
    private static final double PART_OF_ECHO = 0.9;
    private static final String OURS = "sensor-data";
    private static final String ECHO = "vertx-echo";
    private static final String JAVA_ECHO = "grpc-java-echo";
    private static final GetSensorDataResponse ANSWER =
            GetSensorDataResponse.newBuilder()
                    .setReading(
                            SensorReading.newBuilder()
                                    .setSensorId(
                                            UUID.newBuilder()
                                                    .setValue(
                                                            "01234567-89ab-cdef-0123-456789abcdef"))
                                    .setSensorType(SensorType.LIDAR)
                                    .setScalarData(12.5f)
                                    .setUnit(Unit.METERS)
                                    .setIsValid(true)
                                    .setSignalStrength(1)
                                    .setSourceModule("q_sim_service"))
                    .build();

    private final Vertx clients = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final GrpcClient client = GrpcClient.client(clients);

    private GrpcBench() {}

    /** Measures one in flight and 64. */
    static List<BenchReport.Row> run() throws IOException {
        Vertx vertx = Vertx.vertx();
        Server java = javaEcho();
        try (LiveProcess ours = LiveProcess.start(Plans.demo(1))) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put(OURS, ours.topology().grpcPort());
            ports.put(ECHO, WebHarness.get(echo(vertx)).actualPort());
            ports.put(JAVA_ECHO, java.getPort());
            GrpcBench bench = new GrpcBench();
            List<BenchReport.Row> rows = new ArrayList<>();
            for (int inFlight : List.of(1, 64)) {
                rows.addAll(bench.compare(ports, inFlight));
            }
            WebHarness.get(bench.clients.close());
            return rows;
        } catch (Exception e) {
            throw new IOException("gRPC could not be measured: " + e.getMessage(), e);
        } finally {
            java.shutdownNow();
            vertx.close();
        }
    }

    private List<BenchReport.Row> compare(Map<String, Integer> ports, int inFlight)
            throws InterruptedException {
        Map<String, double[]> found = new LinkedHashMap<>();
        ports.keySet().forEach(name -> found.put(name, new double[ROUNDS]));
        for (int port : ports.values()) {
            rate(port, inFlight);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Integer> one : ports.entrySet()) {
                found.get(one.getKey())[round] = rate(one.getValue(), inFlight);
            }
        }
        List<BenchReport.Row> rows = new ArrayList<>();
        double echo = BenchReport.median(found.get(ECHO));
        found.forEach(
                (name, rates) -> {
                    Figure figure = Figure.of("grpc", name + "-" + inFlight, "calls/s");
                    if (name.equals(OURS)) {
                        figure = figure.beside("the Vert.x echo", echo).target(PART_OF_ECHO * echo);
                    } else if (name.equals(JAVA_ECHO)) {
                        figure = figure.beside("the Vert.x echo", echo);
                    }
                    rows.add(BenchReport.Row.of(figure, rates));
                });
        return rows;
    }

    private double rate(int port, int inFlight) throws InterruptedException {
        SocketAddress server = SocketAddress.inetSocketAddress(port, "127.0.0.1");
        AtomicLong calls = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        AtomicBoolean running = new AtomicBoolean(true);
        long began = System.nanoTime();
        clients.runOnContext(
                turn -> {
                    for (int i = 0; i < inFlight; i++) {
                        call(server, calls, failures, running);
                    }
                });
        Thread.sleep(ROUND_MILLIS);
        long done = calls.get();
        double seconds = (System.nanoTime() - began) / 1e9;
        running.set(false);
        if (failures.get() > 0) {
            throw new IllegalStateException(failures + " calls to port " + port + " failed");
        }
        return done / seconds;
    }

    private void call(
            SocketAddress server, AtomicLong calls, AtomicLong failures, AtomicBoolean running) {
        client.request(server, QSimAPIServiceGrpcClient.GetSensorData)
                .compose(request -> request.send(GetSensorDataRequest.getDefaultInstance()))
                .compose(response -> response.last())
                .onComplete(
                        answer -> {
                            (answer.succeeded() ? calls : failures).incrementAndGet();
                            if (running.get()) {
                                call(server, calls, failures, running);
                            }
                        });
    }

    private static Future<HttpServer> echo(Vertx vertx) {
        GrpcServer grpc = GrpcServer.server(vertx);
        grpc.callHandler(
                QSimAPIServiceGrpcService.GetSensorData,
                call -> call.handler(message -> call.response().end(ANSWER)));
        return vertx.createHttpServer().requestHandler(grpc).listen(0, "127.0.0.1");
    }

    private static Server javaEcho() throws IOException {
        byte[] answer = ANSWER.toByteArray();
        MethodDescriptor<byte[], byte[]> method =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("qiki.api.QSimAPIService/GetSensorData")
                        .setRequestMarshaller(new RawMessages())
                        .setResponseMarshaller(new RawMessages())
                        .build();
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(
                        ServerServiceDefinition.builder("qiki.api.QSimAPIService")
                                .addMethod(
                                        method,
                                        ServerCalls.asyncUnaryCall(
                                                (message, observer) -> {
                                                    observer.onNext(answer);
                                                    observer.onCompleted();
                                                }))
                                .build())
                .build()
                .start();
    }
}
