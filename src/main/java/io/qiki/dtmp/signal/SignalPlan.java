package io.qiki.dtmp.signal;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.PowerSpec;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SimTime;
import io.qiki.dtmp.model.ThermalSpec;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the dictionary needs to know of a run and its vehicle.
 *
 * @param stepNanos length of a simulation step, ns
 * @param stepsPerTick simulation steps of a tick
 * @param thermalNodes names of the thermal nodes, in the order of the thermal sensor
 * @param sensors one per {@link SensorId}, in its order
 * @param limits of the signals that have any, by their names
 */
public record SignalPlan(
        long stepNanos,
        int stepsPerTick,
        List<String> thermalNodes,
        List<Source> sensors,
        SortedMap<String, SignalLimits> limits) {
    private static final double PERCENT = 100;

    /** Copies; refuses a missing sensor. */
    public SignalPlan {
        Check.range(stepNanos, 1, 3_600_000_000_000L, "step length in ns");
        Check.range(stepsPerTick, 1, Integer.MAX_VALUE, "steps per tick");
        thermalNodes = List.copyOf(thermalNodes);
        sensors = List.copyOf(sensors);
        Check.range(sensors.size(), SensorId.count(), SensorId.count(), "number of sensors");
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
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
        return new SignalPlan(stepNanos, stepsPerTick, nodes, sensors, limits(profile));
    }

    private static SortedMap<String, SignalLimits> limits(VehicleProfile profile) {
        SortedMap<String, SignalLimits> limits = new TreeMap<>();
        for (ThermalSpec.Node node : profile.thermal().nodes()) {
            limits.put(
                    "thermal." + node.id().id() + "_k",
                    new SignalLimits(
                            node.lowTripKelvin(),
                            node.lowWarnKelvin(),
                            node.highWarnKelvin(),
                            node.highTripKelvin()));
        }
        PowerSpec.Shedding shedding = profile.power().shedding();
        limits.put(
                "power.soc",
                SignalLimits.low(PERCENT * shedding.essentialOff(), PERCENT * shedding.lowOff()));
        PowerSpec.Bus bus = profile.power().bus();
        limits.put("power.bus_v", SignalLimits.low(bus.minimumVolts(), bus.recoverVolts()));
        limits.put("power.bus_a", SignalLimits.high(bus.warnAmperes(), bus.limitAmperes()));
        double full = profile.mass().propellantKilograms();
        double hold = profile.control().reserveHold();
        double home = profile.control().reserveReturn();
        limits.put("propellant_kg", SignalLimits.low(full * Math.min(hold, home), full * home));
        return limits;
    }

    /** The limits of a signal; {@link SignalLimits#NONE} when it has none. */
    public SignalLimits limits(String signal) {
        return limits.getOrDefault(signal, SignalLimits.NONE);
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
