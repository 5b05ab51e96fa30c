package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.bus.TickReport;
import io.qiki.dtmp.bus.TwinRoster;
import io.qiki.dtmp.model.RunStatus;
import io.qiki.dtmp.model.StoredState;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.TwinReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the web server knows without asking anybody; owned by its event loop. */
final class LiveView {
    private final Shards shards;
    private final Map<String, TwinView> twins = new LinkedHashMap<>();
    private RunStatus runStatus;

    LiveView(List<TwinId> ids, Shards shards, RunStatus runStatus) {
        this.shards = shards;
        this.runStatus = runStatus;
        ids.forEach(id -> twins.put(id.value(), new TwinView(id)));
    }

    void accept(TickReport tick, long nowNanos) {
        for (TwinReport report : tick.reports()) {
            TwinView view = twins.get(report.twin().value());
            if (view != null) {
                view.accept(report, nowNanos);
            }
        }
    }

    void accept(StoredState state) {
        twin(state.twin().value()).ifPresent(view -> view.accept(state));
    }

    /** Twins that came and went, in a process that only hears of them. */
    void accept(TwinRoster roster) {
        List<TwinId> now = twins.values().stream().map(TwinView::twin).toList();
        if (now.equals(roster.twins())) {
            return;
        }
        Map<String, TwinView> known = Map.copyOf(twins);
        twins.clear();
        for (TwinId id : roster.twins()) {
            TwinView view = known.get(id.value());
            twins.put(id.value(), view == null ? new TwinView(id) : view);
        }
    }

    void accept(RunStatus newest) {
        runStatus = newest;
    }

    RunStatus runStatus() {
        return runStatus;
    }

    Optional<TwinView> twin(String id) {
        return Optional.ofNullable(twins.get(id));
    }

    List<TwinView> twins() {
        return new ArrayList<>(twins.values());
    }

    int shardOf(TwinView view) {
        return shards.of(view.twin());
    }
}
