package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RigidBodyTest {
    private static final VehicleProfile VEHICLE = VehicleProfile.qikiDodeca01();
    private static final double[] INERTIA = {120, 120, 140};
    private static final double MEAN_MOTION = 1.1023e-3;

    private static WorldState tumbling(double rate) {
        WorldState state = new WorldState(1, 16, 0);
        state.attitude[0] = 1;
        double scale = rate / Math.sqrt(14);
        state.rateBody[0] = scale;
        state.rateBody[1] = -2 * scale;
        state.rateBody[2] = 3 * scale;
        return state;
    }

    private static void run(WorldState state, double meanMotion, double dt, long steps) {
        RigidBody body = new RigidBody(state, VEHICLE, meanMotion, dt);
        for (long s = 0; s < steps; s++) {
            body.step(0, 0);
        }
    }

    private static double[] momentum(WorldState state) {
        double[] out = new double[3];
        Rotation.toWorld(
                state.attitude,
                0,
                INERTIA[0] * state.rateBody[0],
                INERTIA[1] * state.rateBody[1],
                INERTIA[2] * state.rateBody[2],
                out,
                0);
        return out;
    }

    private static double energy(WorldState state) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += 0.5 * INERTIA[k] * state.rateBody[k] * state.rateBody[k];
        }
        return sum;
    }

    @Test
    void shouldKeepMomentumAndEnergyWhenTumblingForAnHour() {
        // Given torque-free tumbling at 0.7 rad/s
        WorldState state = tumbling(0.7);
        double[] before = momentum(state);
        double energy = energy(state);
        // When an hour passes
        run(state, 0, 0.02, 180_000);
        // Then the vector of angular momentum holds within 1e-6, the energy within 1e-4
        double[] after = momentum(state);
        double size = Math.sqrt(dot(before, before));
        double[] change = {after[0] - before[0], after[1] - before[1], after[2] - before[2]};
        assertThat(Math.sqrt(dot(change, change)) / size).isLessThan(1e-6);
        assertThat(energy(state) / energy).isCloseTo(1, within(1e-4));
        assertThat(dot4(state.attitude, state.attitude)).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.7, 1.5})
    void shouldCutTheAttitudeErrorEightfoldWhenTheStepIsHalved(double rate) {
        // Given the attitude after ten minutes with a very short step
        WorldState reference = tumbling(rate);
        run(reference, 0, 0.0025, 240_000);
        // When the step is 20 ms and 10 ms
        WorldState coarse = tumbling(rate);
        run(coarse, 0, 0.02, 30_000);
        WorldState fine = tumbling(rate);
        run(fine, 0, 0.01, 60_000);
        // Then the finer one errs at most an eighth
        assertThat(angle(coarse, reference)).isGreaterThan(8 * angle(fine, reference));
    }

    @Test
    void shouldReachTheIdealSpeedInAFullForwardBurn() {
        // Given a vehicle that holds its attitude, and 12 kg of propellant
        Flight flight = new Flight(3);
        flight.seconds(1);
        // When it burns forward until nothing is left
        flight.burst(Actuator.RCS_FORWARD, 100, 400_000);
        flight.seconds(405);
        // Then speed is cos 45 deg x Isp g0 ln(m0 / m1) = 8.24 m/s within 0.1 %
        double ideal = Math.sqrt(0.5) * 60 * 9.80665 * StrictMath.log(612.0 / 600);
        assertThat(ideal).isCloseTo(8.24, within(0.005));
        assertThat(flight.truth().velocityWorld().norm()).isCloseTo(ideal, within(0.001 * ideal));
        assertThat(flight.truth().propellantKilograms()).isZero();
    }

    @Test
    void shouldFollowTheOpenDriftOfClohessyAndWiltshire() {
        // Given a start that drifts away along the orbit
        double[] start = {10, -20, 5, 0.002, -0.03, 0.004};
        // When one orbit passes, then it is where the analytic solution says
        assertThat(driftError(start)).isLessThan(1e-3 * norm(start));
    }

    @Test
    void shouldCloseTheDriftOfClohessyAndWiltshire() {
        // Given a start with vy = -2 n x, which closes
        double[] start = {100, 0, 30, 0.01, -2 * MEAN_MOTION * 100, 0.02};
        // When one orbit passes, then it is back where it began
        assertThat(driftError(start)).isLessThan(1e-3 * norm(start));
        WorldState state = drifted(start);
        assertThat(state.positionWorld[0]).isCloseTo(100, within(0.1));
        assertThat(state.positionWorld[1]).isCloseTo(0, within(0.1));
    }

    @Test
    void shouldTurnWithTheOrbitalFrameWhenTheRateIsThatOfTheOrbit() {
        // Given a vehicle that turns with the orbit about Z
        WorldState state = tumbling(0.7);
        state.rateBody[0] = 0;
        state.rateBody[1] = 0;
        state.rateBody[2] = MEAN_MOTION;
        // When time passes, then it stands still in the orbital frame
        run(state, MEAN_MOTION, 0.02, 50_000);
        assertThat(state.attitude[0]).isCloseTo(1, within(1e-9));
        // And without a rate it turns backwards
        state.rateBody[2] = 0;
        run(state, MEAN_MOTION, 0.02, 50_000);
        double expected = -StrictMath.sin(MEAN_MOTION * 1000 / 2);
        assertThat(state.attitude[3]).isCloseTo(expected, within(1e-6));
    }

    private static WorldState drifted(double[] start) {
        WorldState state = new WorldState(1, 16, 0);
        state.attitude[0] = 1;
        System.arraycopy(start, 0, state.positionWorld, 0, 3);
        System.arraycopy(start, 3, state.velocityWorld, 0, 3);
        run(state, MEAN_MOTION, 0.02, 285_000);
        return state;
    }

    /** Source: the closed solution of Clohessy and Wiltshire, 1960. */
    private static double driftError(double[] s) {
        double n = MEAN_MOTION;
        double t = 5700;
        double c = StrictMath.cos(n * t);
        double d = StrictMath.sin(n * t);
        double x = (4 - 3 * c) * s[0] + d / n * s[3] + 2 / n * (1 - c) * s[4];
        double y =
                6 * (d - n * t) * s[0]
                        + s[1]
                        - 2 / n * (1 - c) * s[3]
                        + (4 * d - 3 * n * t) / n * s[4];
        double z = c * s[2] + d / n * s[5];
        WorldState state = drifted(s);
        double[] error = {
            state.positionWorld[0] - x, state.positionWorld[1] - y, state.positionWorld[2] - z
        };
        return Math.sqrt(dot(error, error));
    }

    private static double norm(double[] start) {
        return Math.sqrt(dot(start, start));
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double dot4(double[] a, double[] b) {
        return dot(a, b) + a[3] * b[3];
    }

    private static double angle(WorldState a, WorldState b) {
        double[] out = new double[3];
        Rotation.difference(a.attitude, 0, b.attitude, 0, out, 0);
        return Math.sqrt(dot(out, out));
    }
}
