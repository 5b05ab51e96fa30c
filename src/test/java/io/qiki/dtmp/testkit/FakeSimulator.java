package io.qiki.dtmp.testkit;

import io.qiki.dtmp.model.CommandStage;
import io.qiki.dtmp.model.InputSink;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.SensedBatch;
import io.qiki.dtmp.model.SensedInput;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.sim.SimShard;
import io.qiki.dtmp.sim.SimVault;
import io.qiki.dtmp.sim.World;
import io.qiki.dtmp.sim.WorldSettings;
import io.qiki.dtmp.wire.DriveMessages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import qiki.twin.v1.DriveRequest;
import qiki.twin.v1.ObservationBatch;
import qiki.twin.v1.TwinServiceGrpcService;

/** A simulator with a real world and bad manners. Flies on by itself, whoever is there. */
public final class FakeSimulator {
    private static final long PERIOD_MILLIS = 50;
    private static final RunStatus RUN = new RunStatus(RunState.RUNNING, 2, 0, 0, 0);

    private final boolean rude;
    private final List<TwinId> twins;
    private final SimShard worlds;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<UUID> begun = new CopyOnWriteArrayList<>();
    private final List<Long> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private final AtomicLong attachments = new AtomicLong();
    private GrpcServerRequest<DriveRequest, ObservationBatch> driver;
    private boolean waiting;
    private long heard;
    private long answers;
    private int port;

    private FakeSimulator(int twins, boolean rude) {
        this.rude = rude;
        this.twins =
                IntStream.rangeClosed(1, twins).mapToObj(i -> new TwinId("qiki-" + i)).toList();
        this.worlds =
                new SimShard(
                        0,
                        new World(WorldSettings.of(1), this.twins),
                        new SimVault(),
                        InputSink.NONE);
    }

    /**
     * Serves on a free port.
     *
     * @param rude whether it drops every other answer with commands, and every twelfth of all,
     *     together with whoever gave it its caller
     */
    public static Future<FakeSimulator> start(Vertx vertx, int twins, boolean rude) {
        FakeSimulator own = new FakeSimulator(twins, rude);
        GrpcServer grpc = GrpcServer.server(vertx);
        grpc.callHandler(TwinServiceGrpcService.Drive, own::onCall);
        HttpServer server = vertx.createHttpServer().requestHandler(grpc);
        return server.listen(0, "127.0.0.1")
                .map(
                        open -> {
                            own.port = open.actualPort();
                            vertx.setPeriodic(PERIOD_MILLIS, id -> own.tick());
                            return own;
                        });
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Whether it turns everybody away from now on. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** When somebody wanted to attach, ms of an arbitrary clock. */
    public List<Long> attempts() {
        return attempts;
    }

    /** How often somebody attached. */
    public long attachments() {
        return attachments.get();
    }

    /** The id of every command of every request that arrived, taken or dropped. */
    public List<String> commands() {
        return commands;
    }

    /** The id of every command that a vehicle began to execute, each time it did. */
    public List<UUID> begun() {
        return begun;
    }

    private void onCall(GrpcServerRequest<DriveRequest, ObservationBatch> call) {
        attempts.add(System.nanoTime() / 1_000_000);
        if (refusing) {
            call.response().status(GrpcStatus.UNAVAILABLE).end();
            return;
        }
        call.handler(request -> onRequest(call, request));
        call.exceptionHandler(gone -> forget(call));
        call.response().exceptionHandler(gone -> forget(call));
    }

    private void onRequest(
            GrpcServerRequest<DriveRequest, ObservationBatch> call, DriveRequest request) {
        if (driver != call) {
            driver = call;
            waiting = false;
            worlds.join(DriveMessages.standings(request));
            attachments.incrementAndGet();
            return;
        }
        heard += request.getCommandsCount() > 0 ? 1 : 0;
        answers++;
        request.getCommandsList().forEach(one -> commands.add(one.getCommand().getId()));
        waiting = false;
        boolean dropped = request.getCommandsCount() > 0 ? heard % 2 == 0 : answers % 12 == 0;
        if (!rude || !dropped) {
            worlds.take(heard, DriveMessages.orders(request));
        } else {
            forget(call);
            call.response().status(GrpcStatus.UNAVAILABLE).end();
        }
    }

    private void forget(GrpcServerRequest<DriveRequest, ObservationBatch> call) {
        if (driver == call) {
            driver = null;
        }
    }

    private void note(SensedInput sensed) {
        if (sensed instanceof SensedInput.Seen seen) {
            seen.observation().outcomes().stream()
                    .filter(one -> one.stage() == CommandStage.EXECUTING)
                    .forEach(one -> begun.add(one.commandId()));
        }
    }

    private void tick() {
        SensedBatch seen = worlds.advance();
        seen.sensed().forEach(this::note);
        if (driver != null && !waiting) {
            waiting = true;
            try {
                driver.response()
                        .write(
                                DriveMessages.batch(seen, twins, RUN).toBuilder()
                                        .setWallPeriodNs(PERIOD_MILLIS * 1_000_000)
                                        .build());
            } catch (IllegalStateException gone) {
                driver = null;
            }
        }
        worlds.finish(waiting);
    }
}
