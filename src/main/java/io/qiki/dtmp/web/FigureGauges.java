package io.qiki.dtmp.web;

import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.RunState;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.store.StoreMetrics;
import io.qiki.dtmp.telemetry.MetricNames;
import io.qiki.dtmp.telemetry.Metrics;
import java.util.function.ToDoubleFunction;

/** Figures of pacing and store; they are fetched when somebody asks for the metrics. */
final class FigureGauges {
    private final LiveView live;
    private RunStatus run;
    private StoreMetrics store;

    FigureGauges(Metrics metrics, LiveView live) {
        this.live = live;
        risingOfRun(metrics, MetricNames.TICK_TICKS, RunStatus::ticks);
        risingOfRun(metrics, MetricNames.TICK_SLIPS, RunStatus::slips);
        risingOfRun(metrics, MetricNames.TICK_FAILED_ADVANCES, RunStatus::failedAdvances);
        metrics.gauge(MetricNames.TICK_SPEED, this, g -> g.live.runStatus().speed());
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
        metrics.rising(MetricNames.STORE_GETS, this, g -> g.of(StoreMetrics::gets));
        metrics.gauge(MetricNames.STORE_SUBSCRIBERS, this, g -> g.of(StoreMetrics::subscribers));
        metrics.rising(MetricNames.STORE_CONFLATED, this, g -> g.of(StoreMetrics::conflated));
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
                .flatMap(view -> view.state().stream())
                .filter(known -> known.snapshot().state() == state)
                .count();
    }

    private void risingOfRun(Metrics metrics, String name, ToDoubleFunction<RunStatus> figure) {
        metrics.rising(name, this, g -> g.run == null ? 0 : figure.applyAsDouble(g.run));
    }

    private void ofCommits(Metrics metrics, String outcome, ToDoubleFunction<StoreMetrics> figure) {
        metrics.rising(MetricNames.STORE_COMMITS, this, g -> g.of(figure), "outcome", outcome);
    }

    private double of(ToDoubleFunction<StoreMetrics> figure) {
        return store == null ? 0 : figure.applyAsDouble(store);
    }
}
