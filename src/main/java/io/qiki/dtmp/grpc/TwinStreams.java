package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.RequestFailed;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.signal.SignalDictionary;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.qiki.dtmp.wire.DecisionMessages;
import io.qiki.dtmp.wire.StateMessages;
import io.qiki.dtmp.wire.TelemetryMessages;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import qiki.twin.v1.Decision;
import qiki.twin.v1.StateUpdate;
import qiki.twin.v1.Telemetry;
import qiki.twin.v1.TwinServiceGrpcService;
import qiki.twin.v1.WatchRequest;

/** The calls of the twin service that give a stream: states, telemetry and decisions. */
final class TwinStreams {
    private final TwinsView view;
    private final SignalPlan plan;
    private final SignalDictionary dictionary;
    private final Metrics metrics;
    private final Watches<TwinReport, Telemetry> telemetry = new Watches<>();
    private final Watches<TwinReport, Decision> decisions = new Watches<>();
    private final Watches<TwinReport, StateUpdate> states = new Watches<>();
    private final Map<TwinId, Long> versions = new HashMap<>();

    TwinStreams(GrpcSources sources, TwinsView view) {
        this.view = view;
        this.plan = sources.plan();
        this.dictionary = new SignalDictionary(plan);
        this.metrics = sources.telemetry().metrics();
        metrics.gauge(MetricNames.GRPC_WATCHERS, telemetry, Watches::size, "method", "telemetry");
        metrics.gauge(MetricNames.GRPC_WATCHERS, decisions, Watches::size, "method", "decisions");
        metrics.gauge(MetricNames.GRPC_WATCHERS, states, Watches::size, "method", "states");
    }

    void bind(GrpcCalls calls) {
        calls.streaming(
                TwinServiceGrpcService.WatchTelemetry,
                (message, call) ->
                        open(
                                telemetry,
                                TwinServiceGrpcService.WatchTelemetry,
                                message,
                                call,
                                this::telemetry));
        calls.streaming(
                TwinServiceGrpcService.WatchDecisions,
                (message, call) ->
                        open(
                                decisions,
                                TwinServiceGrpcService.WatchDecisions,
                                message,
                                call,
                                (report, missed) ->
                                        DecisionMessages.toWire(
                                                report.twin(), report.decision(), missed)));
        calls.streaming(TwinServiceGrpcService.WatchState, this::openStates);
    }

    private Telemetry telemetry(TwinReport report, long missed) {
        return TelemetryMessages.toWire(report, dictionary.read(report), plan.stepNanos(), missed);
    }

    /** A reader of states counts what it missed by versions, and gets no version twice. */
    private void openStates(
            WatchRequest message, GrpcServerRequest<WatchRequest, StateUpdate> call) {
        Map<TwinId, Long> told = new HashMap<>();
        open(
                states,
                TwinServiceGrpcService.WatchState,
                message,
                call,
                (report, replaced) -> {
                    long version = report.state().version();
                    Long before = told.put(report.twin(), version);
                    long missed = before == null ? 0 : Math.max(0, version - before - 1);
                    return StateUpdate.newBuilder()
                            .setState(StateMessages.toWire(report.state()))
                            .setMissed(missed)
                            .build();
                });
    }

    private <R> void open(
            Watches<TwinReport, R> watches,
            ServiceMethod<WatchRequest, R> method,
            WatchRequest message,
            GrpcServerRequest<WatchRequest, R> call,
            Watch.Encoder<TwinReport, R> encoder) {
        Set<TwinId> twins = twins(message.getTwinsList());
        LongConsumer conflated =
                metrics.counter(MetricNames.GRPC_CONFLATED, "method", method.methodName());
        Watch<TwinReport, R> watch = new Watch<>(call, twins, encoder, conflated);
        if (!watches.add(watch)) {
            throw new RequestFailed(
                    FailureCode.QUEUE_FULL,
                    "there are " + Watches.MOST + " readers already; try again later");
        }
        call.response().writeHead();
        for (TwinId twin : view.twins()) {
            view.report(twin).ifPresent(report -> watch.offer(twin, report, 0));
        }
    }

    private Set<TwinId> twins(List<String> names) {
        if (names.isEmpty()) {
            return Set.copyOf(view.twins());
        }
        Set<TwinId> twins = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("twins must name twins, one was empty");
            }
            twins.add(view.named(name));
        }
        return twins;
    }

    /**
     * Tells everybody what a tick showed.
     *
     * @param lost ticks of the shard just before it that this server came too late for
     */
    void onReport(TickReport report, long lost) {
        for (TwinReport one : report.reports()) {
            telemetry.offer(one.twin(), one, lost);
            decisions.offer(one.twin(), one, lost);
            Long before = versions.put(one.twin(), one.state().version());
            if (before == null || before != one.state().version()) {
                states.offer(one.twin(), one, 0);
            }
        }
    }

    void close(Failure reason) {
        telemetry.endAll(reason);
        decisions.endAll(reason);
        states.endAll(reason);
    }
}
