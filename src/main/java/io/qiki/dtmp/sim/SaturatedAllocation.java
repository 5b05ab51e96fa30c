package io.qiki.dtmp.sim;

import java.util.Arrays;

/**
 * The demand that cannot be served in full: the largest share of the torque, then the largest share
 * of the force, then the least propellant, as one linear programme in the duties and the two
 * shares, each within 0..1.
 *
 * <p>Bounded-variable simplex from a fixed base with everything at zero, which is always feasible;
 * so the answer depends on the demand alone. Largest reduced cost enters; after a number of turns
 * the lowest index, which cannot cycle. Source: V. Chvatal, Linear Programming, chapter 8; shares:
 * M. Bodson, Evaluation of Optimization Methods for Control Allocation, 2002.
 */
final class SaturatedAllocation {
    private static final int AXES = ThrusterBases.AXES;
    private static final int EAGER_TURNS = 60;
    private static final int MOST_TURNS = 400;
    private static final double SMALL = 1e-10;
    private static final double FORCE_WEIGHT = 100;
    private static final double TORQUE_WEIGHT = 10_000;

    private final ThrusterBases bases;
    private final int thrusters;
    private final int variables;
    private final double[] column;
    private final double[] cost;
    private final double[] inverse = new double[AXES * AXES];
    private final int[] basic = new int[AXES];
    private final double[] value = new double[AXES];
    private final double[] price = new double[AXES];
    private final double[] change = new double[AXES];

    /** -1: in the base, 0: at zero, 1: at one. */
    private final int[] place;

    SaturatedAllocation(ThrusterBases bases) {
        this.bases = bases;
        thrusters = bases.thrusters;
        variables = thrusters + 2;
        column = Arrays.copyOf(bases.effect, AXES * variables);
        cost = Arrays.copyOf(bases.price, variables);
        place = new int[variables];
    }

    /** Duties for the demand at {@code demand[d..d+5]}, into {@code duty[at..]}. */
    void solve(double[] demand, int d, double[] duty, int at) {
        begin(demand, d);
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            int entering = entering(turn >= EAGER_TURNS);
            if (entering < 0) {
                break;
            }
            move(entering);
        }
        for (int j = 0; j < thrusters; j++) {
            duty[at + j] = place[j] > 0 ? 1 : 0;
        }
        for (int k = 0; k < AXES; k++) {
            if (basic[k] < thrusters) {
                duty[at + basic[k]] = Math.max(0, Math.min(1, value[k]));
            }
        }
    }

    private void begin(double[] demand, int d) {
        double force = 0;
        double torque = 0;
        int f = AXES * thrusters;
        int t = f + AXES;
        Arrays.fill(column, f, f + 2 * AXES, 0);
        for (int k = 0; k < 3; k++) {
            column[f + k] = -demand[d + k];
            column[t + 3 + k] = -demand[d + 3 + k];
            force += demand[d + k] * demand[d + k];
            torque += demand[d + 3 + k] * demand[d + 3 + k];
        }
        force = Math.sqrt(force);
        torque = Math.sqrt(torque);
        cost[thrusters] = -FORCE_WEIGHT * (1 + force);
        cost[thrusters + 1] = -TORQUE_WEIGHT * (1 + force + torque) * (1 + force);
        System.arraycopy(bases.inverse[0], 0, inverse, 0, AXES * AXES);
        System.arraycopy(bases.member[0], 0, basic, 0, AXES);
        Arrays.fill(value, 0);
        Arrays.fill(place, 0);
        for (int k = 0; k < AXES; k++) {
            place[basic[k]] = -1;
        }
    }

    private int entering(boolean lowestIndex) {
        for (int axis = 0; axis < AXES; axis++) {
            double sum = 0;
            for (int k = 0; k < AXES; k++) {
                sum += cost[basic[k]] * inverse[AXES * k + axis];
            }
            price[axis] = sum;
        }
        int best = -1;
        double largest = 0;
        for (int j = 0; j < variables; j++) {
            if (place[j] >= 0) {
                double reduced = cost[j];
                int c = AXES * j;
                for (int axis = 0; axis < AXES; axis++) {
                    reduced -= price[axis] * column[c + axis];
                }
                double gain = place[j] == 0 ? -reduced : reduced;
                if (gain > SMALL * (1 + Math.abs(cost[j])) && gain > largest) {
                    best = j;
                    if (lowestIndex) {
                        return best;
                    }
                    largest = gain;
                }
            }
        }
        return best;
    }

    private void move(int entering) {
        int c = AXES * entering;
        double direction = place[entering] == 0 ? 1 : -1;
        double step = 1;
        int leaving = -1;
        boolean toOne = false;
        for (int k = 0; k < AXES; k++) {
            double sum = 0;
            for (int axis = 0; axis < AXES; axis++) {
                sum += inverse[AXES * k + axis] * column[c + axis];
            }
            change[k] = sum;
            double slope = -direction * sum;
            double room = 2;
            if (slope < -SMALL) {
                room = Math.max(0, value[k]) / -slope;
            } else if (slope > SMALL) {
                room = Math.max(0, 1 - value[k]) / slope;
            }
            if (room < step || (room == step && leaving >= 0 && basic[k] < basic[leaving])) {
                step = room;
                leaving = k;
                toOne = slope > 0;
            }
        }
        for (int k = 0; k < AXES; k++) {
            value[k] -= direction * step * change[k];
        }
        if (leaving < 0) {
            place[entering] = 1 - place[entering];
            return;
        }
        place[basic[leaving]] = toOne ? 1 : 0;
        value[leaving] = place[entering] == 0 ? step : 1 - step;
        basic[leaving] = entering;
        place[entering] = -1;
        double scale = 1 / change[leaving];
        int pivot = AXES * leaving;
        for (int axis = 0; axis < AXES; axis++) {
            inverse[pivot + axis] *= scale;
        }
        for (int k = 0; k < AXES; k++) {
            if (k != leaving) {
                double factor = change[k];
                for (int axis = 0; axis < AXES; axis++) {
                    inverse[AXES * k + axis] -= factor * inverse[pivot + axis];
                }
            }
        }
    }
}
