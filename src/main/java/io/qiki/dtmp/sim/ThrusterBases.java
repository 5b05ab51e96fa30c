package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.PropulsionSpec;
import io.qiki.dtmp.model.PropulsionSpec.Thruster;
import io.qiki.dtmp.model.Vec3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The effect of each thruster and the table of cheapest bases: each base is six thrusters whose
 * prices make no other thruster worth firing, so that a demand that they can serve with
 * non-negative duties is served with the least propellant.
 *
 * <p>Propellant is force over specific impulse, the same for all thrusters, so a duty costs its
 * force. Where sets would cost the same, a ten-millionth on the price, scattered over the thrusters
 * by quadratic residues, decides; on the default vehicle it leaves one base to each dual price, 189
 * in all.
 *
 * <p>Source: duality of linear programming, G. B. Dantzig.
 */
final class ThrusterBases {
    static final int AXES = 6;
    private static final double TIE_BREAK = 1e-7;
    private static final int RESIDUE = 10;
    private static final int MODULUS = 17;
    private static final double SINGULAR = 1e-9;
    private static final double OPTIMAL = -1e-11;

    final int thrusters;

    /** Force and torque of thruster j at full duty: elements 6 j to 6 j + 5. */
    final double[] effect;

    /** Price of full duty, N. */
    final double[] price;

    private final List<int[]> members = new ArrayList<>();
    private final List<double[]> inverses = new ArrayList<>();
    private final List<double[]> duals = new ArrayList<>();
    private final double[][] work = new double[AXES][2 * AXES];
    private final double[] trial = new double[AXES];

    /** The thrusters of each base. */
    final int[][] member;

    /** Duties per demand of each base, by rows. */
    final double[][] inverse;

    /** Dual prices of each base, six after six. */
    final double[] dual;

    ThrusterBases(PropulsionSpec propulsion) {
        List<Thruster> all = propulsion.thrusters();
        thrusters = all.size();
        effect = new double[AXES * thrusters];
        price = new double[thrusters];
        for (int j = 0; j < thrusters; j++) {
            Thruster thruster = all.get(j);
            Vec3 force = thruster.directionBody().times(thruster.newtons());
            Vec3 torque = thruster.positionBody().cross(force);
            double[] column = {force.x(), force.y(), force.z(), torque.x(), torque.y(), torque.z()};
            System.arraycopy(column, 0, effect, AXES * j, AXES);
            price[j] =
                    thruster.newtons()
                            * (1 + TIE_BREAK * (RESIDUE * (j + 1) * (j + 1) % MODULUS) / MODULUS);
        }
        choose(new int[AXES], 0, 0);
        Check.that(
                !members.isEmpty(),
                "the thrusters must be able to push and turn the vehicle in every direction");
        member = members.toArray(new int[0][]);
        inverse = inverses.toArray(new double[0][]);
        dual = new double[AXES * member.length];
        for (int b = 0; b < member.length; b++) {
            System.arraycopy(duals.get(b), 0, dual, AXES * b, AXES);
        }
    }

    /** Number of cheapest bases. */
    int size() {
        return member.length;
    }

    private void choose(int[] chosen, int depth, int from) {
        if (depth == AXES) {
            consider(chosen);
            return;
        }
        for (int j = from; j <= thrusters - (AXES - depth); j++) {
            chosen[depth] = j;
            choose(chosen, depth + 1, j + 1);
        }
    }

    private void consider(int[] chosen) {
        if (!invert(chosen)) {
            return;
        }
        double[] y = trial;
        Arrays.fill(y, 0);
        for (int axis = 0; axis < AXES; axis++) {
            for (int k = 0; k < AXES; k++) {
                y[axis] += price[chosen[k]] * work[k][AXES + axis];
            }
        }
        for (int j = 0; j < thrusters; j++) {
            double reduced = price[j];
            for (int axis = 0; axis < AXES; axis++) {
                reduced -= y[axis] * effect[AXES * j + axis];
            }
            if (reduced < OPTIMAL * price[j]) {
                return;
            }
        }
        double[] inverted = new double[AXES * AXES];
        for (int k = 0; k < AXES; k++) {
            System.arraycopy(work[k], AXES, inverted, AXES * k, AXES);
        }
        members.add(chosen.clone());
        inverses.add(inverted);
        duals.add(y.clone());
    }

    /**
     * Inverts the effects of the chosen six into the right half of the work rows: row k gives the
     * duty of the k-th.
     */
    private boolean invert(int[] chosen) {
        int width = 2 * AXES;
        double[][] rows = work;
        for (int axis = 0; axis < AXES; axis++) {
            Arrays.fill(rows[axis], AXES, width, 0);
            for (int k = 0; k < AXES; k++) {
                rows[axis][k] = effect[AXES * chosen[k] + axis];
            }
            rows[axis][AXES + axis] = 1;
        }
        for (int k = 0; k < AXES; k++) {
            int best = k;
            for (int r = k + 1; r < AXES; r++) {
                best = Math.abs(rows[r][k]) > Math.abs(rows[best][k]) ? r : best;
            }
            double[] pivot = rows[best];
            rows[best] = rows[k];
            rows[k] = pivot;
            if (Math.abs(pivot[k]) < SINGULAR) {
                return false;
            }
            double scale = 1 / pivot[k];
            for (int c = k; c < width; c++) {
                pivot[c] *= scale;
            }
            for (int r = 0; r < AXES; r++) {
                if (r != k) {
                    double factor = rows[r][k];
                    for (int c = k; c < width; c++) {
                        rows[r][c] -= factor * pivot[c];
                    }
                }
            }
        }
        return true;
    }
}
