package io.qiki.dtmp.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.PowerSpec.LoadId;
import io.qiki.dtmp.model.PropulsionSpec.Thruster;
import io.qiki.dtmp.model.ThermalSpec.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
final class VehicleProfileTest {
    private static final VehicleProfile VEHICLE = VehicleProfile.qikiDodeca01();

    private static VehicleProfile with(
            List<SensorSpec> sensors, List<SensorId> critical, List<DeviceSpec> devices) {
        return new VehicleProfile(
                VEHICLE.id(),
                VEHICLE.mass(),
                VEHICLE.propulsion(),
                VEHICLE.control(),
                VEHICLE.power(),
                VEHICLE.thermal(),
                sensors,
                VEHICLE.noise(),
                VEHICLE.radar(),
                critical,
                devices);
    }

    @Test
    void shouldHoldTheNumbersOfTheDefaultTable() {
        assertThat(VEHICLE.mass()).isEqualTo(new MassSpec(600, 12, new Vec3(120, 120, 140)));
        assertThat(VEHICLE.propulsion().thrusters()).hasSize(16);
        Thruster first = VEHICLE.propulsion().thrusters().get(0);
        assertThat(first.positionBody()).isEqualTo(new Vec3(0.85, 0.85, 0.4));
        assertThat(first.directionBody().x()).isCloseTo(-Math.sqrt(0.5), within(1e-15));
        Thruster last = VEHICLE.propulsion().thrusters().get(15);
        assertThat(last.positionBody()).isEqualTo(new Vec3(-0.4, -0.85, -0.85));
        assertThat(last.directionBody().y()).isCloseTo(Math.sqrt(0.5), within(1e-15));
        assertThat(last.newtons()).isEqualTo(4.4);
        double nominal = VEHICLE.power().loads().stream().mapToDouble(PowerSpec.Load::watts).sum();
        assertThat(nominal).isEqualTo(114.5);
        assertThat(VEHICLE.power().load(LoadId.MCQPU).watts()).isEqualTo(10.5);
        assertThat(VEHICLE.thermal().node(NodeId.BATTERY).highTripKelvin())
                .isCloseTo(343.15, within(1e-9));
        assertThat(VEHICLE.criticalSensors()).containsExactly(SensorId.IMU_MAIN, SensorId.NAV);
    }

    @Test
    void shouldDeriveTheFreshnessLimitFromThePeriod() {
        // Three periods, at least 0.3 s
        assertThat(VEHICLE.sensor(SensorId.IMU_MAIN).orElseThrow().freshnessNanos())
                .isEqualTo(300_000_000L);
        assertThat(VEHICLE.sensor(SensorId.STAR_TRACKER).orElseThrow().freshnessNanos())
                .isEqualTo(600_000_000L);
        assertThat(VEHICLE.sensor(SensorId.THERMAL).orElseThrow().freshnessNanos())
                .isEqualTo(3_000_000_000L);
        assertThat(VEHICLE.sensor(SensorId.DOCKING)).isEmpty();
    }

    @Test
    void shouldNotChangeWithTheListsItWasMadeOf() {
        // Given a profile made of lists that can change
        List<SensorSpec> sensors = new ArrayList<>(VEHICLE.sensors());
        List<DeviceSpec> devices = new ArrayList<>(VEHICLE.devices());
        VehicleProfile profile = with(sensors, List.of(SensorId.NAV), devices);
        // When they change, then it does not
        sensors.clear();
        devices.clear();
        assertThat(profile.sensors()).isEqualTo(VEHICLE.sensors());
        assertThat(profile.devices()).isEqualTo(VEHICLE.devices());
        assertThatThrownBy(() -> profile.sensors().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldRefuseACriticalSensorThatIsNotBuiltAndDoubles() {
        assertThatThrownBy(
                        () -> with(VEHICLE.sensors(), List.of(SensorId.DOCKING), VEHICLE.devices()))
                .hasMessageContaining("sensor_docking");
        List<DeviceSpec> twice = new ArrayList<>(VEHICLE.devices());
        twice.add(VEHICLE.devices().get(0));
        assertThatThrownBy(() -> with(VEHICLE.sensors(), List.of(), twice))
                .hasMessageContaining("imu_main is listed twice");
    }

    @Test
    void shouldRefuseWhatNoVehicleCanBe() {
        assertThatThrownBy(() -> new MassSpec(600, -1, new Vec3(1, 1, 1)))
                .hasMessage("propellant must be 0..10000000 kg, was -1");
        assertThatThrownBy(() -> new MassSpec(600, 1, new Vec3(1, 1, 3)))
                .hasMessageContaining("inertia");
        assertThatThrownBy(() -> new MassSpec(Double.NaN, 1, new Vec3(1, 1, 1)))
                .hasMessageContaining("dry mass");
        assertThatThrownBy(() -> new Thruster("A", Vec3.ZERO, new Vec3(0.5, 0, 0), 1))
                .hasMessageContaining("length of the direction");
        assertThatThrownBy(() -> new SensorSpec(SensorId.NAV, 100_000_000L, 200_000_000L))
                .hasMessageContaining("latency");
        assertThatThrownBy(() -> new ThermalSpec.Coupling(NodeId.CORE, NodeId.CORE, 1))
                .hasMessageContaining("itself");
        assertThatThrownBy(() -> new PowerSpec.Bus(22, 21, 8, 7, 0, 0))
                .hasMessageContaining("recovery");
        assertThatThrownBy(() -> new PowerSpec.Load(LoadId.NBL, 20, 25, 0, 0, 0))
                .hasMessageContaining("reduced load power");
        assertThatThrownBy(() -> new PowerSpec.Load(LoadId.NBL, 20, 0, 0.6, 0.5, 0))
                .hasMessageContaining("sum of heat fractions");
    }
}
