package io.qiki.dtmp.sim;

/**
 * How much force along, and torque about, each body axis the thrusters give at most, alone; and how
 * much of a wanted vector lies within the octahedron that these span. Both signs of an axis count
 * as the weaker of the two.
 */
final class Reach {
    private static final double BEYOND = 1e6;
    private final double[] limit = new double[ThrusterBases.AXES];
    private final double[] signed = new double[2 * ThrusterBases.AXES];

    Reach(ThrusterBases bases) {
        SaturatedAllocation allocation = new SaturatedAllocation(bases);
        double[] duty = new double[bases.thrusters];
        for (int axis = 0; axis < ThrusterBases.AXES; axis++) {
            limit[axis] = Double.POSITIVE_INFINITY;
            for (int sign = 0; sign < 2; sign++) {
                double[] demand = new double[ThrusterBases.AXES];
                demand[axis] = sign == 0 ? BEYOND : -BEYOND;
                allocation.solve(demand, 0, duty, 0);
                double sum = 0;
                for (int j = 0; j < bases.thrusters; j++) {
                    sum += duty[j] * bases.effect[ThrusterBases.AXES * j + axis];
                }
                signed[2 * axis + sign] = Math.abs(sum);
                limit[axis] = Math.min(limit[axis], Math.abs(sum));
            }
        }
    }

    /** Greatest force (axes 0..2, N) or torque (3..5, N m) along an axis, alone. */
    double most(int axis, boolean negative) {
        return signed[2 * axis + (negative ? 1 : 0)];
    }

    /** Share of a wanted force that is within reach, above 1 when there is more. */
    double forceShare(double x, double y, double z) {
        return 1 / (Math.abs(x) / limit[0] + Math.abs(y) / limit[1] + Math.abs(z) / limit[2]);
    }

    /** Share of a wanted torque that is within reach, above 1 when there is more. */
    double torqueShare(double x, double y, double z) {
        return 1 / (Math.abs(x) / limit[3] + Math.abs(y) / limit[4] + Math.abs(z) / limit[5]);
    }
}
