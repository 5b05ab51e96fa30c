package io.qiki.dtmp.grpc;

import io.qiki.dtmp.agent.AgentClient;
import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.model.EngineAnswer;
import io.qiki.dtmp.model.Failure;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import io.vertx.core.Vertx;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import qiki.agent.v1.EngineMessage;
import qiki.agent.v1.EngineServiceGrpcService;
import qiki.twin.v1.Observation;

/**
 * Decision engines in other processes. Each is shown the observations of its twins, and one answer
 * per twin and tick of it is handed to the agents; whatever else it does costs its own proposals.
 */
final class EngineApi {
    /** Engines at a time; further ones are refused. */
    static final int MOST = 16;

    private final TwinsView view;
    private final Shards shards;
    private final Metrics metrics;
    private final List<AgentClient> agents;
    private final List<EngineCall> calls = new ArrayList<>();

    EngineApi(Vertx vertx, GrpcSources sources, TwinsView view) {
        this.view = view;
        this.shards = sources.shards();
        this.metrics = sources.telemetry().metrics();
        this.agents =
                IntStream.range(0, shards.count())
                        .mapToObj(shard -> new AgentClient(vertx, shard))
                        .toList();
        metrics.gauge(MetricNames.GRPC_WATCHERS, calls, List::size, "method", "engines");
    }

    void bind(GrpcCalls binder) {
        binder.both(EngineServiceGrpcService.Attach, this::attach);
    }

    private void attach(GrpcServerRequest<EngineMessage, Observation> call) {
        calls.removeIf(EngineCall::over);
        EngineCall engine = new EngineCall(this, view, call);
        if (calls.size() >= MOST) {
            engine.end(
                    new Failure(
                            FailureCode.QUEUE_FULL,
                            MOST + " engines are attached, the most there may be"));
            return;
        }
        calls.add(engine);
    }

    /** An engine that comes back takes the place of its predecessor. */
    void named(EngineCall engine, String id) {
        for (EngineCall other : List.copyOf(calls)) {
            if (other != engine && other.id().equals(Optional.of(id))) {
                other.end(
                        new Failure(
                                FailureCode.SIM_SUPERSEDED,
                                "another engine " + id + " has attached"));
                calls.remove(other);
            }
        }
    }

    /** Hands an answer to the agent of its twin, for its next tick. */
    void answer(TwinId twin, EngineAnswer answer) {
        agents.get(shards.of(twin))
                .answer(twin, answer)
                .onFailure(refused -> dropped(answer.engine(), 1));
    }

    /** Answers that nobody will see. */
    void dropped(String engine, long count) {
        metrics.counter(MetricNames.ENGINE_DROPPED, "engine", engine).accept(count);
    }

    void onReport(TickReport report) {
        calls.removeIf(EngineCall::over);
        for (EngineCall engine : List.copyOf(calls)) {
            for (TwinReport one : report.reports()) {
                engine.show(one);
            }
            engine.nextTick();
        }
    }

    void close(Failure reason) {
        List.copyOf(calls).forEach(one -> one.end(reason));
        calls.clear();
    }
}
