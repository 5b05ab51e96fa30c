package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SimTime;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * What the dictionary needs to know of a run and its vehicle.
 *
 * @param stepNanos length of a simulation step, ns
 * @param stepsPerTick simulation steps of a tick
 * @param thermalNodes names of the thermal nodes, in the order of the thermal sensor
 * @param sensors one per {@link SensorId}, in its order
 */
public record SignalPlan(
        long stepNanos, int stepsPerTick, List<String> thermalNodes, List<Source> sensors) {
    /** Copies; refuses a missing sensor. */
    public SignalPlan {
        Check.range(stepNanos, 1, 3_600_000_000_000L, "step length in ns");
        Check.range(stepsPerTick, 1, Integer.MAX_VALUE, "steps per tick");
        thermalNodes = List.copyOf(thermalNodes);
        sensors = List.copyOf(sensors);
        Check.range(sensors.size(), SensorId.count(), SensorId.count(), "number of sensors");
    }

    /**
     * A sensor as a source of signals.
     *
     * @param rateHertz readings per second of simulation time; 0 when it is not built
     * @param freshMillis a reading older than this is stale, ms
     * @param critical whether the vehicle cannot do without
     */
    public record Source(double rateHertz, long freshMillis, boolean critical) {}

    /** The plan of a vehicle profile; a sensor without a spec is not built and never fresh. */
    public static SignalPlan of(VehicleProfile profile, long stepNanos, int stepsPerTick) {
        List<Source> sensors = new ArrayList<>();
        for (SensorId id : SensorId.values()) {
            boolean critical = profile.criticalSensors().contains(id);
            sensors.add(
                    profile.sensor(id)
                            .map(
                                    spec ->
                                            new Source(
                                                    1e9 / spec.periodNanos(),
                                                    spec.freshnessNanos() / 1_000_000,
                                                    critical))
                            .orElse(new Source(0, 0, critical)));
        }
        List<String> nodes = profile.thermal().nodes().stream().map(n -> n.id().id()).toList();
        return new SignalPlan(stepNanos, stepsPerTick, nodes, sensors);
    }

    /** The sensor as a source. */
    public Source source(SensorId sensor) {
        return sensors.get(sensor.ordinal());
    }

    /** Milliseconds of simulation time between two steps, 0 when the second is not later. */
    public long ageMillis(long nowStep, long sourceStep) {
        return SimTime.millis(Math.max(0, nowStep - sourceStep), stepNanos);
    }

    /** The tick that a step belongs to. */
    public long tickOf(long step) {
        return step / stepsPerTick;
    }

    /** Ticks per second of simulation time. */
    public double tickRateHertz() {
        return 1e9 / ((double) stepNanos * stepsPerTick);
    }

    /** Values that come with each tick are stale after three of them or 0.3 s, ms. */
    public long tickFreshMillis() {
        return Math.max(300, 3 * SimTime.millis(stepsPerTick, stepNanos));
    }
}
