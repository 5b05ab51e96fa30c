package io.qiki.dtmp.nats;

import io.qiki.dtmp.bus.Shards;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.signal.SignalPlan;
import io.qiki.dtmp.telemetry.Telemetry;
import io.qiki.dtmp.wire.WireDates;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the bridge is told about its process.
 *
 * @param source name of the process, new with every start: {@code [a-z0-9-]}, 1 to 64 characters
 * @param twins of the process, in their order, at least one
 * @param shards where they live
 * @param epoch date of the start of simulation time
 * @param plan of their signals
 * @param sensors of the vehicle
 * @param simulator whether the vehicles are simulated here
 * @param agents whether their agents are here
 * @param paces whether run state and speed are decided here
 * @param telemetry of the process
 */
public record NatsSources(
        String source,
        List<TwinId> twins,
        Shards shards,
        Instant epoch,
        SignalPlan plan,
        List<SensorId> sensors,
        boolean simulator,
        boolean agents,
        boolean paces,
        Telemetry telemetry) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    /** Copies; refuses a process without a name or twins. */
    public NatsSources {
        Check.that(
                NAME.matcher(Check.present(source, "source")).matches(),
                "the name of a process is 1 to 64 characters of a-z, 0-9 and -");
        twins = List.copyOf(twins);
        Check.that(!twins.isEmpty(), "a bridge needs a twin");
        Check.present(shards, "shards");
        Check.present(epoch, "epoch");
        Check.present(plan, "signal plan");
        sensors = List.copyOf(sensors);
        Check.present(telemetry, "telemetry");
    }

    /** Dates of simulation steps. */
    WireDates dates() {
        return new WireDates(epoch, plan.stepNanos());
    }

    /** The twin whose radar is told. */
    TwinId first() {
        return twins.get(0);
    }
}
