package io.qiki.dtmp.model;

import java.util.List;

/**
 * Everything a vehicle tells its agent at a tick: readings, never the truth behind them.
 *
 * @param twin whose
 * @param incarnation counts the lives of the world; a restart, reset or restore begins the next
 * @param tick number of the agent cycle
 * @param step simulation step observed
 * @param readings the newest of every sensor, in the order of {@link SensorId}
 * @param probes self-test answers of every device of the profile
 * @param outcomes stages that commands reached since the last observation
 * @param status what the controllers report
 * @param epochSeen highest writer epoch that commanded this vehicle; 0: none yet
 * @param worldHash fingerprint of the vehicle's world state at this step
 */
public record Observation(
        TwinId twin,
        int incarnation,
        long tick,
        long step,
        List<SensorReading> readings,
        List<ProbeAnswer> probes,
        List<CommandOutcome> outcomes,
        VehicleStatus status,
        long epochSeen,
        long worldHash) {
    /** Copies; refuses a missing or misplaced sensor. */
    public Observation {
        Check.present(twin, "twin");
        Check.range(incarnation, 0, Integer.MAX_VALUE, "incarnation");
        Check.range(tick, 0, Long.MAX_VALUE, "tick");
        Check.range(step, 0, Long.MAX_VALUE, "step");
        readings = List.copyOf(readings);
        probes = List.copyOf(probes);
        outcomes = List.copyOf(outcomes);
        Check.present(status, "vehicle status");
        Check.range(epochSeen, 0, Long.MAX_VALUE, "epoch");
        Check.range(readings.size(), SensorId.count(), SensorId.count(), "number of readings");
        for (int i = 0; i < readings.size(); i++) {
            int place = i;
            Check.that(
                    readings.get(i).sensor() == SensorId.at(i),
                    () -> "reading " + place + " must be of " + SensorId.at(place).id());
        }
    }

    /** The newest reading of a sensor. */
    public SensorReading reading(SensorId sensor) {
        return readings.get(sensor.ordinal());
    }
}
