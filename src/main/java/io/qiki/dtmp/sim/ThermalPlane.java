package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.ThermalSpec;

/**
 * Temperatures of the nodes: heat of what is really used, heaters, absorbed sunlight, conduction,
 * radiation to a sky without warmth. Explicit Euler with the flows of the step's beginning, so that
 * stored heat is exactly what came in less what went out.
 *
 * <p>Source: Stefan-Boltzmann law, constant CODATA 2018.
 */
final class ThermalPlane {
    /** W m^-2 K^-4. */
    static final double STEFAN_BOLTZMANN = 5.670374419e-8;

    /** Places of the heat account, all in W. */
    static final int EQUIPMENT = 0;

    static final int HEATERS = 1;
    static final int SUN = 2;
    static final int RADIATED = 3;
    static final int STORED = 4;
    static final int ACCOUNT_WIDTH = 5;

    /** Bits of the flags of a node. */
    static final long HIGH_TRIP = 1;

    static final long LOW_TRIP = 2;
    static final long HIGH_WARN = 4;
    static final long LOW_WARN = 8;

    private static final int NODES = WorldState.NODES;
    private final WorldState state;
    private final ThermalSpec spec;
    private final double dt;
    private final int links;
    private final int[] one;
    private final int[] other;
    private final double[] conductance;
    private final double[] radiating;
    private final double[] absorbing;
    private final double[] capacity;
    private final double[] heaterWatts;
    private final double[] heaterOn;
    private final double[] heaterOff;
    private final double[] calmLow;
    private final double[] calmHigh;
    private final double[] flow = new double[NODES];

    /** Heat of the equipment into each node in this step, W; written by PowerPlane. */
    final double[] equipment = new double[NODES];

    ThermalPlane(WorldState state, ThermalSpec spec, double dt) {
        this.state = state;
        this.spec = spec;
        this.dt = dt;
        links = spec.couplings().size();
        one = new int[links];
        other = new int[links];
        conductance = new double[links];
        for (int l = 0; l < links; l++) {
            ThermalSpec.Coupling coupling = spec.couplings().get(l);
            one[l] = coupling.one().ordinal();
            other[l] = coupling.other().ordinal();
            conductance[l] = coupling.wattsPerKelvin();
        }
        radiating = new double[NODES];
        absorbing = new double[NODES];
        capacity = new double[NODES];
        heaterWatts = new double[NODES];
        heaterOn = new double[NODES];
        heaterOff = new double[NODES];
        calmLow = new double[NODES];
        calmHigh = new double[NODES];
        for (int k = 0; k < NODES; k++) {
            ThermalSpec.Node node = spec.nodes().get(k);
            radiating[k] = node.radiatingSquareMetres() * STEFAN_BOLTZMANN;
            absorbing[k] = node.absorbingSquareMetres();
            capacity[k] = node.capacity();
            heaterWatts[k] = node.heaterWatts();
            heaterOn[k] = node.heaterOnKelvin();
            heaterOff[k] = node.heaterOffKelvin();
            calmLow[k] = node.lowWarnKelvin() + node.hysteresisKelvin();
            calmHigh[k] = node.highWarnKelvin() - node.hysteresisKelvin();
        }
    }

    /** Switches the thermostats; gives the power that the heaters want, W. */
    double thermostats(int i) {
        long on = state.heaterOn[i];
        double wanted = 0;
        for (int k = 0; k < NODES; k++) {
            double kelvin = state.kelvin[NODES * i + k];
            if (kelvin < heaterOn[k]) {
                on |= 1L << k;
            } else if (kelvin > heaterOff[k]) {
                on &= ~(1L << k);
            }
            wanted += (on >> k & 1) * heaterWatts[k];
        }
        state.heaterOn[i] = on;
        return wanted;
    }

    /** Grants a share of the heaters' power. */
    void grant(int i, double share) {
        long on = state.heaterOn[i];
        for (int k = 0; k < NODES; k++) {
            state.heaterWatts[NODES * i + k] = (on >> k & 1) * heaterWatts[k] * share;
        }
    }

    /**
     * Heats and cools a vehicle for one step.
     *
     * @param sunWatts sunlight, W/m2, 0 in eclipse
     */
    void step(int i, double sunWatts) {
        double[] kelvin = state.kelvin;
        int at = NODES * i;
        double heat = 0;
        double heaters = 0;
        double sun = 0;
        double radiated = 0;
        for (int k = 0; k < NODES; k++) {
            double t = kelvin[at + k];
            double light = sunWatts * absorbing[k];
            double sky = radiating[k] * (t * t) * (t * t);
            double heater = state.heaterWatts[at + k];
            heat += equipment[k];
            heaters += heater;
            sun += light;
            radiated += sky;
            flow[k] = equipment[k] + heater + light - sky;
        }
        for (int l = 0; l < links; l++) {
            double watts = conductance[l] * (kelvin[at + other[l]] - kelvin[at + one[l]]);
            flow[one[l]] += watts;
            flow[other[l]] -= watts;
        }
        double stored = 0;
        boolean calm = true;
        for (int k = 0; k < NODES; k++) {
            double t = kelvin[at + k] + flow[k] * dt / capacity[k];
            kelvin[at + k] = t;
            stored += flow[k];
            calm &= t > calmLow[k] && t < calmHigh[k] && state.thermalFlags[at + k] == 0;
        }
        if (!calm) {
            watch(at);
        }
        int a = ACCOUNT_WIDTH * i;
        state.heatAccount[a + EQUIPMENT] = heat;
        state.heatAccount[a + HEATERS] = heaters;
        state.heatAccount[a + SUN] = sun;
        state.heatAccount[a + RADIATED] = radiated;
        state.heatAccount[a + STORED] = stored;
    }

    private void watch(int at) {
        for (int k = 0; k < NODES; k++) {
            ThermalSpec.Node node = spec.nodes().get(k);
            double t = state.kelvin[at + k];
            double h = node.hysteresisKelvin();
            long flags = state.thermalFlags[at + k];
            flags =
                    latch(
                            flags,
                            HIGH_TRIP,
                            t >= node.highTripKelvin(),
                            t <= node.highTripKelvin() - h);
            flags =
                    latch(
                            flags,
                            LOW_TRIP,
                            t <= node.lowTripKelvin(),
                            t >= node.lowTripKelvin() + h);
            flags =
                    latch(
                            flags,
                            HIGH_WARN,
                            t >= node.highWarnKelvin(),
                            t <= node.highWarnKelvin() - h);
            flags =
                    latch(
                            flags,
                            LOW_WARN,
                            t <= node.lowWarnKelvin(),
                            t >= node.lowWarnKelvin() + h);
            state.thermalFlags[at + k] = flags;
        }
    }

    private static long latch(long flags, long bit, boolean raise, boolean clear) {
        return raise ? flags | bit : clear ? flags & ~bit : flags;
    }
}
