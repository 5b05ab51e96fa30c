package io.qiki.dtmp.model;

import java.util.List;

/**
 * The thermal plane of a vehicle: nodes and what couples them.
 *
 * @param nodes one of each {@link NodeId}, in its order
 * @param couplings conductive links
 * @param valveHeatToHull fraction of the valves' power that heats the hull, 0..1
 */
public record ThermalSpec(List<Node> nodes, List<Coupling> couplings, double valveHeatToHull) {
    /** 0 degC in K. */
    public static final double ZERO_CELSIUS = 273.15;

    /** The parts whose temperature is followed. */
    public enum NodeId {
        /** Computers. */
        CORE("core"),
        /** Power distribution. */
        PDU("pdu"),
        /** Super-capacitor. */
        SUPERCAP("supercap"),
        /** Battery. */
        BATTERY("battery"),
        /** Docking bridge. */
        DOCK("dock"),
        /** Hull and radiator. */
        HULL("hull");

        private final String id;

        NodeId(String id) {
            this.id = id;
        }

        /** The name used in configurations and on every interface. */
        public String id() {
            return id;
        }
    }

    /**
     * One node; temperatures in K.
     *
     * @param id which
     * @param capacity heat capacity, J/K
     * @param startKelvin temperature at the start
     * @param lowTripKelvin trips at and below
     * @param lowWarnKelvin warns at and below
     * @param highWarnKelvin warns at and above
     * @param highTripKelvin trips at and above
     * @param hysteresisKelvin distance inside a trip at which it clears
     * @param radiatingSquareMetres emissivity times area, m2
     * @param absorbingSquareMetres absorptivity times area, m2
     * @param heaterWatts power of the thermostat heater, W
     * @param heaterOnKelvin heats below
     * @param heaterOffKelvin stops above
     */
    public record Node(
            NodeId id,
            double capacity,
            double startKelvin,
            double lowTripKelvin,
            double lowWarnKelvin,
            double highWarnKelvin,
            double highTripKelvin,
            double hysteresisKelvin,
            double radiatingSquareMetres,
            double absorbingSquareMetres,
            double heaterWatts,
            double heaterOnKelvin,
            double heaterOffKelvin) {
        /** Refuses numbers out of range and limits in the wrong order. */
        public Node {
            Check.present(id, "thermal node");
            Check.range(capacity, 1e-3, 1e9, "heat capacity", "J/K");
            Check.range(startKelvin, 1, 5000, "start temperature", "K");
            Check.range(lowTripKelvin, 0, 5000, "low trip", "K");
            Check.range(lowWarnKelvin, lowTripKelvin, 5000, "low warning", "K");
            Check.range(highWarnKelvin, lowWarnKelvin, 5000, "high warning", "K");
            Check.range(highTripKelvin, highWarnKelvin, 5000, "high trip", "K");
            Check.range(hysteresisKelvin, 0, 1000, "trip hysteresis", "K");
            Check.range(radiatingSquareMetres, 0, 1e6, "radiating area", "m2");
            Check.range(absorbingSquareMetres, 0, 1e6, "absorbing area", "m2");
            Check.range(heaterWatts, 0, 1e6, "heater power", "W");
            Check.range(heaterOnKelvin, 0, 5000, "heater-on temperature", "K");
            Check.range(heaterOffKelvin, heaterOnKelvin, 5000, "heater-off temperature", "K");
        }
    }

    /**
     * A conductive link.
     *
     * @param one end
     * @param other end, not the same
     * @param wattsPerKelvin conductance, W/K
     */
    public record Coupling(NodeId one, NodeId other, double wattsPerKelvin) {
        /** Refuses a link of a node with itself. */
        public Coupling {
            Check.present(one, "thermal node");
            Check.present(other, "thermal node");
            Check.that(one != other, "a node cannot be coupled with itself, was " + one.id());
            Check.range(wattsPerKelvin, 0, 1e6, "coupling", "W/K");
        }
    }

    /** Copies; refuses a missing or misplaced node. */
    public ThermalSpec {
        nodes = List.copyOf(nodes);
        couplings = List.copyOf(couplings);
        NodeId[] ids = NodeId.values();
        Check.range(nodes.size(), ids.length, ids.length, "number of thermal nodes");
        for (int i = 0; i < ids.length; i++) {
            Check.that(
                    nodes.get(i).id() == ids[i],
                    "thermal node "
                            + i
                            + " must be "
                            + ids[i].id()
                            + ", was "
                            + nodes.get(i).id().id());
        }
        Check.range(valveHeatToHull, 0, 1, "valve heat to the hull", "1");
    }

    /** The node of an id. */
    public Node node(NodeId id) {
        return nodes.get(id.ordinal());
    }
}
