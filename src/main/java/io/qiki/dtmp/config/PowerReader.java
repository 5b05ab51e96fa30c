package io.qiki.dtmp.config;

import io.qiki.dtmp.model.PowerSpec;
import io.qiki.dtmp.model.PowerSpec.Battery;
import io.qiki.dtmp.model.PowerSpec.ChargePoint;
import io.qiki.dtmp.model.PowerSpec.Load;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.List;

/** Reads the electrical plane of a vehicle. */
final class PowerReader {
    private static final double WATT_HOUR = 3600;
    private static final double PERCENT = 100;
    private static final int MOST = 64;
    private static final PowerSpec FALLBACK = VehicleProfile.qikiDodeca01().power();

    private PowerReader() {}

    static PowerSpec read(ConfigNode node) {
        PowerSpec.SolarArray array = array(node.object("solar-array"));
        Battery battery = battery(node.object("battery"));
        PowerSpec.Supercap supercap = supercap(node.object("supercap"));
        PowerSpec.Bus bus = bus(node.object("bus"));
        PowerSpec.Shedding shedding = shedding(node.object("shedding"));
        node.settle();
        List<Load> loads = node.list("loads", MOST, PowerReader::load);
        node.done();
        return node.make(
                FALLBACK, () -> new PowerSpec(array, battery, supercap, bus, shedding, loads));
    }

    private static PowerSpec.SolarArray array(ConfigNode node) {
        double area = node.number("area-m2", 0, 1e5, "m2");
        double cells = node.number("cell-efficiency", 0, 1, "");
        double system = node.number("system-efficiency", 0, 1, "");
        Vec3 normal = node.vector("normal-body", 1, "");
        node.done();
        return node.make(
                FALLBACK.array(), () -> new PowerSpec.SolarArray(area, cells * system, normal));
    }

    private static Battery battery(ConfigNode node) {
        double capacity = node.number("capacity-wh", 1e-3, 1e8, "Wh");
        double resistance = node.number("resistance-ohm", 1e-6, 100, "ohm");
        double charge = node.number("charge-w", 0, 1e7, "W");
        double discharge = node.number("discharge-w", 0, 1e7, "W");
        double efficiency = node.number("charge-efficiency", 0.01, 1, "");
        double start = node.number("start-percent", 0, 100, "%");
        List<ChargePoint> curve = node.list("open-circuit", MOST, PowerReader::point);
        node.done();
        return node.make(
                FALLBACK.battery(),
                () ->
                        new Battery(
                                capacity * WATT_HOUR,
                                resistance,
                                charge,
                                discharge,
                                efficiency,
                                start / PERCENT,
                                curve));
    }

    private static ChargePoint point(ConfigNode node) {
        double charge = node.number("percent", 0, 100, "%");
        double volts = node.number("volts", 0.1, 1e4, "V");
        return new ChargePoint(charge / PERCENT, volts);
    }

    private static PowerSpec.Supercap supercap(ConfigNode node) {
        double capacity = node.number("capacity-wh", 0, 1e5, "Wh");
        double start = node.number("start-percent", 0, 100, "%");
        double charge = node.number("charge-w", 0, 1e7, "W");
        double discharge = node.number("discharge-w", 0, 1e7, "W");
        double loss = node.number("loss-percent", 0, 50, "%");
        node.done();
        return new PowerSpec.Supercap(
                capacity * WATT_HOUR, start / PERCENT, charge, discharge, loss / PERCENT);
    }

    private static PowerSpec.Bus bus(ConfigNode node) {
        double minimum = node.number("minimum-v", 1, 1e4, "V");
        double recover = node.number("recover-v", 1, 1e4, "V");
        double limit = node.number("limit-a", 0.1, 1e4, "A");
        double warn = node.number("warn-a", 0.1, 1e4, "A");
        double loss = node.number("loss-percent", 0, 50, "%");
        double ohms = node.number("loss-ohm", 0, 10, "ohm");
        node.done();
        return node.make(
                FALLBACK.bus(),
                () -> new PowerSpec.Bus(minimum, recover, limit, warn, loss / PERCENT, ohms));
    }

    private static PowerSpec.Shedding shedding(ConfigNode node) {
        double burstOff = node.number("burst-off-percent", 0, 100, "%") / PERCENT;
        double burstOn = node.number("burst-on-percent", 0, 100, "%") / PERCENT;
        double lowOff = node.number("low-off-percent", 0, 100, "%") / PERCENT;
        double lowOn = node.number("low-on-percent", 0, 100, "%") / PERCENT;
        double essentialOff = node.number("essential-off-percent", 0, 100, "%") / PERCENT;
        double essentialOn = node.number("essential-on-percent", 0, 100, "%") / PERCENT;
        node.done();
        return node.make(
                FALLBACK.shedding(),
                () ->
                        new PowerSpec.Shedding(
                                burstOff, burstOn, lowOff, lowOn, essentialOff, essentialOn));
    }

    private static Load load(ConfigNode node) {
        LoadId id = node.choice("id", LoadId.ESSENTIAL, List.of(LoadId.values()), LoadId::id);
        double watts = node.number("watts", 0, 1e6, "W");
        double reduced = node.number("reduced-w", 0, 0, 1e6, "W");
        double core = node.number("heat-to-core", 0, 0, 1, "");
        double pdu = node.number("heat-to-pdu", 0, 0, 1, "");
        double hull = node.number("heat-to-hull", 0, 0, 1, "");
        return node.make(
                FALLBACK.loads().get(0), () -> new Load(id, watts, reduced, core, pdu, hull));
    }
}
