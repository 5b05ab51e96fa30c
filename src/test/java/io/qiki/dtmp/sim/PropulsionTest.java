package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.VehicleProfile;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class PropulsionTest {
    private static final double DT = 0.02;
    private static final VehicleProfile VEHICLE = VehicleProfile.qikiDodeca01();
    private static final ThrusterBases BASES = new ThrusterBases(VEHICLE.propulsion());
    private final WorldState state = new WorldState(1, 16, 0);
    private final Allocation allocation = new Allocation(state, BASES);
    private final Propulsion propulsion = new Propulsion(state, BASES, VEHICLE.propulsion(), DT);

    @BeforeEach
    void fill() {
        state.propellant[0] = 12;
        state.valveGrant[0] = 1;
    }

    private double step(double force) {
        state.demand[0] = force;
        allocation.step(0);
        double watts = propulsion.plan(0);
        propulsion.act(0);
        return watts;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.37, 1.7, 6, 9.9, 14.7})
    void shouldGiveTheWantedForceOnAverageWithoutAliasing(double force) {
        // Given a constant demand, however small its duty
        double sum = 0;
        int steps = 50_000;
        for (int s = 0; s < steps; s++) {
            state.propellant[0] = 12;
            step(force);
            sum += state.forceBody[0];
            // Then every pulse is at least 10 ms and at most the step
            for (double on : state.onSeconds) {
                assertThat(on == 0 || on >= 0.010 && on <= DT).isTrue();
            }
        }
        // And the average force is what was wanted
        assertThat(sum / steps).isCloseTo(force, within(1e-3 * force + 1e-4));
    }

    @Test
    void shouldOweOnTimeBelowTheMinimumAndForgetItAtZeroDemand() {
        // Given a demand whose duty asks for 4 ms per step: 14.7 N is full
        double force = 0.2 * 4 * 5.2 * Math.sqrt(0.5);
        step(force);
        step(force);
        assertThat(state.firing[0]).isZero();
        // When 12 ms are owed, then it fires them
        step(force);
        assertThat(state.firing[0]).isNotZero();
        step(force);
        // When nothing is wanted, then nothing is owed
        step(0);
        assertThat(state.carrySeconds).containsOnly(0);
        step(force);
        step(force);
        assertThat(state.firing[0]).isZero();
    }

    @Test
    void shouldBurnForceOverExhaustSpeed() {
        // Given a full forward demand, when a step passes
        double watts = step(4 * 5.2 * Math.sqrt(0.5));
        // Then flow is force over Isp g0 of each thruster, and each valve takes 5 W
        double flow = 4 * 5.2 / (60 * 9.80665);
        assertThat(12 - state.propellant[0]).isCloseTo(flow * DT, within(1e-12));
        assertThat(watts).isCloseTo(20, within(1e-9));
    }

    @Test
    void shouldGiveNeitherForceNorFlowWithoutPropellant() {
        // Given an empty tank, when force is wanted, then there is none
        state.propellant[0] = 0;
        step(10);
        assertThat(state.forceBody[0]).isZero();
        assertThat(state.propellant[0]).isZero();
        assertThat(state.firing[0]).isZero();
    }

    @Test
    void shouldUseTheLastDropOnlyOnce() {
        // Given half of what a step needs, when it fires, then half the force acts
        double full = 4 * 5.2 * Math.sqrt(0.5);
        double need = 4 * 5.2 / (60 * 9.80665) * DT;
        state.propellant[0] = need / 2;
        step(full);
        assertThat(state.forceBody[0]).isCloseTo(full / 2, within(1e-9));
        assertThat(state.propellant[0]).isZero();
    }

    @Test
    void shouldDoHalfTheWorkForHalfThePower() {
        // Given half of the valves' power granted, when it fires
        double full = 4 * 5.2 * Math.sqrt(0.5);
        state.valveGrant[0] = 0.5;
        step(full);
        // Then force and flow are half
        double flow = 4 * 5.2 / (60 * 9.80665);
        assertThat(state.forceBody[0]).isCloseTo(full / 2, within(1e-9));
        assertThat(12 - state.propellant[0]).isCloseTo(flow * DT / 2, within(1e-12));
    }
}
