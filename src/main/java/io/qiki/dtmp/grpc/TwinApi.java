package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.model.VehicleSnapshot;
import io.qiki.dtmp.sim.SimClient;
import io.qiki.dtmp.store.StateStoreClient;
import io.qiki.dtmp.twin.TickClient;
import io.qiki.dtmp.wire.ControlCodec;
import io.qiki.dtmp.wire.FaultCodec;
import io.qiki.dtmp.wire.JsonFields;
import io.qiki.dtmp.wire.OrderMessages;
import io.qiki.dtmp.wire.RunMessages;
import io.qiki.dtmp.wire.SnapshotMessages;
import io.qiki.dtmp.wire.StateMessages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import qiki.twin.v1.ClearFaultRequest;
import qiki.twin.v1.ClearFaultResponse;
import qiki.twin.v1.ControlRequest;
import qiki.twin.v1.ControlResponse;
import qiki.twin.v1.GetStateRequest;
import qiki.twin.v1.GetStateResponse;
import qiki.twin.v1.InjectFaultRequest;
import qiki.twin.v1.InjectFaultResponse;
import qiki.twin.v1.ListTwinsResponse;
import qiki.twin.v1.RestoreRequest;
import qiki.twin.v1.RestoreResponse;
import qiki.twin.v1.SnapshotRequest;
import qiki.twin.v1.SnapshotResponse;
import qiki.twin.v1.TwinServiceGrpcService;
import qiki.twin.v1.TwinSummary;

/** The calls of the twin service that take one message and give one. */
final class TwinApi {
    private static final int MAX_HISTORY = 1_000;

    private final TwinsView view;
    private final Shards shards;
    private final List<SimClient> simulators;
    private final StateStoreClient states;
    private final TickClient tick;
    private final FaultCodec faults;

    TwinApi(Vertx vertx, GrpcSources sources, TwinsView view) {
        this.view = view;
        this.shards = sources.shards();
        this.simulators =
                IntStream.range(0, shards.count())
                        .mapToObj(shard -> new SimClient(vertx, shard))
                        .toList();
        this.states = new StateStoreClient(vertx);
        this.tick = new TickClient(vertx);
        this.faults = new FaultCodec(sources.sensors());
    }

    void bind(GrpcCalls calls) {
        calls.unary(
                TwinServiceGrpcService.ListTwins,
                (message, call) -> Future.succeededFuture(list()));
        calls.unary(TwinServiceGrpcService.GetState, (message, call) -> state(message));
        calls.unary(TwinServiceGrpcService.Control, (message, call) -> control(message));
        calls.unary(TwinServiceGrpcService.InjectFault, (message, call) -> inject(message));
        calls.unary(TwinServiceGrpcService.ClearFault, (message, call) -> clear(message));
        calls.unary(TwinServiceGrpcService.Snapshot, (message, call) -> snapshot(message));
        calls.unary(TwinServiceGrpcService.Restore, (message, call) -> restore(message));
    }

    private ListTwinsResponse list() {
        ListTwinsResponse.Builder message =
                ListTwinsResponse.newBuilder()
                        .setRunState(RunMessages.toWire(view.run().runState()))
                        .setSpeed(view.run().speed());
        for (TwinId twin : view.twins()) {
            TwinSummary.Builder row =
                    TwinSummary.newBuilder().setId(twin.value()).setShard(shards.of(twin));
            view.report(twin)
                    .ifPresent(
                            report ->
                                    row.setTick(report.observation().tick())
                                            .setState(StateMessages.toWire(report.state())));
            message.addTwins(row);
        }
        return message.build();
    }

    /** Without history the newest tick answers; transitions stand in the store. */
    private Future<GetStateResponse> state(GetStateRequest request) {
        TwinId twin = view.named(request.getTwin());
        if (request.getHistory() < 0 || request.getHistory() > MAX_HISTORY) {
            throw new IllegalArgumentException(
                    "history must be 0.." + MAX_HISTORY + ", was " + request.getHistory());
        }
        TwinReport report = view.heard(twin);
        if (request.getHistory() == 0) {
            return Future.succeededFuture(
                    GetStateResponse.newBuilder()
                            .setState(StateMessages.toWire(report.state()))
                            .build());
        }
        return states.state(twin, request.getHistory())
                .map(
                        found -> {
                            GetStateResponse.Builder message =
                                    GetStateResponse.newBuilder()
                                            .setState(StateMessages.toWire(found.state()));
                            found.history()
                                    .transitions()
                                    .forEach(one -> message.addHistory(StateMessages.toWire(one)));
                            return message.build();
                        });
    }

    private Future<ControlResponse> control(ControlRequest request) {
        String name = request.getCommandName();
        if (ControlCodec.judge(name) == FailureCode.NOT_BUILT) {
            throw new RequestFailed(FailureCode.NOT_BUILT, name + " is not built yet");
        }
        return tick.control(ControlCodec.read(name, numbers(request.getParametersMap())))
                .map(run -> controlled(name, run));
    }

    private static ControlResponse controlled(String name, RunStatus run) {
        return ControlResponse.newBuilder()
                .setCommandName(name)
                .setStatus("ok")
                .setRunState(RunMessages.toWire(run.runState()))
                .setSpeed(run.speed())
                .build();
    }

    private Future<InjectFaultResponse> inject(InjectFaultRequest request) {
        TwinId twin = view.named(request.getTwin());
        if (FaultCodec.judge(request.getType()) == FailureCode.NOT_BUILT) {
            throw new RequestFailed(
                    FailureCode.NOT_BUILT, "fault " + request.getType() + " is not built yet");
        }
        FaultSpec fault = OrderMessages.fault(faults, request);
        return simulators
                .get(shards.of(twin))
                .inject(twin, fault)
                .map(id -> InjectFaultResponse.newBuilder().setFaultId(id).build());
    }

    private Future<ClearFaultResponse> clear(ClearFaultRequest request) {
        TwinId twin = view.named(request.getTwin());
        return simulators
                .get(shards.of(twin))
                .clear(twin, request.getFaultId())
                .map(done -> ClearFaultResponse.getDefaultInstance());
    }

    private Future<SnapshotResponse> snapshot(SnapshotRequest request) {
        TwinId twin = view.named(request.getTwin());
        return simulators
                .get(shards.of(twin))
                .snapshot(twin)
                .map(
                        kept ->
                                SnapshotResponse.newBuilder()
                                        .setSnapshot(SnapshotMessages.toWire(kept.snapshot()))
                                        .setIncarnation(kept.incarnation())
                                        .setTick(kept.tick())
                                        .build());
    }

    private Future<RestoreResponse> restore(RestoreRequest request) {
        TwinId twin = view.named(request.getTwin());
        VehicleSnapshot snapshot = SnapshotMessages.toModel(request);
        return simulators
                .get(shards.of(twin))
                .restore(snapshot)
                .map(
                        kept ->
                                RestoreResponse.newBuilder()
                                        .setIncarnation(kept.incarnation())
                                        .setTick(kept.tick())
                                        .build());
    }

    /** Whole numbers stay whole: they count. */
    private static JsonFields numbers(Map<String, Double> parameters) {
        JsonObject json = new JsonObject();
        parameters.forEach(
                (name, value) -> {
                    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
                    json.put(name, whole ? (Object) value.longValue() : value);
                });
        return JsonFields.of(json);
    }
}
