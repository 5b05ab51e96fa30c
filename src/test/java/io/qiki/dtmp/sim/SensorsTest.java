package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.DataReason;
import io.qiki.dtmp.model.FailureCode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Measurement;
import io.qiki.dtmp.model.Observation;
import io.qiki.dtmp.model.ProbeAnswer;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.SensorReading;
import io.qiki.dtmp.model.TruthState;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SensorsTest {
    private static final double DEGREE = Math.PI / 180;
    private static final VehicleProfile VEHICLE = VehicleProfile.qikiDodeca01();

    /** The steps at which new readings of a sensor appear or were measured. */
    private static List<Long> sources(SensorId sensor, int steps) {
        Flight flight = new Flight(1);
        List<Long> sources = new ArrayList<>();
        long known = 0;
        for (int s = 0; s < steps; s++) {
            flight.world.advance(1);
            SensorReading reading = flight.world.observe(0, s).reading(sensor);
            if (reading.sequence() != known) {
                known = reading.sequence();
                sources.add(reading.sourceStep());
            }
        }
        return sources;
    }

    private static Flight turned(Vec3 rotation) {
        Scene.Start start =
                new Scene.Start(
                        Vec3.ZERO, Vec3.ZERO, Quaternion.ofRotationVector(rotation), Vec3.ZERO);
        return new Flight(Flight.settings(1, VEHICLE, Flight.scene(0, Scene.Eclipse.NONE, start)));
    }

    @Test
    void shouldMeasureAtTheFirstStepOfEachPeriod() {
        // Given the rates of the table and steps of 20 ms, when readings are collected
        assertThat(sources(SensorId.IMU_MAIN, 6)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(sources(SensorId.NAV, 20)).containsExactly(0L, 5L, 10L, 15L);
        assertThat(sources(SensorId.STAR_TRACKER, 32)).containsExactly(0L, 10L, 20L);
        assertThat(sources(SensorId.THERMAL, 102)).containsExactly(0L, 50L, 100L);
        // Then radar frames at 4 Hz are 13 and 12 steps apart in turn
        assertThat(sources(SensorId.RADAR_360, 80))
                .containsExactly(0L, 13L, 25L, 38L, 50L, 63L, 75L);
    }

    @Test
    void shouldDecideWhatIsDueInIntegers() {
        // Given a third of a second in ns against steps of 7 ms, when a million steps are asked
        long period = 333_333_333L;
        long step = 7_000_000L;
        long frames = 0;
        for (long s = 0; s < 1_000_000; s++) {
            if (SensorSchedule.due(s, period, step)) {
                // Then frame k comes at the first step with step x dt >= k x period
                assertThat(s * step).isGreaterThanOrEqualTo(frames * period);
                assertThat(s == 0 || (s - 1) * step < frames * period).isTrue();
                frames++;
            }
        }
        assertThat(frames).isEqualTo(1 + 999_999 * step / period);
    }

    @Test
    void shouldAppearAfterTheLatencyWithTheStepThatWasMeasured() {
        // Given the star tracker's latency of 100 ms
        Flight flight = new Flight(2);
        flight.world.advance(4);
        assertThat(flight.world.observe(0, 0).reading(SensorId.STAR_TRACKER).reason())
                .isEqualTo(DataReason.NOT_YET);
        // When five steps have passed, then the measurement of step 0 is there
        flight.world.advance(1);
        SensorReading reading = flight.world.observe(0, 0).reading(SensorId.STAR_TRACKER);
        assertThat(reading.truth()).isEqualTo(TruthState.OK);
        assertThat(reading.sourceStep()).isZero();
    }

    @Test
    void shouldSayWhatIsNotBuilt() {
        Observation observation = new Flight(1).tick();
        for (SensorId id : List.of(SensorId.DOCKING, SensorId.RADIATION, SensorId.PROXIMITY)) {
            assertThat(observation.reading(id).truth()).isEqualTo(TruthState.NO_DATA);
            assertThat(observation.reading(id).reason()).isEqualTo(DataReason.NOT_BUILT);
        }
    }

    @Test
    void shouldHaveTheNoiseOfTheTable() {
        // Given a vehicle at rest, whose station is 310 m away
        Flight flight = new Flight(3);
        Spread gyro = new Spread();
        Spread nav = new Spread();
        Spread speed = new Spread();
        Spread lidar = new Spread();
        Spread sun = new Spread();
        Spread field = new Spread();
        Spread star = new Spread();
        Spread about = new Spread();
        Vec3 sunBody =
                Scene.station()
                        .start()
                        .attitude()
                        .conjugate()
                        .rotate(Scene.station().sunDirectionWorld());
        Vec3 fieldBody =
                Scene.station()
                        .start()
                        .attitude()
                        .conjugate()
                        .rotate(Scene.station().magneticFieldWorld());
        // When 20 000 steps are measured
        for (int s = 0; s < 20_000; s++) {
            flight.world.advance(1);
            Observation seen = flight.world.observe(0, s);
            if (seen.reading(SensorId.IMU_MAIN).measurement()
                    instanceof Measurement.Inertial inertial) {
                gyro.add(inertial.rateBody().x());
            }
            if (seen.reading(SensorId.NAV).measurement() instanceof Measurement.Navigation fix) {
                nav.add(fix.positionWorld().x());
                speed.add(fix.velocityWorld().z());
            }
            if (seen.reading(SensorId.LIDAR_FRONT).measurement()
                    instanceof Measurement.Range range) {
                lidar.add(range.metres());
            }
            if (seen.reading(SensorId.SOLAR).measurement()
                    instanceof Measurement.SunDirection direction) {
                sun.add(direction.directionBody().minus(sunBody).y());
            }
            if (seen.reading(SensorId.MAGNETOMETER).measurement()
                    instanceof Measurement.MagneticField magnetic) {
                field.add(magnetic.teslaBody().minus(fieldBody).x());
            }
            if (seen.reading(SensorId.STAR_TRACKER).measurement()
                    instanceof Measurement.Attitude attitude) {
                Vec3 error =
                        flight.truth()
                                .attitude()
                                .conjugate()
                                .times(attitude.bodyToWorld())
                                .rotationVector();
                star.add(error.x());
                about.add(error.z());
            }
        }
        // Then each spreads as the table says, within 10 %
        double second = DEGREE / 3600;
        assertThat(gyro.deviation()).isCloseTo(4.1e-5, within(0.1 * 4.1e-5));
        assertThat(Math.abs(gyro.mean())).isLessThan(4 * second);
        assertThat(nav.deviation()).isCloseTo(0.36, within(0.036));
        assertThat(speed.deviation()).isCloseTo(0.02, within(0.002));
        assertThat(lidar.deviation()).isCloseTo(0.08, within(0.008));
        assertThat(lidar.mean()).isCloseTo(300, within(0.02));
        assertThat(sun.deviation()).isCloseTo(0.5 * DEGREE, within(0.05 * DEGREE));
        assertThat(field.deviation()).isCloseTo(1e-7, within(1e-8));
        assertThat(star.deviation()).isCloseTo(10 * second, within(second));
        assertThat(about.deviation()).isCloseTo(60 * second, within(6 * second));
    }

    @Test
    void shouldMeasureTheForceThatActs() {
        // Given a full burst, when it acts, then the accelerometer says F / m along +X
        Flight flight = new Flight(4);
        flight.seconds(2);
        flight.burst(Actuator.RCS_FORWARD, 100, 20_000);
        flight.seconds(1);
        Spread force = new Spread();
        for (int k = 0; k < 150; k++) {
            Measurement.Inertial inertial =
                    (Measurement.Inertial) flight.tick().reading(SensorId.IMU_MAIN).measurement();
            force.add(inertial.specificForceBody().x());
        }
        double bias = flight.world.state().inertialBias[3];
        assertThat(force.mean() - bias).isCloseTo(14.708 / 612, within(0.0007));
        assertThat(bias).isNotZero();
    }

    @Test
    void shouldSeeNothingAheadBeyondTheLidarsLimitOrBesideTheTarget() {
        // Given a nose that points away from everything, when the lidar measures
        SensorReading reading =
                turned(new Vec3(0, 0.5, 0)).seconds(1).reading(SensorId.LIDAR_FRONT);
        // Then there is no data, and why
        assertThat(reading.truth()).isEqualTo(TruthState.NO_DATA);
        assertThat(reading.reason()).isEqualTo(DataReason.NO_TARGET);
    }

    @Test
    void shouldBlindTheStarTrackerByTheSunAndByFastTurns() {
        // Given a body turned so that -Z looks at the sun
        SensorReading dazzled =
                turned(new Vec3(Math.PI + 0.4, 0, 0)).seconds(1).reading(SensorId.STAR_TRACKER);
        assertThat(dazzled.reason()).isEqualTo(DataReason.BLINDED);
        // And one that turns at 20 deg/s
        Flight fast = new Flight(5);
        fast.seconds(1);
        fast.world.state().rateBody[2] = 20 * DEGREE;
        fast.ticks(4);
        assertThat(fast.tick().reading(SensorId.STAR_TRACKER).reason())
                .isEqualTo(DataReason.BLINDED);
    }

    @Test
    void shouldSaturateTheGyroscope() {
        Flight flight = new Flight(5);
        flight.world.state().rateBody[0] = 101 * DEGREE;
        SensorReading reading = flight.tick().reading(SensorId.IMU_MAIN);
        assertThat(reading.truth()).isEqualTo(TruthState.INVALID);
        assertThat(reading.reason()).isEqualTo(DataReason.SATURATED);
        Measurement.Inertial inertial = (Measurement.Inertial) reading.measurement();
        assertThat(inertial.rateBody().x()).isEqualTo(100 * DEGREE);
    }

    @Test
    void shouldSeeNoSunInTheShadow() {
        Flight flight = new Flight(Flight.settings(1, VEHICLE, Flight.dark()));
        assertThat(flight.seconds(1).reading(SensorId.SOLAR).reason())
                .isEqualTo(DataReason.NO_TARGET);
    }

    @Test
    void shouldHandOutTheSameObjectWhileAReadingHasNotChanged() {
        // Given two observations of one step, when compared, then nothing is new
        Flight flight = new Flight(6);
        flight.seconds(2);
        Observation first = flight.world.observe(0, 1);
        Observation second = flight.world.observe(0, 1);
        for (int s = 0; s < SensorId.count(); s++) {
            assertThat(second.readings().get(s)).isSameAs(first.readings().get(s));
        }
        assertThat(second.probes()).isSameAs(first.probes());
        assertThat(second.worldHash()).isEqualTo(first.worldHash());
    }

    @Test
    void shouldFallSilentAtOnceWhenASensorIsOffAndComeBackWhenCleared() {
        // Given an injected sensor.off that begins at tick 12 and ends at tick 20
        Flight flight = new Flight(7);
        FaultSpec fault =
                new FaultSpec("f1", FaultSpec.Type.SENSOR_OFF, "imu_main", new TreeMap<>(), 12, 20);
        assertThat(flight.world.injectFault(0, fault)).isEmpty();
        assertThat(flight.ticks(11).reading(SensorId.IMU_MAIN).truth()).isEqualTo(TruthState.OK);
        // When tick 12 is observed, then there is no data, forced, and the probe says off
        Observation observation = flight.tick();
        SensorReading reading = observation.reading(SensorId.IMU_MAIN);
        assertThat(reading.truth()).isEqualTo(TruthState.NO_DATA);
        assertThat(reading.reason()).isEqualTo(DataReason.OFF);
        assertThat(reading.forced()).isTrue();
        assertThat(reading.sourceStep()).isEqualTo(55);
        assertThat(observation.probes())
                .filteredOn(probe -> probe.device().equals("imu_main"))
                .singleElement()
                .extracting(ProbeAnswer::result)
                .isEqualTo(ProbeAnswer.Result.OFF);
        assertThat(flight.ticks(7).reading(SensorId.IMU_MAIN).truth())
                .isEqualTo(TruthState.NO_DATA);
        // And at tick 20 it measures again
        SensorReading back = flight.tick().reading(SensorId.IMU_MAIN);
        assertThat(back.truth()).isEqualTo(TruthState.OK);
        assertThat(back.forced()).isFalse();
    }

    @Test
    void shouldRefuseAFaultThatCannotBe() {
        Flight flight = new Flight(8);
        FaultSpec good = ControlTest.off(SensorId.NAV);
        assertThat(flight.world.injectFault(0, good)).isEmpty();
        assertThat(flight.world.injectFault(0, good))
                .get()
                .extracting("code")
                .isEqualTo(FailureCode.ID_REUSED);
        assertThat(flight.world.injectFault(0, ControlTest.off(SensorId.DOCKING)))
                .get()
                .extracting("code")
                .isEqualTo(FailureCode.BAD_ARGUMENT);
        assertThat(flight.world.clearFault(0, "nobody"))
                .get()
                .extracting("code")
                .isEqualTo(FailureCode.NOT_FOUND);
        assertThat(flight.world.clearFault(0, good.id())).isEmpty();
    }

    @Test
    void shouldBeWithoutPowerWhenTheAvionicsAre() {
        // Given a battery at 9 % in the dark
        Flight flight = new Flight(Flight.settings(9, VEHICLE, Flight.dark()));
        flight.seconds(2);
        flight.world.state().batteryJoules[0] = 0.09 * 500 * 3600;
        // When the loads are shed, then what hangs on the avionics has no data, the gauges have
        Observation observation = flight.seconds(2);
        assertThat(observation.reading(SensorId.NAV).reason()).isEqualTo(DataReason.UNPOWERED);
        assertThat(observation.reading(SensorId.RADAR_360).reason())
                .isEqualTo(DataReason.UNPOWERED);
        assertThat(observation.reading(SensorId.POWER_GAUGE).truth()).isEqualTo(TruthState.OK);
        assertThat(observation.probes())
                .filteredOn(probe -> probe.device().equals("nav"))
                .singleElement()
                .extracting(ProbeAnswer::result)
                .isEqualTo(ProbeAnswer.Result.SILENT);
    }

    @Test
    void shouldAnswerEveryProbeInNominalService() {
        // Given the default start, when the first tick is observed, then all devices answer
        Observation observation = new Flight(10).tick();
        assertThat(observation.probes()).hasSize(VEHICLE.devices().size());
        for (int d = 0; d < observation.probes().size(); d++) {
            ProbeAnswer answer = observation.probes().get(d);
            assertThat(answer.result()).isEqualTo(ProbeAnswer.Result.ANSWERED);
            assertThat(answer.value())
                    .isBetween(
                            VEHICLE.devices().get(d).least(), VEHICLE.devices().get(d).greatest());
        }
    }

    /** Mean and deviation of samples. */
    private static final class Spread {
        private double sum;
        private double squares;
        private double first;
        private int count;

        void add(double x) {
            first = count == 0 ? x : first;
            sum += x - first;
            squares += (x - first) * (x - first);
            count++;
        }

        double mean() {
            return first + sum / count;
        }

        double deviation() {
            double offset = sum / count;
            return Math.sqrt(squares / count - offset * offset);
        }
    }
}
