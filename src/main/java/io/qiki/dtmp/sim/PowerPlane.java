package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.PowerSpec;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.ThermalSpec;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * Sources, storage and consumers of a step. What is wanted is shed, then throttled, then granted;
 * what is granted, stored and lost is exactly what the array delivers and the stores give.
 *
 * <p>The distribution passes at most the bus current limit; the super-capacitor behind it serves
 * what is above while it lasts. Surplus of the array charges the super-capacitor, then the battery,
 * at the source side; the rest of the array's power is not taken. The bus voltage and limit of a
 * step are those at which the last one ended.
 */
final class PowerPlane {
    /** Places of the account; W unless said otherwise. */
    static final int ARRAY = 0;

    static final int LOADS = 1;
    static final int BATTERY_STORED = 2;
    static final int SUPERCAP_STORED = 3;
    static final int LOSSES = 4;
    static final int BUS_AMPERES = 5;
    static final int ARRAY_AVAILABLE = 6;
    static final int UNSERVED = 7;
    static final int ACCOUNT_WIDTH = 8;

    /** Below this a battery is not charged, K. */
    private static final double COLDEST_CHARGE = ThermalSpec.ZERO_CELSIUS;

    private static final double CALM_SECONDS = 5;
    private static final int COUNT = WorldState.LOADS;
    private static final int SIGNATURE_SHIFT = 16;
    private static final long LATCHES = 15;

    private final WorldState state;
    private final ThermalPlane thermal;
    private final PowerSpec spec;
    private final double dt;
    private final OpenCircuit openCircuit;
    private final double[] watts = new double[3 * COUNT];
    private final double[] toCore = new double[COUNT];
    private final double[] toPdu = new double[COUNT];
    private final double[] toHull = new double[COUNT];
    private final double valveHeatToHull;
    private final double normalX;
    private final double normalY;
    private final double normalZ;
    private final double arrayFactor;
    private double batteryLoss;
    private double batteryHeat;
    private double supercapLoss;

    PowerPlane(WorldState state, ThermalPlane thermal, VehicleProfile profile, double dt) {
        this.state = state;
        this.thermal = thermal;
        this.dt = dt;
        spec = profile.power();
        openCircuit = new OpenCircuit(spec.battery().openCircuit());
        for (int l = 0; l < COUNT; l++) {
            PowerSpec.Load load = spec.loads().get(l);
            watts[3 * l + LoadShedding.FULL] = load.watts();
            watts[3 * l + LoadShedding.REDUCED] = load.reducedWatts();
            watts[3 * l + LoadShedding.OFF] = 0;
            toCore[l] = load.heatToCore();
            toPdu[l] = load.heatToPdu();
            toHull[l] = load.heatToHull();
        }
        valveHeatToHull = profile.thermal().valveHeatToHull();
        normalX = spec.array().normalBody().x();
        normalY = spec.array().normalBody().y();
        normalZ = spec.array().normalBody().z();
        arrayFactor = spec.array().squareMetres() * spec.array().efficiency();
    }

    /** Sets the plane of a vehicle to its start. */
    void reset(int i) {
        state.batteryJoules[i] = spec.battery().startCharge() * spec.battery().capacityJoules();
        state.supercapJoules[i] = spec.supercap().startCharge() * spec.supercap().capacityJoules();
        state.busVolts[i] = openCircuit.volts(spec.battery().startCharge());
        state.valveGrant[i] = 1;
        for (int l = 0; l < COUNT; l++) {
            state.loadWatts[COUNT * i + l] = spec.loads().get(l).watts();
        }
    }

    /** State of charge of the battery, 0..1. */
    double charge(int i) {
        return state.batteryJoules[i] / spec.battery().capacityJoules();
    }

    /** State of charge of the super-capacitor, 0..1. */
    double supercapCharge(int i) {
        double capacity = spec.supercap().capacityJoules();
        return capacity == 0 ? 0 : state.supercapJoules[i] / capacity;
    }

    /** Whether a load gets any power. */
    boolean powered(int i, LoadId load) {
        return state.loadWatts[COUNT * i + load.ordinal()] > 0;
    }

    /**
     * Serves a vehicle for one step.
     *
     * @param valves power that the valves want, W
     * @param heaters power that the heaters want, W
     * @param sunWatts sunlight, W/m2, 0 in eclipse
     * @param cosine of the angle between the array's normal and the sun
     */
    void step(int i, double valves, double heaters, double sunWatts, double cosine) {
        latch(i);
        double volts = state.busVolts[i];
        double limit = spec.bus().limitAmperes() * volts;
        boolean survival =
                (state.powerFlags[i] & (LoadShedding.ESSENTIAL_ONLY | LoadShedding.BROWNED_OUT))
                        != 0;
        double valvesGranted = survival ? 0 : valves;
        double heatersGranted = survival ? 0 : heaters;
        PowerSpec.Supercap cap = spec.supercap();
        double peakAvailable =
                Math.min(
                        cap.dischargeWatts(),
                        state.supercapJoules[i] / (dt * (1 + cap.lossFraction())));
        double total = loads(i) + valvesGranted + heatersGranted;
        double excess = total - limit;
        if (excess > peakAvailable) {
            while (excess > peakAvailable
                    && state.overcurrentLevel[i] < LoadShedding.OVERCURRENT_LEVELS) {
                state.overcurrentLevel[i]++;
                state.overcurrentCalm[i] = 0;
                total = loads(i) + valvesGranted + heatersGranted;
                excess = total - limit;
            }
            double cut = Math.max(0, excess - peakAvailable);
            double valveCut = Math.min(cut, valvesGranted);
            valvesGranted -= valveCut;
            double heaterCut = Math.min(cut - valveCut, heatersGranted);
            heatersGranted -= heaterCut;
            total -= valveCut + heaterCut;
            excess = total - limit;
        } else if (state.overcurrentLevel[i] > 0) {
            recover(i, valvesGranted + heatersGranted, volts);
        }
        double peak = Math.max(0, Math.min(excess, peakAvailable));
        double passing = total - peak;
        double amperes = volts > 0 ? passing / volts : 0;
        double loss =
                spec.bus().lossFraction() * passing + spec.bus().lossOhms() * amperes * amperes;
        double available = sunWatts * arrayFactor * Math.max(0, cosine);
        double share = balance(i, passing + loss, peak, available);
        double served = total * share;
        grant(i, share, valvesGranted, valves, heatersGranted, heaters);
        heat(i, loss * share, share, valvesGranted);
        int a = ACCOUNT_WIDTH * i;
        state.powerAccount[a + LOADS] = served;
        state.powerAccount[a + LOSSES] = loss * share + batteryLoss + supercapLoss;
        state.powerAccount[a + BUS_AMPERES] = amperes * share;
        state.powerAccount[a + ARRAY_AVAILABLE] = available;
        state.powerAccount[a + UNSERVED] = total - served;
    }

    private void latch(int i) {
        PowerSpec.Shedding s = spec.shedding();
        double charge = charge(i);
        long flags = state.powerFlags[i];
        long causes = flags & LATCHES;
        causes = latch(causes, LoadShedding.BURST_CHARGE, charge, s.burstOff(), s.burstOn());
        causes = latch(causes, LoadShedding.LOW, charge, s.lowOff(), s.lowOn());
        causes =
                latch(
                        causes,
                        LoadShedding.ESSENTIAL_ONLY,
                        charge,
                        s.essentialOff(),
                        s.essentialOn());
        PowerSpec.Bus bus = spec.bus();
        causes =
                latch(
                        causes,
                        LoadShedding.BROWNED_OUT,
                        state.busVolts[i],
                        bus.minimumVolts(),
                        bus.recoverVolts());
        state.powerFlags[i] = (flags & ~LATCHES) | causes;
    }

    private static long latch(long flags, long bit, double value, double off, double on) {
        return value < off ? flags | bit : value >= on ? flags & ~bit : flags;
    }

    /** Decides each load anew when a cause changed; gives their power, W. */
    private double loads(int i) {
        long causes = state.powerFlags[i] & LATCHES;
        if (state.powerMode[i] != 0) {
            causes |= LoadShedding.SAFE;
        }
        int node = WorldState.NODES * i;
        if ((state.thermalFlags[node + NodeId.CORE.ordinal()] & ThermalPlane.HIGH_TRIP) != 0) {
            causes |= LoadShedding.CORE_HOT;
        }
        if ((state.thermalFlags[node + NodeId.PDU.ordinal()] & ThermalPlane.HIGH_TRIP) != 0) {
            causes |= LoadShedding.PDU_HOT;
        }
        int level = (int) state.overcurrentLevel[i];
        long signature = causes << 4 | level | 1L << 20;
        int at = COUNT * i;
        double sum = 0;
        if (state.powerFlags[i] >>> SIGNATURE_SHIFT != signature) {
            state.powerFlags[i] =
                    (state.powerFlags[i] & ((1L << SIGNATURE_SHIFT) - 1))
                            | signature << SIGNATURE_SHIFT;
            for (int l = 0; l < COUNT; l++) {
                long decided = LoadShedding.decide(l, causes, level);
                if (decided != state.loadState[at + l]) {
                    state.loadState[at + l] = decided;
                    state.loadSince[at + l] = state.step[i];
                }
            }
        }
        for (int l = 0; l < COUNT; l++) {
            double load = watts[3 * l + (int) (state.loadState[at + l] & 255)];
            state.loadWatts[at + l] = load;
            sum += load;
        }
        return sum;
    }

    private void recover(int i, double others, double volts) {
        long level = state.overcurrentLevel[i];
        state.overcurrentLevel[i] = level - 1;
        double total = loads(i) + others;
        boolean fits = total < spec.bus().warnAmperes() * volts;
        long calm = fits ? state.overcurrentCalm[i] + 1 : 0;
        if (calm * dt >= CALM_SECONDS) {
            state.overcurrentCalm[i] = 0;
            return;
        }
        state.overcurrentCalm[i] = calm;
        state.overcurrentLevel[i] = level;
        loads(i);
    }

    /** Draws on array and stores; gives the share of the need that is served, 0..1. */
    private double balance(int i, double need, double peak, double available) {
        PowerSpec.Supercap cap = spec.supercap();
        double before = state.supercapJoules[i];
        double batteryBefore = state.batteryJoules[i];
        double supercapOut = peak;
        supercapLoss = 0;
        double share = 1;
        int a = ACCOUNT_WIDTH * i;
        if (available >= need) {
            double surplus = available - need;
            double supercapIn = 0;
            if (peak == 0) {
                double room = (cap.capacityJoules() - before) / (dt * (1 - cap.lossFraction()));
                supercapIn = Math.max(0, Math.min(Math.min(surplus, cap.chargeWatts()), room));
                supercapLoss = cap.lossFraction() * supercapIn;
                state.supercapJoules[i] =
                        Math.min(cap.capacityJoules(), before + (supercapIn - supercapLoss) * dt);
            }
            double batteryIn = charge(i, surplus - supercapIn);
            state.powerAccount[a + ARRAY] = need + supercapIn + batteryIn;
        } else {
            double deficit = need - available;
            double fromBattery = discharge(i, deficit);
            double rest = deficit - fromBattery;
            if (rest > 0) {
                double most =
                        Math.min(cap.dischargeWatts(), before / (dt * (1 + cap.lossFraction())))
                                - peak;
                double more = Math.max(0, Math.min(rest, most));
                supercapOut += more;
                rest -= more;
            }
            if (rest > 0) {
                share = (need - rest + peak) / (need + peak);
                state.powerFlags[i] |= LoadShedding.BROWNED_OUT;
            }
            state.powerAccount[a + ARRAY] = available;
        }
        if (supercapOut > 0) {
            supercapLoss = cap.lossFraction() * supercapOut;
            state.supercapJoules[i] = Math.max(0, before - (supercapOut + supercapLoss) * dt);
        }
        state.powerAccount[a + BATTERY_STORED] = (state.batteryJoules[i] - batteryBefore) / dt;
        state.powerAccount[a + SUPERCAP_STORED] = (state.supercapJoules[i] - before) / dt;
        return share;
    }

    private double charge(int i, double surplus) {
        PowerSpec.Battery battery = spec.battery();
        double stored = state.batteryJoules[i];
        double volts = openCircuit.volts(stored / battery.capacityJoules());
        int node = WorldState.NODES * i + NodeId.BATTERY.ordinal();
        boolean allowed =
                state.kelvin[node] >= COLDEST_CHARGE
                        && (state.thermalFlags[node] & ThermalPlane.HIGH_TRIP) == 0;
        double power = allowed ? Math.min(surplus, battery.chargeWatts()) : 0;
        double r = battery.resistanceOhms();
        double amperes = (Math.sqrt(volts * volts + 4 * r * power) - volts) / (2 * r);
        double room =
                (battery.capacityJoules() - stored) / (volts * battery.chargeEfficiency() * dt);
        amperes = Math.max(0, Math.min(amperes, room));
        double chemical = volts * amperes;
        batteryHeat = r * amperes * amperes;
        batteryLoss = batteryHeat + (1 - battery.chargeEfficiency()) * chemical;
        state.batteryJoules[i] =
                Math.min(
                        battery.capacityJoules(),
                        stored + battery.chargeEfficiency() * chemical * dt);
        state.busVolts[i] = volts + r * amperes;
        return chemical + batteryHeat;
    }

    private double discharge(int i, double deficit) {
        PowerSpec.Battery battery = spec.battery();
        double stored = state.batteryJoules[i];
        double volts = openCircuit.volts(stored / battery.capacityJoules());
        double r = battery.resistanceOhms();
        double power =
                Math.min(deficit, Math.min(battery.dischargeWatts(), volts * volts / (4 * r)));
        double amperes = (volts - Math.sqrt(Math.max(0, volts * volts - 4 * r * power))) / (2 * r);
        amperes = Math.min(amperes, stored / (volts * dt));
        double chemical = volts * amperes;
        batteryHeat = r * amperes * amperes;
        batteryLoss = batteryHeat;
        state.batteryJoules[i] = Math.max(0, stored - chemical * dt);
        state.busVolts[i] = volts - r * amperes;
        return chemical - batteryHeat;
    }

    private void grant(
            int i,
            double share,
            double valvesGranted,
            double valves,
            double heatersGranted,
            double heaters) {
        if (share < 1) {
            for (int l = COUNT * i; l < COUNT * (i + 1); l++) {
                state.loadWatts[l] *= share;
            }
        }
        state.valveWatts[i] = valvesGranted * share;
        state.valveGrant[i] = valves > 0 ? valvesGranted / valves * share : 1;
        thermal.grant(i, heaters > 0 ? heatersGranted / heaters * share : 0);
    }

    private void heat(int i, double distributionLoss, double share, double valvesGranted) {
        double core = 0;
        double pdu = distributionLoss;
        double hull = valveHeatToHull * valvesGranted * share;
        for (int l = 0; l < COUNT; l++) {
            double load = state.loadWatts[COUNT * i + l];
            core += toCore[l] * load;
            pdu += toPdu[l] * load;
            hull += toHull[l] * load;
        }
        double[] equipment = thermal.equipment;
        equipment[NodeId.CORE.ordinal()] = core;
        equipment[NodeId.PDU.ordinal()] = pdu;
        equipment[NodeId.SUPERCAP.ordinal()] = supercapLoss;
        equipment[NodeId.BATTERY.ordinal()] = batteryHeat;
        equipment[NodeId.DOCK.ordinal()] = 0;
        equipment[NodeId.HULL.ordinal()] = hull;
    }

    /** Cosine between the array's normal and a direction in the body frame. */
    double cosine(double x, double y, double z) {
        return normalX * x + normalY * y + normalZ * z;
    }
}
