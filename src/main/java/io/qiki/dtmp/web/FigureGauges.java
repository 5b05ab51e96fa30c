package io.qiki.dtmp.web;

import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.store.StoreMetrics;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import java.util.function.ToDoubleFunction;

/** Figures of pacing and store as gauges; they are fetched when somebody asks for the metrics. */
final class FigureGauges {
    private final LiveView live;
    private RunStatus run;
    private StoreMetrics store;

    FigureGauges(Metrics metrics, LiveView live) {
        this.live = live;
        ofRun(metrics, MetricNames.TICK_TICKS, RunStatus::ticks);
        ofRun(metrics, MetricNames.TICK_SLIPS, RunStatus::slips);
        ofRun(metrics, MetricNames.TICK_FAILED_ADVANCES, RunStatus::failedAdvances);
        ofRun(metrics, MetricNames.TICK_SPEED, RunStatus::speed);
        for (RunState state : RunState.values()) {
            metrics.gauge(
                    MetricNames.TICK_RUN_STATE, this, g -> g.in(state), "state", state.name());
        }
        ofCommits(metrics, "changed", StoreMetrics::changes);
        ofCommits(metrics, "heartbeat", StoreMetrics::heartbeats);
        ofCommits(metrics, "repeated", StoreMetrics::repeats);
        ofCommits(metrics, "conflict", StoreMetrics::conflicts);
        ofCommits(metrics, "fenced", StoreMetrics::fenced);
        ofCommits(metrics, "refused", StoreMetrics::refused);
        ofStore(metrics, MetricNames.STORE_GETS, StoreMetrics::gets);
        ofStore(metrics, MetricNames.STORE_SUBSCRIBERS, StoreMetrics::subscribers);
        ofStore(metrics, MetricNames.STORE_CONFLATED, StoreMetrics::conflated);
        for (FsmState state : FsmState.values()) {
            metrics.gauge(
                    MetricNames.STORE_TWINS, this, g -> g.twinsIn(state), "state", state.name());
        }
    }

    void accept(RunStatus newestRun, StoreMetrics newestStore) {
        run = newestRun;
        store = newestStore;
    }

    private double in(RunState state) {
        return live.runStatus().runState() == state ? 1 : 0;
    }

    private double twinsIn(FsmState state) {
        return live.twins().stream()
                .flatMap(view -> view.report().stream())
                .filter(report -> report.state().snapshot().state() == state)
                .count();
    }

    private void ofRun(Metrics metrics, String name, ToDoubleFunction<RunStatus> figure) {
        metrics.gauge(name, this, g -> g.run == null ? Double.NaN : figure.applyAsDouble(g.run));
    }

    private void ofStore(Metrics metrics, String name, ToDoubleFunction<StoreMetrics> figure) {
        metrics.gauge(name, this, g -> g.of(figure));
    }

    private void ofCommits(Metrics metrics, String outcome, ToDoubleFunction<StoreMetrics> figure) {
        metrics.gauge(MetricNames.STORE_COMMITS, this, g -> g.of(figure), "outcome", outcome);
    }

    private double of(ToDoubleFunction<StoreMetrics> figure) {
        return store == null ? Double.NaN : figure.applyAsDouble(store);
    }
}
