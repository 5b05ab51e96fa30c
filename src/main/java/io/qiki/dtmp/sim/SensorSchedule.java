package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.SensorSpec;
import java.util.List;

/**
 * Which sensors measure at a step: measurement k of a period is due at the first step whose time is
 * at least k periods, decided in integers.
 */
final class SensorSchedule {
    private static final int LONGEST_CYCLE = 1 << 20;
    private final int[] due;
    final int[] latencySteps = new int[WorldState.SENSORS];
    final long[] freshSteps = new long[WorldState.SENSORS];
    final long built;

    SensorSchedule(List<SensorSpec> sensors, long stepNanos) {
        long cycle = 1;
        for (SensorSpec sensor : sensors) {
            long steps = sensor.periodNanos() / gcd(sensor.periodNanos(), stepNanos);
            cycle = cycle / gcd(cycle, steps) * steps;
            Check.range(cycle, 1, LONGEST_CYCLE, "steps until the sensor periods repeat together");
        }
        due = new int[(int) cycle];
        long mask = 0;
        for (SensorSpec sensor : sensors) {
            int bit = 1 << sensor.id().ordinal();
            mask |= bit;
            for (int s = 0; s < due.length; s++) {
                if (due(s, sensor.periodNanos(), stepNanos)) {
                    due[s] |= bit;
                }
            }
            latencySteps[sensor.id().ordinal()] =
                    (int) ((sensor.latencyNanos() + stepNanos - 1) / stepNanos);
            freshSteps[sensor.id().ordinal()] = sensor.freshnessNanos() / stepNanos;
        }
        built = mask;
    }

    /** Whether a measurement of a period is due at a step. */
    static boolean due(long step, long periodNanos, long stepNanos) {
        long now = Math.multiplyExact(step, stepNanos) / periodNanos;
        return step == 0 || now > (step - 1) * stepNanos / periodNanos;
    }

    /** Bit mask of the sensors that measure at a step. */
    int due(long step) {
        return due[(int) (step % due.length)];
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
