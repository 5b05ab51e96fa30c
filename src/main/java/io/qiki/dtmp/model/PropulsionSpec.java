package io.qiki.dtmp.model;

import java.util.List;

/**
 * The thrusters of a vehicle and what they burn.
 *
 * @param thrusters in the order of their index
 * @param specificImpulseSeconds s, above 0
 * @param valveWatts electrical power of one open valve, W
 * @param minimumOnTimeSeconds shortest pulse, s
 */
public record PropulsionSpec(
        List<Thruster> thrusters,
        double specificImpulseSeconds,
        double valveWatts,
        double minimumOnTimeSeconds) {
    /** Greatest number of thrusters; the firing mask has 32 bits, one is a sign. */
    public static final int MAX_THRUSTERS = 31;

    /**
     * One thruster.
     *
     * @param cluster name of the group that shares an isolation valve
     * @param positionBody where it acts, m
     * @param directionBody of the force on the body, unit vector
     * @param newtons greatest force, N
     */
    public record Thruster(String cluster, Vec3 positionBody, Vec3 directionBody, double newtons) {
        private static final double NORM_TOLERANCE = 0.01;

        /** Refuses a direction that is not a unit vector within 1 %. */
        public Thruster {
            Check.text(cluster, "cluster");
            Check.present(positionBody, "thruster position");
            double norm = Check.present(directionBody, "thruster direction").norm();
            Check.range(
                    norm, 1 - NORM_TOLERANCE, 1 + NORM_TOLERANCE, "length of the direction", "1");
            Check.range(newtons, Double.MIN_NORMAL, 1e6, "thruster force", "N");
        }
    }

    /** Copies; refuses numbers out of range. */
    public PropulsionSpec {
        thrusters = List.copyOf(thrusters);
        Check.range(thrusters.size(), 6, MAX_THRUSTERS, "number of thrusters");
        Check.range(specificImpulseSeconds, 1, 1e5, "specific impulse", "s");
        Check.range(valveWatts, 0, 1e4, "valve power", "W");
        Check.range(minimumOnTimeSeconds, 0, 10, "minimum on-time", "s");
    }
}
