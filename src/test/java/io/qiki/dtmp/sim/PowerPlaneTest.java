package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Measurement.PowerGauge;
import io.qiki.dtmp.model.Measurement.ShedLoad;
import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PowerPlaneTest {
    private static final double DT = 0.02;
    private static final double CAPACITY = 500 * 3600;
    private static final long SEED = 20_302;
    private static final VehicleProfile VEHICLE = VehicleProfile.qikiDodeca01();
    private final WorldState state = new WorldState(1, 16, 0);
    private final ThermalPlane thermal = new ThermalPlane(state, VEHICLE.thermal(), DT);
    private final PowerPlane power = new PowerPlane(state, thermal, VEHICLE, DT);

    @BeforeEach
    void start() {
        java.util.Arrays.fill(state.kelvin, 298);
        power.reset(0);
    }

    private double account(int place) {
        return state.powerAccount[place];
    }

    private void charge(double fraction) {
        state.batteryJoules[0] = fraction * CAPACITY;
    }

    private void dark(double valves) {
        step(valves, 0, 0);
    }

    private void step(double valves, double heaters, double sun) {
        power.step(0, valves, heaters, sun, 1);
        state.step[0]++;
    }

    private List<String> shed() {
        java.util.ArrayList<String> names = new java.util.ArrayList<>();
        for (int place = 0; place < WorldState.LOADS; place++) {
            int load = LoadShedding.order(place).ordinal();
            long decided = state.loadState[load];
            if ((decided & 255) != LoadShedding.FULL) {
                names.add(
                        LoadShedding.order(place).id()
                                + " "
                                + LoadShedding.reason((int) (decided >> 8)));
            }
        }
        return names;
    }

    private void checkAccount(double batteryBefore, double supercapBefore) {
        double stored =
                (state.batteryJoules[0] - batteryBefore + state.supercapJoules[0] - supercapBefore)
                        / DT;
        double sources = account(PowerPlane.ARRAY);
        double uses = account(PowerPlane.LOADS) + stored + account(PowerPlane.LOSSES);
        double flow =
                sources
                        + account(PowerPlane.LOADS)
                        + Math.abs(account(PowerPlane.BATTERY_STORED))
                        + Math.abs(account(PowerPlane.SUPERCAP_STORED));
        assertThat(sources - uses).isCloseTo(0, within(1e-9 * Math.max(1, flow)));
        assertThat(power.charge(0)).isBetween(0.0, 1.0);
        assertThat(power.supercapCharge(0)).isBetween(0.0, 1.0);
    }

    @Test
    void shouldCloseTheAccountInEveryStepWhateverHappens() {
        // Given charges, suns, valves, heaters and temperatures drawn at random
        System.out.println("PowerPlaneTest seed " + SEED);
        Random random = new Random(SEED);
        for (int k = 0; k < 200_000; k++) {
            if (k % 500 == 0) {
                int kind = random.nextInt(6);
                charge(kind == 0 ? 0 : kind == 1 ? 1 : kind == 2 ? 1e-7 : random.nextDouble());
                state.supercapJoules[0] = random.nextInt(3) == 0 ? 0 : 18_000 * random.nextDouble();
                state.powerMode[0] = random.nextInt(4) == 0 ? 1 : 0;
                state.kelvin[NodeId.BATTERY.ordinal()] = 265 + 30 * random.nextDouble();
            }
            double batteryBefore = state.batteryJoules[0];
            double supercapBefore = state.supercapJoules[0];
            // When a step passes
            double sun = random.nextBoolean() ? 1361 * random.nextDouble() : 0;
            step(80 * random.nextDouble(), random.nextInt(3) == 0 ? 50 : 0, sun);
            // Then sources are loads, storage and losses, and the charge stays within 0..1
            checkAccount(batteryBefore, supercapBefore);
        }
    }

    @Test
    void shouldCloseTheAccountOfAFlyingVehicleInEveryStep() {
        // Given a vehicle that brakes, turns and heats
        Flight flight = new Flight(4);
        flight.velocity(0.5, -0.4, 0.2);
        flight.rotate(1, 0.5, -2);
        WorldState columns = flight.world.state();
        double[] account = columns.powerAccount;
        for (int s = 0; s < 20_000; s++) {
            double batteryBefore = columns.batteryJoules[0];
            double supercapBefore = columns.supercapJoules[0];
            // When a step passes
            flight.world.advance(1);
            // Then the account closes
            double stored =
                    (columns.batteryJoules[0]
                                    - batteryBefore
                                    + columns.supercapJoules[0]
                                    - supercapBefore)
                            / DT;
            double uses = account[PowerPlane.LOADS] + stored + account[PowerPlane.LOSSES];
            assertThat(uses / account[PowerPlane.ARRAY]).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void shouldRaiseNothingInNominalService() {
        // Given the default start, when an hour passes
        Flight flight = new Flight(5);
        for (int tick = 0; tick < 36_000; tick++) {
            flight.tick();
            // Then nothing is shed, no limit is touched
            assertThat(flight.world.state().loadState).containsOnly(0);
        }
        PowerGauge gauge = (PowerGauge) flight.tick().reading(SensorId.POWER_GAUGE).measurement();
        assertThat(gauge.shed()).isEmpty();
        assertThat(gauge.busAmperes()).isBetween(3.8, 4.4);
        assertThat(gauge.loadWatts()).isCloseTo(114.5, within(8.0));
    }

    @Test
    void shouldTakeOnly59WattsInSafeMode() {
        // Given the safe mode of the distribution, when a step passes without valves and heaters
        state.powerMode[0] = 1;
        dark(0);
        // Then 59 W are drawn
        assertThat(account(PowerPlane.LOADS)).isCloseTo(59, within(1e-9));
        assertThat(shed())
                .containsExactly(
                        "nbl safe-mode",
                        "radar safe-mode",
                        "transponder safe-mode",
                        "housekeeping safe-mode");
    }

    @Test
    void shouldShedInOrderAsTheChargeFallsAndComeBackWithHysteresis() {
        charge(0.36);
        dark(0);
        assertThat(shed()).isEmpty();
        charge(0.34);
        dark(0);
        assertThat(shed()).containsExactly("nbl low-charge");
        charge(0.19);
        dark(0);
        assertThat(shed())
                .containsExactly(
                        "nbl low-charge",
                        "radar low-charge",
                        "transponder low-charge",
                        "housekeeping low-charge");
        charge(0.09);
        dark(0);
        assertThat(shed()).hasSize(6);
        assertThat(account(PowerPlane.LOADS)).isCloseTo(15, within(1e-9));
        charge(0.14);
        dark(0);
        assertThat(shed()).hasSize(6);
        charge(0.16);
        dark(0);
        assertThat(shed()).hasSize(4);
        charge(0.29);
        dark(0);
        assertThat(shed()).hasSize(4);
        charge(0.31);
        dark(0);
        assertThat(shed()).containsExactly("nbl low-charge");
        charge(0.44);
        dark(0);
        assertThat(shed()).containsExactly("nbl low-charge");
        charge(0.46);
        dark(0);
        assertThat(shed()).isEmpty();
    }

    @Test
    void shouldServePeaksFromTheSupercapThenShedThenThrottle() {
        // Given a peak above 8 A and a charged super-capacitor
        double before = state.supercapJoules[0];
        dark(160);
        // Then the super-capacitor serves what is above, and nothing is shed
        assertThat(shed()).isEmpty();
        assertThat(account(PowerPlane.LOADS)).isCloseTo(274.5, within(1e-9));
        assertThat(account(PowerPlane.BUS_AMPERES)).isCloseTo(8, within(1e-9));
        double peak = 274.5 - 8 * 27.9;
        assertThat(before - state.supercapJoules[0]).isCloseTo(1.03 * peak * DT, within(1e-9));
        // When it is empty, then loads go in order until the rest fits
        state.supercapJoules[0] = 0;
        dark(160);
        assertThat(shed())
                .containsExactly(
                        "nbl overcurrent",
                        "radar overcurrent",
                        "transponder overcurrent",
                        "housekeeping overcurrent");
        assertThat(state.valveGrant[0]).isEqualTo(1);
        // And what still does not fit is throttled
        double limit = 8 * state.busVolts[0];
        dark(300);
        assertThat(account(PowerPlane.LOADS)).isCloseTo(limit, within(1e-9));
        assertThat(state.valveGrant[0]).isBetween(0.5, 0.6);
    }

    @Test
    void shouldBringOvercurrentLoadsBackOneByOneAfterTheyFitForFiveSeconds() {
        // Given four loads shed by overcurrent
        state.supercapJoules[0] = 0;
        dark(160);
        assertThat(shed()).hasSize(4);
        // When the peak is over, then each comes back after 5 s, the last shed first
        for (int s = 0; s < 240; s++) {
            dark(0);
        }
        assertThat(shed()).hasSize(4);
        for (int s = 0; s < 20; s++) {
            dark(0);
        }
        assertThat(shed())
                .containsExactly("nbl overcurrent", "radar overcurrent", "transponder overcurrent");
        for (int s = 0; s < 800; s++) {
            dark(0);
        }
        assertThat(shed()).isEmpty();
    }

    @Test
    void shouldShedTheBurstLinkWhenTheCoreTripsAndTheRadiosWhenThePduTrips() {
        state.thermalFlags[NodeId.CORE.ordinal()] = ThermalPlane.HIGH_TRIP;
        dark(0);
        assertThat(shed()).containsExactly("nbl thermal-overheat");
        state.thermalFlags[NodeId.PDU.ordinal()] = ThermalPlane.HIGH_TRIP;
        dark(0);
        assertThat(shed())
                .containsExactly(
                        "nbl thermal-overheat",
                        "radar thermal-overheat",
                        "transponder thermal-overheat");
    }

    @Test
    void shouldBrownOutBelowTheMinimumBusVoltageWithTheEssentialComputerLast() {
        // Given a battery at 1.5 %, whose voltage is below 22 V
        charge(0.015);
        dark(0);
        dark(0);
        // Then only the essential computer is fed
        assertThat(shed()).hasSize(6).contains("avionics brown-out");
        assertThat(power.powered(0, LoadId.ESSENTIAL)).isTrue();
        assertThat(power.powered(0, LoadId.AVIONICS)).isFalse();
        // When the battery is empty, then it goes dark too, and nothing is invented
        charge(0);
        state.supercapJoules[0] = 0;
        dark(0);
        assertThat(state.loadWatts).containsOnly(0);
        assertThat(account(PowerPlane.UNSERVED)).isCloseTo(15, within(1e-9));
        // When the sun is back, then it comes back step by step
        for (int s = 0; s < 50; s++) {
            step(0, 0, 1361);
        }
        assertThat(power.powered(0, LoadId.ESSENTIAL)).isTrue();
        assertThat(power.charge(0)).isPositive();
    }

    @Test
    void shouldChargeWithinTheLimitsAndNotWhenCold() {
        // Given full sun, when the super-capacitor is full, then the battery takes 120 W at most
        state.supercapJoules[0] = 18_000;
        step(0, 0, 1361);
        double loss = account(PowerPlane.LOSSES);
        assertThat(account(PowerPlane.BATTERY_STORED)).isBetween(110.0, 117.0);
        assertThat(account(PowerPlane.ARRAY))
                .isCloseTo(114.5 + loss + account(PowerPlane.BATTERY_STORED), within(1e-6));
        assertThat(account(PowerPlane.ARRAY_AVAILABLE)).isCloseTo(343, within(0.1));
        // When it is below 0 degC, then nothing
        state.kelvin[NodeId.BATTERY.ordinal()] = 273.1;
        step(0, 0, 1361);
        assertThat(account(PowerPlane.BATTERY_STORED)).isZero();
    }

    @Test
    void shouldCost71WattHoursPerEclipse() {
        // Given 2100 s of shadow with the nominal load, when they are over
        charge(0.9);
        state.supercapJoules[0] = 0;
        double before = state.batteryJoules[0];
        for (int s = 0; s < 105_000; s++) {
            dark(0);
        }
        // Then the battery gave 71 Wh, within what losses make of 114.5 W
        assertThat((before - state.batteryJoules[0]) / 3600).isCloseTo(71, within(3.0));
    }

    @Test
    void shouldTellWhatIsShedInTheGauge() {
        // Given a flying vehicle in the safe mode of the distribution
        Flight flight = new Flight(6);
        flight.mode(io.qiki.dtmp.model.Actuator.POWER_CONTROLLER, 1);
        // When the gauge has measured
        PowerGauge gauge =
                (PowerGauge) flight.seconds(2).reading(SensorId.POWER_GAUGE).measurement();
        // Then it names loads and reasons in the order of shedding
        assertThat(gauge.shed())
                .containsExactly(
                        new ShedLoad("nbl", "safe-mode"),
                        new ShedLoad("radar", "safe-mode"),
                        new ShedLoad("transponder", "safe-mode"),
                        new ShedLoad("housekeeping", "safe-mode"));
    }
}
