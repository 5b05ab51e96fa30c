package io.qiki.dtmp.grpc;

import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.telemetry.Telemetry;
import java.time.Instant;
import java.util.List;

/**
 * What the gRPC server is told about its process.
 *
 * @param twins in their order, at least one
 * @param shards that they live in
 * @param epoch date of the start of simulation time
 * @param plan of the signals
 * @param sensors of the vehicle, in their order
 * @param drive whether agents of other processes drive this one
 * @param telemetry where calls are counted
 */
public record GrpcSources(
        List<TwinId> twins,
        Shards shards,
        Instant epoch,
        SignalPlan plan,
        List<SensorId> sensors,
        Drive drive,
        Telemetry telemetry) {
    /** Whether agents of other processes drive this one. */
    public enum Drive {
        /** The agents live here. */
        NONE,
        /** They do; the simulator keeps its own time. */
        FREE,
        /** They do; each of their requests makes a tick. */
        LOCKSTEP
    }

    /** The shards that have twins. */
    List<Integer> populated() {
        return twins.stream().map(shards::of).distinct().sorted().toList();
    }

    /** Copies. */
    public GrpcSources {
        twins = List.copyOf(twins);
        sensors = List.copyOf(sensors);
        Check.that(!twins.isEmpty(), "a server needs a twin");
        Check.present(shards, "shards");
        Check.present(epoch, "epoch");
        Check.present(plan, "signal plan");
        Check.present(drive, "drive");
        Check.present(telemetry, "telemetry");
    }
}
