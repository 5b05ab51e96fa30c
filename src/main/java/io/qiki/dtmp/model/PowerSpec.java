package io.qiki.dtmp.model;

import java.util.List;

/**
 * The electrical plane of a vehicle.
 *
 * @param array solar array
 * @param battery battery
 * @param supercap super-capacitor
 * @param bus distribution and its limits
 * @param shedding when loads are switched off and back on
 * @param loads one of each {@link LoadId}, in its order
 */
public record PowerSpec(
        SolarArray array,
        Battery battery,
        Supercap supercap,
        Bus bus,
        Shedding shedding,
        List<Load> loads) {
    /** The switched consumers, besides valves and heaters; in order of their priority. */
    public enum LoadId {
        /** The essential computer; the last to go. */
        ESSENTIAL("essential"),
        /** Sensors and control. */
        AVIONICS("avionics"),
        /** The mission computer. */
        MCQPU("mcqpu"),
        /** Everything else that is always on. */
        HOUSEKEEPING("housekeeping"),
        /** Transponder; listens only when reduced. */
        TRANSPONDER("transponder"),
        /** Search radar. */
        RADAR("radar"),
        /** Burst link; the first to go. */
        NBL("nbl");

        private final String id;

        LoadId(String id) {
            this.id = id;
        }

        /** The name used in configurations and on every interface. */
        public String id() {
            return id;
        }
    }

    /**
     * Solar array, all wings together.
     *
     * @param squareMetres area, m2
     * @param efficiency electrical power per light, 0..1
     * @param normalBody unit vector, body frame
     */
    public record SolarArray(double squareMetres, double efficiency, Vec3 normalBody) {
        /** Refuses numbers out of range. */
        public SolarArray {
            Check.range(squareMetres, 0, 1e5, "array area", "m2");
            Check.range(efficiency, 0, 1, "array efficiency", "1");
            Check.range(
                    Check.present(normalBody, "array normal").norm(),
                    1 - 1e-6,
                    1 + 1e-6,
                    "length of the array normal",
                    "1");
        }
    }

    /**
     * Battery.
     *
     * @param capacityJoules J
     * @param resistanceOhms internal, ohm
     * @param chargeWatts greatest charging power at the terminals, W
     * @param dischargeWatts greatest discharging power at the terminals, W
     * @param chargeEfficiency stored energy per chemical energy charged, 0..1
     * @param startCharge state of charge at the start, 0..1
     * @param openCircuit voltage over charge, rising
     */
    public record Battery(
            double capacityJoules,
            double resistanceOhms,
            double chargeWatts,
            double dischargeWatts,
            double chargeEfficiency,
            double startCharge,
            List<ChargePoint> openCircuit) {
        /** Copies; refuses numbers out of range and a curve that does not rise from 0 to 1. */
        public Battery {
            Check.range(capacityJoules, 1, 1e12, "battery capacity", "J");
            Check.range(resistanceOhms, 1e-6, 100, "battery resistance", "ohm");
            Check.range(chargeWatts, 0, 1e7, "battery charging power", "W");
            Check.range(dischargeWatts, 0, 1e7, "battery discharging power", "W");
            Check.range(chargeEfficiency, 0.01, 1, "charging efficiency", "1");
            Check.range(startCharge, 0, 1, "start charge", "1");
            openCircuit = List.copyOf(openCircuit);
            Check.range(openCircuit.size(), 2, 64, "number of voltage points");
            Check.that(
                    openCircuit.get(0).charge() == 0
                            && openCircuit.get(openCircuit.size() - 1).charge() == 1,
                    "the open-circuit voltage must be given from charge 0 to 1");
            for (int i = 1; i < openCircuit.size(); i++) {
                ChargePoint low = openCircuit.get(i - 1);
                ChargePoint high = openCircuit.get(i);
                Check.that(
                        high.charge() > low.charge() && high.volts() >= low.volts(),
                        "the open-circuit voltage must rise with the charge, was "
                                + low
                                + " before "
                                + high);
            }
        }
    }

    /**
     * One point of the open-circuit voltage.
     *
     * @param charge state of charge, 0..1
     * @param volts V
     */
    public record ChargePoint(double charge, double volts) {
        /** Refuses numbers out of range. */
        public ChargePoint {
            Check.range(charge, 0, 1, "charge", "1");
            Check.range(volts, 0.1, 1e4, "open-circuit voltage", "V");
        }
    }

    /**
     * Super-capacitor.
     *
     * @param capacityJoules J
     * @param startCharge state of charge at the start, 0..1
     * @param chargeWatts greatest charging power, W
     * @param dischargeWatts greatest discharging power, W
     * @param lossFraction of the power that passes, lost as heat, 0..1
     */
    public record Supercap(
            double capacityJoules,
            double startCharge,
            double chargeWatts,
            double dischargeWatts,
            double lossFraction) {
        /** Refuses numbers out of range. */
        public Supercap {
            Check.range(capacityJoules, 0, 1e9, "super-capacitor capacity", "J");
            Check.range(startCharge, 0, 1, "start charge", "1");
            Check.range(chargeWatts, 0, 1e7, "super-capacitor charging power", "W");
            Check.range(dischargeWatts, 0, 1e7, "super-capacitor discharging power", "W");
            Check.range(lossFraction, 0, 0.5, "super-capacitor loss", "1");
        }
    }

    /**
     * Power distribution.
     *
     * @param minimumVolts bus voltage below which it browns out, V
     * @param recoverVolts bus voltage at which it comes back, V
     * @param limitAmperes sustained limit of the bus current, A
     * @param warnAmperes current below which shed loads come back, A
     * @param lossFraction of the distributed power, lost as heat, 0..1
     * @param lossOhms loss per current squared, ohm
     */
    public record Bus(
            double minimumVolts,
            double recoverVolts,
            double limitAmperes,
            double warnAmperes,
            double lossFraction,
            double lossOhms) {
        /** Refuses numbers out of range and hysteresis the wrong way round. */
        public Bus {
            Check.range(minimumVolts, 1, 1e4, "minimum bus voltage", "V");
            Check.range(recoverVolts, minimumVolts, 1e4, "recovery bus voltage", "V");
            Check.range(limitAmperes, 0.1, 1e4, "bus current limit", "A");
            Check.range(warnAmperes, 0.1, limitAmperes, "bus current warning", "A");
            Check.range(lossFraction, 0, 0.5, "distribution loss", "1");
            Check.range(lossOhms, 0, 10, "distribution resistance", "ohm");
        }
    }

    /**
     * Charge at which loads go and come back.
     *
     * @param burstOff NBL goes below, 0..1
     * @param burstOn NBL is back from here on, 0..1
     * @param lowOff radar, housekeeping and transponder are reduced below, 0..1
     * @param lowOn and back from here on, 0..1
     * @param essentialOff everything but the essential computer goes below, 0..1
     * @param essentialOn and is back from here on, 0..1
     */
    public record Shedding(
            double burstOff,
            double burstOn,
            double lowOff,
            double lowOn,
            double essentialOff,
            double essentialOn) {
        /** Refuses numbers out of range and hysteresis the wrong way round. */
        public Shedding {
            Check.range(burstOff, 0, 1, "burst-off charge", "1");
            Check.range(burstOn, burstOff, 1, "burst-on charge", "1");
            Check.range(lowOff, 0, burstOff, "low-off charge", "1");
            Check.range(lowOn, lowOff, 1, "low-on charge", "1");
            Check.range(essentialOff, 0, lowOff, "essential-off charge", "1");
            Check.range(essentialOn, essentialOff, 1, "essential-on charge", "1");
        }
    }

    /**
     * One consumer and where its power becomes heat; what is left over is radiated as signal.
     *
     * @param id which
     * @param watts power in normal service, W
     * @param reducedWatts power when reduced, W; 0: off
     * @param heatToCore fraction, 0..1
     * @param heatToPdu fraction, 0..1
     * @param heatToHull fraction, 0..1
     */
    public record Load(
            LoadId id,
            double watts,
            double reducedWatts,
            double heatToCore,
            double heatToPdu,
            double heatToHull) {
        /** Refuses numbers out of range and more heat than power. */
        public Load {
            Check.present(id, "load id");
            Check.range(watts, 0, 1e6, "load power", "W");
            Check.range(reducedWatts, 0, watts, "reduced load power", "W");
            Check.range(heatToCore, 0, 1, "heat to the core", "1");
            Check.range(heatToPdu, 0, 1, "heat to the pdu", "1");
            Check.range(heatToHull, 0, 1, "heat to the hull", "1");
            Check.range(
                    heatToCore + heatToPdu + heatToHull,
                    0,
                    1 + 1e-12,
                    "sum of heat fractions",
                    "1");
        }
    }

    /** Copies; refuses a missing or misplaced load. */
    public PowerSpec {
        Check.present(array, "solar array");
        Check.present(battery, "battery");
        Check.present(supercap, "super-capacitor");
        Check.present(bus, "bus");
        Check.present(shedding, "shedding");
        loads = List.copyOf(loads);
        LoadId[] ids = LoadId.values();
        Check.range(loads.size(), ids.length, ids.length, "number of loads");
        for (int i = 0; i < ids.length; i++) {
            Check.that(
                    loads.get(i).id() == ids[i],
                    "load " + i + " must be " + ids[i].id() + ", was " + loads.get(i).id().id());
        }
    }

    /** The load of an id. */
    public Load load(LoadId id) {
        return loads.get(id.ordinal());
    }
}
