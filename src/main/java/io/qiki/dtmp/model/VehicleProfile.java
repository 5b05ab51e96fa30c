package io.qiki.dtmp.model;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is fixed about a vehicle: the simulator builds it, the agent knows it.
 *
 * @param id name of the vehicle type
 * @param mass mass and inertia
 * @param propulsion thrusters
 * @param control gains of the vehicle's controllers
 * @param power electrical plane
 * @param thermal thermal plane
 * @param sensors the sensors that are built, each once
 * @param noise how wrong they are
 * @param radar the search radar
 * @param criticalSensors the agent cannot fly without
 * @param devices what the self-test probes, each once
 */
public record VehicleProfile(
        String id,
        MassSpec mass,
        PropulsionSpec propulsion,
        ControlSpec control,
        PowerSpec power,
        ThermalSpec thermal,
        List<SensorSpec> sensors,
        SensorNoise noise,
        RadarSpec radar,
        List<SensorId> criticalSensors,
        List<DeviceSpec> devices) {
    /** Copies; refuses missing parts, doubles, and a critical sensor that is not built. */
    public VehicleProfile {
        Check.text(id, "vehicle id");
        Check.present(mass, "mass");
        Check.present(propulsion, "propulsion");
        Check.present(control, "control");
        Check.present(power, "power");
        Check.present(thermal, "thermal");
        sensors = List.copyOf(sensors);
        Check.present(noise, "noise");
        Check.present(radar, "radar");
        criticalSensors = List.copyOf(criticalSensors);
        devices = List.copyOf(devices);
        Set<SensorId> built = EnumSet.noneOf(SensorId.class);
        for (SensorSpec sensor : sensors) {
            Check.that(built.add(sensor.id()), "sensor " + sensor.id().id() + " is listed twice");
        }
        for (SensorId sensor : criticalSensors) {
            Check.that(
                    built.contains(sensor),
                    "critical sensor " + sensor.id() + " must be among the sensors");
        }
        Set<String> names = new HashSet<>();
        for (DeviceSpec device : devices) {
            Check.that(names.add(device.id()), "device " + device.id() + " is listed twice");
        }
    }

    /** The spec of a sensor; empty when it is not built. */
    public Optional<SensorSpec> sensor(SensorId id) {
        for (SensorSpec sensor : sensors) {
            if (sensor.id() == id) {
                return Optional.of(sensor);
            }
        }
        return Optional.empty();
    }

    /** The default vehicle. */
    public static VehicleProfile qikiDodeca01() {
        return QikiDodeca01.profile();
    }
}
