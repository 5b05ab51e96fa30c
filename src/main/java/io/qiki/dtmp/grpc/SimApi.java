package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.Replies;
import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.telemetry.HealthRegistry;
import io.qiki.dtmp.twin.CommandClient;
import io.qiki.dtmp.wire.ActuatorMessages;
import io.qiki.dtmp.wire.RadarMessages;
import io.qiki.dtmp.wire.SensorMessages;
import io.qiki.dtmp.wire.UnknownActuatorException;
import io.qiki.dtmp.wire.WireDates;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import qiki.api.GetRadarFrameResponse;
import qiki.api.GetSensorDataResponse;
import qiki.api.HealthCheckResponse;
import qiki.api.QSimAPIServiceGrpcService;
import qiki.api.SendActuatorCommandRequest;
import qiki.api.SendActuatorCommandResponse;

/**
 * The original's service. It speaks for the first twin or the one named in the metadata; readings
 * come from the newest tick, without asking anybody.
 */
final class SimApi {
    /** Metadata key that names the twin. */
    static final String TWIN = "qiki-twin";

    private final TwinsView view;
    private final CommandClient commands;
    private final HealthRegistry health;
    private final WireDates dates;
    private final Clock clock;
    private final List<SensorId> rotation;
    private final Map<HttpConnection, int[]> callers = new WeakHashMap<>();

    /**
     * A service.
     *
     * @param sensors of the vehicle
     * @param clock tells the date of a health check
     */
    SimApi(
            TwinsView view,
            CommandClient commands,
            HealthRegistry health,
            WireDates dates,
            List<SensorId> sensors,
            Clock clock) {
        this.view = view;
        this.commands = commands;
        this.health = health;
        this.dates = dates;
        this.clock = clock;
        this.rotation = rotation(sensors);
    }

    /** Lidar, radar, IMU, then the others in their order. */
    private static List<SensorId> rotation(List<SensorId> sensors) {
        List<SensorId> order =
                new ArrayList<>(
                        List.of(SensorId.LIDAR_FRONT, SensorId.RADAR_360, SensorId.IMU_MAIN));
        order.retainAll(sensors);
        sensors.stream().filter(one -> !order.contains(one)).forEach(order::add);
        return order;
    }

    void bind(GrpcCalls calls) {
        calls.unary(
                QSimAPIServiceGrpcService.GetSensorData,
                (message, call) -> Future.succeededFuture(sensorData(call)));
        calls.unary(
                QSimAPIServiceGrpcService.SendActuatorCommand,
                (message, call) -> command(message, twin(call)));
        calls.unary(
                QSimAPIServiceGrpcService.HealthCheck,
                (message, call) -> Future.succeededFuture(healthCheck()));
        calls.unary(
                QSimAPIServiceGrpcService.GetRadarFrame,
                (message, call) -> Future.succeededFuture(radarFrame(twin(call))));
    }

    private TwinId twin(GrpcServerRequest<?, ?> call) {
        String name = call.headers().get(TWIN);
        return view.named(name == null ? "" : name);
    }

    private GetSensorDataResponse sensorData(GrpcServerRequest<?, ?> call) {
        TwinId twin = twin(call);
        var heard = view.heard(twin);
        int[] next = callers.computeIfAbsent(call.connection(), one -> new int[1]);
        SensorId sensor = rotation.get(next[0] % rotation.size());
        next[0] = (next[0] + 1) % rotation.size();
        return GetSensorDataResponse.newBuilder()
                .setReading(SensorMessages.toWire(twin, heard.observation().reading(sensor), dates))
                .build();
    }

    private GetRadarFrameResponse radarFrame(TwinId twin) {
        SensorReading reading = view.heard(twin).observation().reading(SensorId.RADAR_360);
        if (!(reading.measurement() instanceof Measurement.Radar radar)) {
            throw new RequestFailed(
                    FailureCode.WRONG_STATE,
                    "the radar of " + twin + " gives no frame: " + reading.reason().text());
        }
        return GetRadarFrameResponse.newBuilder()
                .setFrame(RadarMessages.toWire(twin, radar.frame(), dates))
                .build();
    }

    /** Interlocks and states are answers; everything else that is wrong is a status. */
    private Future<SendActuatorCommandResponse> command(
            SendActuatorCommandRequest request, TwinId twin) {
        if (!request.hasCommand()) {
            throw new IllegalArgumentException("command is missing and must be set");
        }
        ActuatorMessages.Received received;
        try {
            received = ActuatorMessages.toModel(request.getCommand(), twin);
        } catch (UnknownActuatorException unknown) {
            throw new RequestFailed(FailureCode.NOT_FOUND, unknown.getMessage());
        }
        return commands.give(received.command(), false)
                .map(life -> answer(true, ""))
                .recover(
                        cause -> {
                            Failure failure = Replies.failureOf(cause, FailureCode.SIM_UNAVAILABLE);
                            return failure.code() == FailureCode.WRONG_STATE
                                    ? Future.succeededFuture(answer(false, failure.sentence()))
                                    : Future.failedFuture(cause);
                        });
    }

    private static SendActuatorCommandResponse answer(boolean accepted, String message) {
        return SendActuatorCommandResponse.newBuilder()
                .setAccepted(accepted)
                .setMessage(message)
                .build();
    }

    private HealthCheckResponse healthCheck() {
        String down =
                health.components().stream()
                        .filter(one -> !one.up())
                        .map(one -> one.component() + ": " + one.reason())
                        .collect(Collectors.joining("; "));
        return HealthCheckResponse.newBuilder()
                .setStatus(down.isEmpty() ? "SERVING" : "NOT_SERVING")
                .setMessage(down.isEmpty() ? "every component is up" : "down: " + down)
                .setTimestamp(clock.instant().getEpochSecond())
                .build();
    }
}
