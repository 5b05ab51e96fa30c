package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.ThermalSpec;
import io.qiki.dtmp.model.ThermalSpec.Coupling;
import io.qiki.dtmp.model.ThermalSpec.Node;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ThermalPlaneTest {
    private static final double DT = 0.02;
    private static final double ZERO = ThermalSpec.ZERO_CELSIUS;
    private static final long SEED = 20_303;
    private static final VehicleProfile VEHICLE = VehicleProfile.qikiDodeca01();

    private static double celsius(Flight flight, NodeId node) {
        return flight.truth().kelvin().get(node.ordinal()) - ZERO;
    }

    private static double account(WorldState state, int place) {
        return state.heatAccount[place];
    }

    @Test
    void shouldCloseTheAccountInEveryStep() {
        // Given temperatures, heat, heaters and sun drawn at random
        System.out.println("ThermalPlaneTest seed " + SEED);
        Random random = new Random(SEED);
        WorldState state = new WorldState(1, 16, 0);
        ThermalPlane thermal = new ThermalPlane(state, VEHICLE.thermal(), DT);
        double[] before = new double[6];
        for (int k = 0; k < 100_000; k++) {
            if (k % 200 == 0) {
                for (int node = 0; node < 6; node++) {
                    state.kelvin[node] = 220 + 150 * random.nextDouble();
                    thermal.equipment[node] = 40 * random.nextDouble();
                }
            }
            System.arraycopy(state.kelvin, 0, before, 0, 6);
            // When a step passes
            thermal.thermostats(0);
            thermal.grant(0, random.nextDouble());
            thermal.step(0, random.nextBoolean() ? 1361 : 0);
            // Then what came in less what was radiated is what was stored
            double in =
                    account(state, ThermalPlane.EQUIPMENT)
                            + account(state, ThermalPlane.HEATERS)
                            + account(state, ThermalPlane.SUN);
            double out = account(state, ThermalPlane.RADIATED);
            double stored = account(state, ThermalPlane.STORED);
            assertThat(in - out - stored).isCloseTo(0, within(1e-9 * (in + out)));
            double heat = 0;
            for (int node = 0; node < 6; node++) {
                double capacity = VEHICLE.thermal().nodes().get(node).capacity();
                heat += capacity * (state.kelvin[node] - before[node]);
            }
            assertThat(heat).isCloseTo(stored * DT, within(1e-9 * (1 + 6000)));
        }
    }

    @Test
    void shouldFollowTheAnalyticSolutionOfTwoNodes() {
        // Given core and hull alone, coupled, without heat, sun or sky
        List<Node> nodes = new ArrayList<>();
        for (Node node : VEHICLE.thermal().nodes()) {
            nodes.add(
                    new Node(
                            node.id(),
                            node.capacity(),
                            node.startKelvin(),
                            0,
                            0,
                            5000,
                            5000,
                            0,
                            0,
                            0,
                            0,
                            node.heaterOnKelvin(),
                            node.heaterOffKelvin()));
        }
        ThermalSpec two =
                new ThermalSpec(nodes, List.of(new Coupling(NodeId.CORE, NodeId.HULL, 3.5)), 0);
        WorldState state = new WorldState(1, 16, 0);
        ThermalPlane thermal = new ThermalPlane(state, two, DT);
        int core = NodeId.CORE.ordinal();
        int hull = NodeId.HULL.ordinal();
        state.kelvin[core] = 350;
        state.kelvin[hull] = 280;
        for (int s = 1; s <= 100_000; s++) {
            // When time passes
            thermal.step(0, 0);
            // Then the difference decays as exp(-k (1/C1 + 1/C2) t), within 0.1 % of its start
            if (s % 1000 == 0) {
                double rate = 3.5 * (1.0 / 800 + 1.0 / 3000);
                double expected = 70 * StrictMath.exp(-rate * s * DT);
                double difference = state.kelvin[core] - state.kelvin[hull];
                assertThat(difference).isCloseTo(expected, within(0.07));
                double mean = (800 * 350.0 + 3000 * 280) / 3800;
                double now = (800 * state.kelvin[core] + 3000 * state.kelvin[hull]) / 3800;
                assertThat(now).isCloseTo(mean, within(1e-6));
            }
        }
    }

    @Test
    void shouldSettleAtTheNominalTemperatures() {
        // Given the default vehicle in the sun, when eight hours pass
        Flight flight = new Flight(8);
        flight.world.advance(8 * 180_000);
        // Then every node is where the table says, within 2 K, and within 0 to 40 degC
        double[] table = {34, 29, 25, 24, 19, 22};
        for (NodeId node : NodeId.values()) {
            double celsius = celsius(flight, node);
            assertThat(celsius).as(node.id()).isBetween(0.0, 40.0);
            assertThat(celsius).as(node.id()).isCloseTo(table[node.ordinal()], within(2.0));
        }
    }

    @Test
    void shouldKeepTheHullAboveMinusFiveInSafeMode() {
        // Given the safe set, when eight hours pass
        Flight flight = new Flight(8);
        flight.mode(Actuator.POWER_CONTROLLER, Actuator.PowerMode.SAFE.ordinal());
        flight.world.advance(10);
        flight.world.state().lastBatchStep[0] = -1;
        flight.world.advance(8 * 180_000);
        // Then the hull is at -5 degC or above, and nothing else below 0
        for (NodeId node : NodeId.values()) {
            double least = node == NodeId.HULL ? -5 : 0;
            assertThat(celsius(flight, node)).as(node.id()).isBetween(least, 40.0);
        }
    }

    @Test
    void shouldSwitchHeatersByThermostatAndDrawTheirPower() {
        // Given a hull at 4 degC
        Flight flight = new Flight(9);
        WorldState state = flight.world.state();
        flight.tick();
        double before = state.powerAccount[PowerPlane.LOADS];
        state.kelvin[NodeId.HULL.ordinal()] = ZERO + 4;
        // When a step passes, then its heater draws 25 W
        flight.world.advance(1);
        assertThat(state.heaterWatts[NodeId.HULL.ordinal()]).isEqualTo(25);
        assertThat(state.powerAccount[PowerPlane.LOADS] - before).isCloseTo(25, within(0.001));
        // And it stays on at 7 degC and is off at 8.1
        state.kelvin[NodeId.HULL.ordinal()] = ZERO + 7;
        flight.world.advance(1);
        assertThat(state.heaterWatts[NodeId.HULL.ordinal()]).isEqualTo(25);
        state.kelvin[NodeId.HULL.ordinal()] = ZERO + 8.1;
        flight.world.advance(1);
        assertThat(state.heaterWatts[NodeId.HULL.ordinal()]).isZero();
    }

    @Test
    void shouldTripHighAndLowWithHysteresis() {
        // Given a core at 90 degC
        WorldState state = new WorldState(1, 16, 0);
        ThermalPlane thermal = new ThermalPlane(state, VEHICLE.thermal(), DT);
        java.util.Arrays.fill(state.kelvin, 300);
        assertThat(flags(state, thermal, NodeId.CORE, 90.1))
                .isEqualTo(ThermalPlane.HIGH_TRIP | ThermalPlane.HIGH_WARN);
        // When it cools to 86, then it is still tripped; at 84 no more
        assertThat(flags(state, thermal, NodeId.CORE, 86) & ThermalPlane.HIGH_TRIP).isNotZero();
        assertThat(flags(state, thermal, NodeId.CORE, 84)).isEqualTo(ThermalPlane.HIGH_WARN);
        assertThat(flags(state, thermal, NodeId.CORE, 70)).isZero();
        // And a battery at -5 trips low, warns until 5
        assertThat(flags(state, thermal, NodeId.BATTERY, -5.1))
                .isEqualTo(ThermalPlane.LOW_TRIP | ThermalPlane.LOW_WARN);
        assertThat(flags(state, thermal, NodeId.BATTERY, 0)).isEqualTo(ThermalPlane.LOW_WARN);
        assertThat(flags(state, thermal, NodeId.BATTERY, 6)).isZero();
    }

    private static long flags(WorldState state, ThermalPlane thermal, NodeId node, double celsius) {
        state.kelvin[node.ordinal()] = ZERO + celsius;
        thermal.step(0, 0);
        return state.thermalFlags[node.ordinal()];
    }

    @Test
    void shouldCoolInTheShadow() {
        // Given no sun, when ten minutes pass, then the hull is colder than with it
        Flight dark = new Flight(Flight.settings(8, VEHICLE, Flight.dark()));
        Flight light = new Flight(Flight.settings(8, VEHICLE, Scene.station()));
        dark.world.advance(30_000);
        light.world.advance(30_000);
        assertThat(celsius(dark, NodeId.HULL)).isLessThan(celsius(light, NodeId.HULL) - 2);
    }
}
