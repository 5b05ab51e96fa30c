package io.qiki.dtmp.web;

import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.telemetry.Telemetry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What the web server is told at its start and that does not change.
 *
 * @param twins of the process, in their order; empty where they are heard of
 * @param shards where they live
 * @param epoch date of the start of simulation time
 * @param plan of their signals
 * @param faultTargets sensors that the fault sensor.off can hit
 * @param fsm the table of the state machine as the interface gives it
 * @param telemetry of the process
 */
public record WebSources(
        List<TwinId> twins,
        Shards shards,
        Instant epoch,
        SignalPlan plan,
        List<SensorId> faultTargets,
        JsonObject fsm,
        Telemetry telemetry) {
    /** Copies. */
    public WebSources {
        twins = List.copyOf(twins);
        faultTargets = List.copyOf(faultTargets);
        fsm = fsm.copy();
    }
}
