package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.PropulsionSpec;
import java.util.Arrays;

/**
 * Duties to pulses, pulses to force, torque and flow.
 *
 * <p>A thruster opens for duty times step plus what it still owes; below the minimum on-time it
 * stays shut and owes it. What is owed is forgotten at zero demand. Where a step is shorter than
 * the minimum on-time, a whole step is the shortest pulse. Mass flow is force over specific impulse
 * times standard gravity.
 */
final class Propulsion {
    /** Standard gravity, m/s2. Source: 3rd CGPM, 1901. */
    static final double STANDARD_GRAVITY = 9.80665;

    private final WorldState state;
    private final ThrusterBases bases;
    private final int thrusters;
    private final double dt;
    private final double shortest;
    private final double valveWatts;
    private final double exhaustSpeed;
    private final double[] newtons;

    Propulsion(WorldState state, ThrusterBases bases, PropulsionSpec spec, double dt) {
        this.state = state;
        this.bases = bases;
        this.dt = dt;
        thrusters = bases.thrusters;
        shortest = Math.min(spec.minimumOnTimeSeconds(), dt);
        valveWatts = spec.valveWatts();
        exhaustSpeed = spec.specificImpulseSeconds() * STANDARD_GRAVITY;
        newtons = new double[thrusters];
        for (int j = 0; j < thrusters; j++) {
            newtons[j] = spec.thrusters().get(j).newtons();
        }
    }

    /** Plans the pulses of this step; gives the electrical power that the valves want, W. */
    double plan(int i) {
        int at = thrusters * i;
        double[] on = state.onSeconds;
        double[] carry = state.carrySeconds;
        if (idle(i)) {
            Arrays.fill(on, at, at + thrusters, 0);
            Arrays.fill(carry, at, at + thrusters, 0);
            return 0;
        }
        double open = 0;
        for (int j = at; j < at + thrusters; j++) {
            double wanted = state.duty[j] * dt + carry[j];
            double pulse = wanted >= shortest ? Math.min(wanted, dt) : 0;
            on[j] = pulse;
            carry[j] = wanted - pulse;
            open += pulse;
        }
        return valveWatts * open / dt;
    }

    /**
     * Lets the planned pulses act as far as power and propellant go; gives the propellant burnt,
     * kg.
     */
    double act(int i) {
        int v = 3 * i;
        double[] force = state.forceBody;
        double[] torque = state.torqueBody;
        force[v] = 0;
        force[v + 1] = 0;
        force[v + 2] = 0;
        torque[v] = 0;
        torque[v + 1] = 0;
        torque[v + 2] = 0;
        state.firing[i] = 0;
        if (idle(i)) {
            return 0;
        }
        int at = thrusters * i;
        double impulse = 0;
        for (int j = 0; j < thrusters; j++) {
            impulse += newtons[j] * state.onSeconds[at + j];
        }
        double wanted = impulse * state.valveGrant[i] / exhaustSpeed;
        if (!(wanted > 0)) {
            return 0;
        }
        double burnt = Math.min(wanted, state.propellant[i]);
        double share = state.valveGrant[i] * (burnt / wanted);
        state.propellant[i] -= burnt;
        if (share == 0) {
            return 0;
        }
        long firing = 0;
        for (int j = 0; j < thrusters; j++) {
            double on = state.onSeconds[at + j];
            if (on > 0) {
                double fraction = on * share / dt;
                int e = ThrusterBases.AXES * j;
                force[v] += bases.effect[e] * fraction;
                force[v + 1] += bases.effect[e + 1] * fraction;
                force[v + 2] += bases.effect[e + 2] * fraction;
                torque[v] += bases.effect[e + 3] * fraction;
                torque[v + 1] += bases.effect[e + 4] * fraction;
                torque[v + 2] += bases.effect[e + 5] * fraction;
                firing |= 1L << j;
            }
        }
        state.firing[i] = firing;
        return burnt;
    }

    private boolean idle(int i) {
        int d = ThrusterBases.AXES * i;
        double[] demand = state.demand;
        return demand[d] == 0
                && demand[d + 1] == 0
                && demand[d + 2] == 0
                && demand[d + 3] == 0
                && demand[d + 4] == 0
                && demand[d + 5] == 0;
    }
}
