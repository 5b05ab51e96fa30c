package io.qiki.dtmp.model;

import io.qiki.dtmp.model.PowerSpec.ChargePoint;
import io.qiki.dtmp.model.PowerSpec.Load;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.PropulsionSpec.Thruster;
import io.qiki.dtmp.model.ThermalSpec.Coupling;
import io.qiki.dtmp.model.ThermalSpec.Node;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the default vehicle; conf/vehicles holds the same in JSON. */
final class QikiDodeca01 {
    private static final double DEGREE = Math.PI / 180;
    private static final double ARC_SECOND = DEGREE / 3600;
    private static final double WATT_HOUR = 3600;
    private static final double STANDARD_GRAVITY = 9.80665;
    private static final long SECOND = 1_000_000_000L;
    private static final double CANT = 1 / Math.sqrt(2);

    private QikiDodeca01() {}

    static VehicleProfile profile() {
        return new VehicleProfile(
                "QIKI-DODECA-01",
                new MassSpec(600, 12, new Vec3(120, 120, 140)),
                new PropulsionSpec(thrusters(), 60, 5, 0.010),
                control(),
                power(),
                thermal(),
                sensors(),
                noise(),
                radar(),
                List.of(SensorId.IMU_MAIN, SensorId.NAV),
                devices());
    }

    private static List<Thruster> thrusters() {
        List<Thruster> all = new ArrayList<>();
        int[][] fore = {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
        for (int[] sign : fore) {
            all.add(
                    new Thruster(
                            "A",
                            new Vec3(0.85, 0.85 * sign[0], 0.4 * sign[1]),
                            new Vec3(-CANT, sign[0] * CANT, 0),
                            5.2));
        }
        for (int[] sign : fore) {
            all.add(
                    new Thruster(
                            "B",
                            new Vec3(-0.85, 0.85 * sign[0], 0.4 * sign[1]),
                            new Vec3(CANT, sign[0] * CANT, 0),
                            5.2));
        }
        int[][] side = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
        for (int[] sign : side) {
            all.add(
                    new Thruster(
                            "C",
                            new Vec3(0.4 * sign[1], 0.85 * sign[0], 0.85),
                            new Vec3(0, -sign[0] * CANT, -CANT),
                            4.4));
        }
        for (int[] sign : side) {
            all.add(
                    new Thruster(
                            "D",
                            new Vec3(0.4 * sign[1], 0.85 * sign[0], -0.85),
                            new Vec3(0, -sign[0] * CANT, CANT),
                            4.4));
        }
        return all;
    }

    private static ControlSpec control() {
        return new ControlSpec(
                0.2,
                1,
                0.5 * DEGREE,
                2 * DEGREE,
                2 * DEGREE,
                0.5,
                0.02,
                0.008,
                30,
                1.0,
                0.3,
                0.25,
                0.10);
    }

    private static PowerSpec power() {
        return new PowerSpec(
                new PowerSpec.SolarArray(1.0, 0.28 * 0.9, new Vec3(0, 0, 1)),
                new PowerSpec.Battery(500 * WATT_HOUR, 0.06, 120, 250, 0.97, 0.8, openCircuit()),
                new PowerSpec.Supercap(5 * WATT_HOUR, 0.7, 120, 200, 0.03),
                new PowerSpec.Bus(22, 23, 8, 7.2, 0.02, 0.05),
                new PowerSpec.Shedding(0.35, 0.45, 0.20, 0.30, 0.10, 0.15),
                List.of(
                        new Load(LoadId.ESSENTIAL, 15, 15, 1, 0, 0),
                        new Load(LoadId.AVIONICS, 20, 0, 0.5, 0, 0.5),
                        new Load(LoadId.MCQPU, 10.5, 0, 1, 0, 0),
                        new Load(LoadId.HOUSEKEEPING, 25, 10, 0, 0, 1),
                        new Load(LoadId.TRANSPONDER, 6, 3.5, 0, 0.6, 0),
                        new Load(LoadId.RADAR, 18, 0, 0, 0, 0.8),
                        new Load(LoadId.NBL, 20, 0, 0.49, 0.21, 0)));
    }

    private static List<ChargePoint> openCircuit() {
        double[] percent = {0, 5, 10, 20, 30, 50, 70, 80, 90, 100};
        double[] volts = {21.0, 23.4, 24.2, 25.0, 25.5, 26.3, 27.3, 27.9, 28.6, 29.3};
        List<ChargePoint> points = new ArrayList<>();
        for (int i = 0; i < percent.length; i++) {
            points.add(new ChargePoint(percent[i] / 100, volts[i]));
        }
        return points;
    }

    private static ThermalSpec thermal() {
        return new ThermalSpec(
                List.of(
                        node(NodeId.CORE, 800, 34, -25, -10, 90, 5, 0, 0, 8),
                        node(NodeId.PDU, 650, 29, -25, -10, 95, 5, 0, 0, 4),
                        node(NodeId.SUPERCAP, 400, 25, -25, -10, 85, 5, 0, 0, 3),
                        node(NodeId.BATTERY, 1200, 24, -5, 2, 70, 3, 0, 0, 6),
                        node(NodeId.DOCK, 500, 19, -25, -10, 120, 5, 0.005, 0.0005, 4),
                        node(NodeId.HULL, 3000, 22, -60, -30, 140, 10, 0.34, 0.03, 25)),
                List.of(
                        new Coupling(NodeId.CORE, NodeId.HULL, 3.5),
                        new Coupling(NodeId.PDU, NodeId.HULL, 1.5),
                        new Coupling(NodeId.BATTERY, NodeId.HULL, 0.4),
                        new Coupling(NodeId.SUPERCAP, NodeId.HULL, 0.4),
                        new Coupling(NodeId.DOCK, NodeId.HULL, 0.5),
                        new Coupling(NodeId.CORE, NodeId.PDU, 0.4),
                        new Coupling(NodeId.PDU, NodeId.SUPERCAP, 0.3),
                        new Coupling(NodeId.PDU, NodeId.BATTERY, 0.15)),
                0.35);
    }

    private static Node node(
            NodeId id,
            double capacity,
            double start,
            double lowTrip,
            double lowWarn,
            double highTrip,
            double hysteresis,
            double radiating,
            double absorbing,
            double heater) {
        double zero = ThermalSpec.ZERO_CELSIUS;
        return new Node(
                id,
                capacity,
                zero + start,
                zero + lowTrip,
                zero + lowWarn,
                zero + highTrip - 10,
                zero + highTrip,
                hysteresis,
                radiating,
                absorbing,
                heater,
                zero + 5,
                zero + 8);
    }

    private static List<SensorSpec> sensors() {
        return List.of(
                new SensorSpec(SensorId.IMU_MAIN, SECOND / 50, SECOND / 50),
                new SensorSpec(SensorId.NAV, SECOND / 10, SECOND / 25),
                new SensorSpec(SensorId.STAR_TRACKER, SECOND / 5, SECOND / 10),
                new SensorSpec(SensorId.LIDAR_FRONT, SECOND / 10, SECOND / 50),
                new SensorSpec(SensorId.RADAR_360, SECOND / 4, SECOND / 50),
                new SensorSpec(SensorId.SOLAR, SECOND / 5, SECOND / 50),
                new SensorSpec(SensorId.MAGNETOMETER, SECOND / 5, SECOND / 50),
                new SensorSpec(SensorId.THERMAL, SECOND, SECOND / 50),
                new SensorSpec(SensorId.POWER_GAUGE, SECOND, SECOND / 50),
                new SensorSpec(SensorId.PROPELLANT_GAUGE, SECOND, SECOND / 50));
    }

    private static SensorNoise noise() {
        return new SensorNoise(
                new SensorNoise.Inertial(
                        4.1e-5,
                        1 * DEGREE / 3600,
                        100 * DEGREE,
                        3e-4,
                        50e-6 * STANDARD_GRAVITY,
                        2 * STANDARD_GRAVITY),
                new SensorNoise.StarTracker(
                        new Vec3(0, 0, -1),
                        10 * ARC_SECOND,
                        60 * ARC_SECOND,
                        3 * DEGREE,
                        30 * DEGREE),
                new SensorNoise.Navigation(0.05, 0.001, 0.02),
                new SensorNoise.Lidar(0.02, 0.0002, 500),
                0.5 * DEGREE,
                0.1e-6,
                0.2,
                0.005,
                0.005);
    }

    private static RadarSpec radar() {
        return new RadarSpec(
                30,
                60,
                1e-6,
                0.02,
                50,
                10_000,
                0.05,
                5,
                0.05 * DEGREE,
                1.9 * DEGREE,
                0.02,
                0.5,
                5000);
    }

    private static List<DeviceSpec> devices() {
        List<DeviceSpec> all = new ArrayList<>();
        for (SensorSpec sensor : sensors()) {
            boolean critical = sensor.id() == SensorId.IMU_MAIN || sensor.id() == SensorId.NAV;
            all.add(device(sensor.id().id(), DeviceStatus.Kind.SENSOR, critical));
        }
        for (String cluster : List.of("a", "b", "c", "d")) {
            all.add(device("rcs_cluster_" + cluster, DeviceStatus.Kind.ACTUATOR, true));
        }
        all.add(device("mcqpu", DeviceStatus.Kind.CONTROLLER, true));
        all.add(device("pdu", DeviceStatus.Kind.POWER_UNIT, true));
        all.add(device("battery", DeviceStatus.Kind.POWER_UNIT, true));
        all.add(device("supercap", DeviceStatus.Kind.POWER_UNIT, false));
        all.add(device("solar_array", DeviceStatus.Kind.POWER_UNIT, false));
        all.add(device("transponder", DeviceStatus.Kind.COMMUNICATION, false));
        all.add(device("nbl", DeviceStatus.Kind.COMMUNICATION, false));
        return all;
    }

    private static DeviceSpec device(String id, DeviceStatus.Kind kind, boolean critical) {
        return new DeviceSpec(id, kind, critical, Unit.VOLTS, 22, 30.5);
    }
}
