package io.qiki.dtmp.sim;

/**
 * Wanted force and torque to duties of the thrusters, each 0..1: least error first, torque before
 * force when they cannot both be had, direction kept; then least propellant.
 *
 * <p>A demand within reach of the table of bases is answered by the one with the highest dual
 * value; the base of the vehicle's last answer is tried first. A demand beyond is a linear
 * programme of its own, solved from the same start every time. Both are solved again only when the
 * demand changes.
 */
final class Allocation {
    private static final int AXES = ThrusterBases.AXES;
    private static final double FEASIBLE = -1e-12;
    private final ThrusterBases bases;
    private final SaturatedAllocation saturated;
    private final WorldState state;
    private final int thrusters;
    private final double[] trial = new double[AXES];

    Allocation(WorldState state, ThrusterBases bases) {
        this.state = state;
        this.bases = bases;
        this.thrusters = bases.thrusters;
        this.saturated = new SaturatedAllocation(bases);
    }

    /** Turns the demand of a vehicle into duties. */
    void step(int i) {
        double[] demand = state.demand;
        double[] solved = state.solvedDemand;
        int d = AXES * i;
        boolean same = true;
        boolean zero = true;
        for (int k = d; k < d + AXES; k++) {
            same &= demand[k] == solved[k];
            zero &= demand[k] == 0;
        }
        if (same) {
            return;
        }
        System.arraycopy(demand, d, solved, d, AXES);
        int at = thrusters * i;
        for (int j = 0; j < thrusters; j++) {
            state.duty[at + j] = 0;
        }
        if (zero) {
            return;
        }
        int base = (int) state.basis[i];
        if (!serves(base, demand, d)) {
            base = best(demand, d);
            state.basis[i] = base;
        }
        double greatest = 0;
        for (int k = 0; k < AXES; k++) {
            greatest = Math.max(greatest, trial[k]);
        }
        if (greatest > 1) {
            saturated.solve(demand, d, state.duty, at);
            return;
        }
        int[] member = bases.member[base];
        for (int k = 0; k < AXES; k++) {
            state.duty[at + member[k]] = Math.max(0, trial[k]);
        }
    }

    private boolean serves(int base, double[] demand, int d) {
        double[] inverse = bases.inverse[base];
        boolean feasible = true;
        for (int k = 0; k < AXES; k++) {
            int r = AXES * k;
            double duty =
                    inverse[r] * demand[d]
                            + inverse[r + 1] * demand[d + 1]
                            + inverse[r + 2] * demand[d + 2]
                            + inverse[r + 3] * demand[d + 3]
                            + inverse[r + 4] * demand[d + 4]
                            + inverse[r + 5] * demand[d + 5];
            trial[k] = duty;
            feasible &= duty >= FEASIBLE;
        }
        return feasible;
    }

    private int best(double[] demand, int d) {
        double[] dual = bases.dual;
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int b = 0, r = 0; b < bases.size(); b++, r += AXES) {
            double value =
                    dual[r] * demand[d]
                            + dual[r + 1] * demand[d + 1]
                            + dual[r + 2] * demand[d + 2]
                            + dual[r + 3] * demand[d + 3]
                            + dual[r + 4] * demand[d + 4]
                            + dual[r + 5] * demand[d + 5];
            if (value > highest) {
                highest = value;
                best = b;
            }
        }
        return serves(best, demand, d) ? best : bestFeasible(demand, d);
    }

    /** For demands on the border of a base, where rounding may point to a neighbour. */
    private int bestFeasible(double[] demand, int d) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int b = 0; b < bases.size(); b++) {
            if (serves(b, demand, d)) {
                double cost = 0;
                for (int k = 0; k < AXES; k++) {
                    cost += trial[k] * bases.price[bases.member[b][k]];
                }
                if (cost < least) {
                    least = cost;
                    best = b;
                }
            }
        }
        serves(best, demand, d);
        return best;
    }
}
