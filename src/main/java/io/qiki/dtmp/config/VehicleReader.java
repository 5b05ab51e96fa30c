package io.qiki.dtmp.config;

import io.qiki.dtmp.model.ControlSpec;
import io.qiki.dtmp.model.DeviceSpec;
import io.qiki.dtmp.model.DeviceStatus;
import io.qiki.dtmp.model.MassSpec;
import io.qiki.dtmp.model.PowerSpec;
import io.qiki.dtmp.model.PropulsionSpec;
import io.qiki.dtmp.model.PropulsionSpec.Thruster;
import io.qiki.dtmp.model.RadarSpec;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorNoise;
import io.qiki.dtmp.model.SensorSpec;
import io.qiki.dtmp.model.ThermalSpec;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.List;

/** Reads vehicle files: degrees, percent, watt-hours and Celsius there, SI units in the profile. */
public final class VehicleReader {
    static final double DEGREE = Math.PI / 180;

    private static final double PERCENT = 100;
    private static final int MOST = 256;
    private static final VehicleProfile FALLBACK = VehicleProfile.qikiDodeca01();

    private VehicleReader() {}

    /** The profile of a file; the default vehicle stands in for what cannot be read. */
    public static VehicleProfile read(ConfigNode node) {
        String id = node.text("id");
        MassSpec mass = mass(node.object("mass"));
        PropulsionSpec propulsion = propulsion(node.object("propulsion"));
        ControlSpec control = control(node.object("control"));
        PowerSpec power = PowerReader.read(node.object("power"));
        ThermalSpec thermal = ThermalReader.read(node.object("thermal"));
        SensorNoise noise = SensorReader.noise(node.object("noise"));
        RadarSpec radar = SensorReader.radar(node.object("radar"));
        node.settle();
        List<SensorSpec> sensors = node.list("sensors", MOST, VehicleReader::sensor);
        List<SensorId> critical = critical(node);
        List<DeviceSpec> devices = node.list("devices", MOST, VehicleReader::device);
        return node.make(
                FALLBACK,
                () ->
                        new VehicleProfile(
                                id,
                                mass,
                                propulsion,
                                control,
                                power,
                                thermal,
                                sensors,
                                noise,
                                radar,
                                critical,
                                devices));
    }

    private static MassSpec mass(ConfigNode node) {
        double dry = node.number("dry-kg", 1e-3, 1e7, "kg");
        double propellant = node.number("propellant-kg", 0, 1e7, "kg");
        Vec3 inertia = node.vector("inertia-body-kg-m2", 1e9, "kg m2");
        node.done();
        return node.make(FALLBACK.mass(), () -> new MassSpec(dry, propellant, inertia));
    }

    private static PropulsionSpec propulsion(ConfigNode node) {
        double impulse = node.number("specific-impulse-s", 1, 1e5, "s");
        double valve = node.number("valve-w", 0, 1e4, "W");
        long pulse = node.duration("minimum-on-time", 10_000_000L, 0, 10_000_000_000L);
        List<Thruster> thrusters =
                node.list("thrusters", PropulsionSpec.MAX_THRUSTERS, VehicleReader::thruster);
        node.done();
        return node.make(
                FALLBACK.propulsion(),
                () -> new PropulsionSpec(thrusters, impulse, valve, pulse / 1e9));
    }

    private static Thruster thruster(ConfigNode node) {
        String cluster = node.text("cluster");
        Vec3 position = node.vector("position-body-m", 1e3, "m");
        Vec3 direction = node.direction("direction-body");
        double newtons = node.number("newtons", 1e-9, 1e6, "N");
        return node.make(
                FALLBACK.propulsion().thrusters().get(0),
                () -> new Thruster(cluster, position, direction, newtons));
    }

    private static ControlSpec control(ConfigNode node) {
        double frequency = node.number("attitude-frequency-rad-per-s", 1e-4, 10, "rad/s");
        double damping = node.number("attitude-damping", 0.1, 10, "");
        double zone = node.number("attitude-dead-zone-deg", 0, 57, "deg");
        double safeZone = node.number("safe-attitude-dead-zone-deg", 0, 57, "deg");
        double slew = node.number("slew-deg-per-s", 1e-4, 570, "deg/s");
        double gain = node.number("velocity-gain-per-s", 1e-4, 100, "1/s");
        double velocityZone = node.number("velocity-dead-zone-mps", 0, 10, "m/s");
        double nearZone = node.number("near-velocity-dead-zone-mps", 0, 10, "m/s");
        double near = node.number("near-m", 0, 1e6, "m");
        double motor = node.number("motor-speed-mps", 0, 1000, "m/s");
        double cruise = node.number("cruise-speed-mps", 0, 1000, "m/s");
        double back = node.number("reserve-return-percent", 0, 100, "%");
        double hold = node.number("reserve-hold-percent", 0, 100, "%");
        node.done();
        return node.make(
                FALLBACK.control(),
                () ->
                        new ControlSpec(
                                frequency,
                                damping,
                                zone * DEGREE,
                                safeZone * DEGREE,
                                slew * DEGREE,
                                gain,
                                velocityZone,
                                nearZone,
                                near,
                                motor,
                                cruise,
                                back / PERCENT,
                                hold / PERCENT));
    }

    private static SensorSpec sensor(ConfigNode node) {
        SensorId id = node.choice("id", SensorId.NAV, List.of(SensorId.values()), SensorId::id);
        long period = node.duration("period", 100_000_000L, 1_000_000L, 3_600_000_000_000L);
        long latency = node.duration("latency", 0, 0, 3_600_000_000_000L);
        return node.make(FALLBACK.sensors().get(0), () -> new SensorSpec(id, period, latency));
    }

    private static List<SensorId> critical(ConfigNode node) {
        List<SensorId> critical = new ArrayList<>();
        for (String id : node.texts("critical-sensors")) {
            SensorId.of(id)
                    .ifPresentOrElse(
                            critical::add,
                            () -> node.fault("critical-sensors", '"' + id + '"', "ids of sensors"));
        }
        return critical;
    }

    private static DeviceSpec device(ConfigNode node) {
        String id = node.text("id");
        DeviceStatus.Kind kind =
                node.choice(
                        "kind",
                        DeviceStatus.Kind.UNSPECIFIED,
                        List.of(DeviceStatus.Kind.values()),
                        Enum::name);
        boolean critical = node.flag("critical", false);
        Unit unit = node.choice("unit", Unit.VOLTS, List.of(Unit.values()), Enum::name);
        double least = node.number("least", -1e9, 1e9, unit.symbol());
        double greatest = node.number("greatest", -1e9, 1e9, unit.symbol());
        return node.make(
                FALLBACK.devices().get(0),
                () -> new DeviceSpec(id, kind, critical, unit, least, greatest));
    }
}
