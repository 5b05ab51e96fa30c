package io.qiki.dtmp.config;

import io.qiki.dtmp.model.ThermalSpec;
import io.qiki.dtmp.model.ThermalSpec.Coupling;
import io.qiki.dtmp.model.ThermalSpec.Node;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.List;

/** Reads the thermal plane of a vehicle. */
final class ThermalReader {
    private static final double ZERO = ThermalSpec.ZERO_CELSIUS;
    private static final double COLDEST = -270;
    private static final double HOTTEST = 4000;
    private static final int MOST = 64;
    private static final ThermalSpec FALLBACK = VehicleProfile.qikiDodeca01().thermal();

    private ThermalReader() {}

    static ThermalSpec read(ConfigNode node) {
        List<Node> nodes = node.list("nodes", MOST, ThermalReader::thermalNode);
        List<Coupling> couplings = node.list("couplings", MOST, ThermalReader::coupling);
        double valves = node.number("valve-heat-to-hull", 0, 1, "");
        node.done();
        return node.make(FALLBACK, () -> new ThermalSpec(nodes, couplings, valves));
    }

    private static Node thermalNode(ConfigNode node) {
        NodeId id = id(node, "id");
        double capacity = node.number("capacity-j-per-k", 1e-3, 1e9, "J/K");
        double start = celsius(node, "start-c");
        double lowTrip = celsius(node, "low-trip-c");
        double lowWarn = celsius(node, "low-warn-c");
        double highTrip = celsius(node, "high-trip-c");
        double margin = node.number("high-warn-below-trip-k", 10, 0, 1000, "K");
        double hysteresis = node.number("hysteresis-k", 0, 1000, "K");
        double radiating = node.number("radiating-m2", 0, 0, 1e6, "m2");
        double absorbing = node.number("absorbing-m2", 0, 0, 1e6, "m2");
        double heater = node.number("heater-w", 0, 0, 1e6, "W");
        double on = celsius(node, "heater-on-c");
        double off = celsius(node, "heater-off-c");
        return node.make(
                FALLBACK.nodes().get(0),
                () ->
                        new Node(
                                id,
                                capacity,
                                ZERO + start,
                                ZERO + lowTrip,
                                ZERO + lowWarn,
                                ZERO + highTrip - margin,
                                ZERO + highTrip,
                                hysteresis,
                                radiating,
                                absorbing,
                                heater,
                                ZERO + on,
                                ZERO + off));
    }

    private static Coupling coupling(ConfigNode node) {
        NodeId one = id(node, "one");
        NodeId other = id(node, "other");
        double conductance = node.number("w-per-k", 0, 1e6, "W/K");
        return node.make(FALLBACK.couplings().get(0), () -> new Coupling(one, other, conductance));
    }

    private static double celsius(ConfigNode node, String key) {
        return node.number(key, COLDEST, HOTTEST, "degC");
    }

    private static NodeId id(ConfigNode node, String key) {
        return node.choice(key, NodeId.CORE, List.of(NodeId.values()), NodeId::id);
    }
}
