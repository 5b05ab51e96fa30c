package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.FaultSpec;
import io.qiki.dtmp.model.Quaternion;
import io.qiki.dtmp.model.Scene;
import io.qiki.dtmp.model.SensorId;
import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ControlTest {
    private static final double DEGREE = Math.PI / 180;

    static FaultSpec off(SensorId sensor) {
        return new FaultSpec(
                "off-" + sensor.id(),
                FaultSpec.Type.SENSOR_OFF,
                sensor.id(),
                new TreeMap<>(),
                0,
                Long.MAX_VALUE);
    }

    private static double degreesFrom(Flight flight, Quaternion target) {
        return flight.truth().attitude().conjugate().times(target).rotationVector().norm() / DEGREE;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldHoldACommandedVelocity(long seed) {
        // Given a vehicle at rest
        Flight flight = new Flight(seed);
        // When a velocity is commanded
        flight.velocity(0.3, -0.2, 0.1);
        flight.seconds(120);
        // Then truth is well within the dead zone of it: the error was driven to a quarter
        Vec3 error = flight.truth().velocityWorld().minus(new Vec3(0.3, -0.2, 0.1));
        assertThat(error.norm()).isLessThan(0.015);
        // And the burn is about what the change of speed costs
        double ideal = 612 * 0.374 / (60 * 9.80665 * Math.sqrt(0.5));
        assertThat(12 - flight.truth().propellantKilograms()).isLessThan(1.6 * ideal);
    }

    @Test
    void shouldDriveTheVelocityErrorDownToAQuarterOfTheDeadZoneBeforeItLetsGo() {
        // Given a commanded velocity
        Flight flight = new Flight(1);
        flight.seconds(2);
        flight.velocity(0.3, 0, 0);
        WorldState state = flight.world.state();
        flight.world.advance(2);
        assertThat(state.velocityActive[0]).isEqualTo(1);
        // When the loop lets go for the first time
        while (state.velocityActive[0] != 0) {
            flight.world.advance(1);
            if (state.step[0] % 5 == 0) {
                flight.world.agentBatch(0, 1, java.util.List.of());
            }
        }
        // Then the filtered error is a quarter of 0.02 m/s at most, and noise of a step
        Vec3 filtered =
                new Vec3(state.filterVelocity[0], state.filterVelocity[1], state.filterVelocity[2]);
        assertThat(filtered.minus(new Vec3(0.3, 0, 0)).norm()).isLessThan(0.0051);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldPointAtACommandedAttitudeWithinTheSlewRate(long seed) {
        // Given a vehicle that holds its attitude
        Flight flight = new Flight(seed);
        flight.seconds(2);
        // When another is commanded, 100 degrees away
        Quaternion target = Quaternion.ofRotationVector(new Vec3(0.6, -0.4, 0.2));
        flight.rotate(0.6, -0.4, 0.2);
        double fastest = 0;
        for (int k = 0; k < 1200; k++) {
            flight.tick();
            fastest = Math.max(fastest, flight.truth().rateBody().norm());
        }
        // Then it points there, and never turned much faster than 2 deg/s
        assertThat(degreesFrom(flight, target)).isLessThan(1);
        assertThat(fastest / DEGREE).isBetween(1.5, 2.3);
    }

    @Test
    void shouldPointTheArrayAtTheSun() {
        // Given the default start, 30 degrees off
        Flight flight = new Flight(4);
        // When it points to the sun
        flight.mode(Actuator.ATTITUDE_CONTROLLER, AttitudeMode.SUN_POINT.ordinal());
        flight.seconds(120);
        // Then the normal is within 2.5 degrees of it
        Vec3 normal = flight.truth().attitude().rotate(new Vec3(0, 0, 1));
        double angle = StrictMath.acos(normal.dot(Scene.station().sunDirectionWorld()));
        assertThat(angle / DEGREE).isLessThan(2.5);
    }

    @Test
    void shouldDampTumbling() {
        // Given a start that tumbles at 0.15 rad/s
        Scene.Start start =
                new Scene.Start(
                        Vec3.ZERO, Vec3.ZERO, Quaternion.IDENTITY, new Vec3(0.1, -0.1, 0.05));
        Flight flight =
                new Flight(
                        Flight.settings(
                                5,
                                VehicleProfile.qikiDodeca01(),
                                Flight.scene(0, Scene.Eclipse.NONE, start)));
        flight.mode(Actuator.ATTITUDE_CONTROLLER, AttitudeMode.DAMP.ordinal());
        // When two minutes pass, then the rates are within the dead zone
        flight.seconds(120);
        assertThat(flight.truth().rateBody().norm()).isLessThan(0.1 * 0.5 * DEGREE * 1.2);
    }

    @Test
    void shouldHoldForLessThanTheTableSays() {
        // Given a vehicle that was turned and now holds
        Flight flight = new Flight(6);
        flight.rotate(0.2, 0.1, 1.2);
        flight.coast();
        flight.seconds(120);
        double before = flight.truth().propellantKilograms();
        // When an hour passes
        flight.seconds(3600);
        // Then it burnt no more than 0.018 kg and a half
        assertThat(before - flight.truth().propellantKilograms()).isLessThan(0.027);
    }

    @Test
    void shouldTurnWhenTheGyroscopeIsBiased() {
        // Given a vehicle that damps its rates, and a gyroscope that errs by 0.01 rad/s about Z
        Flight flight = new Flight(7);
        flight.mode(Actuator.ATTITUDE_CONTROLLER, AttitudeMode.DAMP.ordinal());
        flight.seconds(5);
        flight.world.state().inertialBias[2] = 0.01;
        // When a minute passes
        flight.seconds(60);
        // Then it really turns the other way
        assertThat(flight.truth().rateBody().z()).isCloseTo(-0.01, within(0.002));
        // And holding an attitude, it stands aside of it
        Flight holding = new Flight(7);
        holding.seconds(5);
        holding.world.state().inertialBias[2] = 0.01;
        holding.seconds(120);
        assertThat(degreesFrom(holding, Scene.station().start().attitude())).isGreaterThan(3);
    }

    @Test
    void shouldFlyOnTheStarTrackerAloneWhenTheGyroscopeIsOff() {
        // Given a vehicle without its inertial unit
        Flight flight = new Flight(8);
        flight.seconds(5);
        flight.world.injectFault(0, off(SensorId.IMU_MAIN));
        // When it is told to turn and to move
        flight.rotate(0, 0, 0.3);
        flight.velocity(0, 0.3, 0);
        flight.seconds(180);
        // Then it does both
        assertThat(degreesFrom(flight, Quaternion.ofRotationVector(new Vec3(0, 0, 0.3))))
                .isLessThan(1.5);
        Vec3 error = flight.truth().velocityWorld().minus(new Vec3(0, 0.3, 0));
        assertThat(error.norm()).isLessThan(0.04);
    }

    @Test
    void shouldNotTranslateWithoutNavigation() {
        // Given a vehicle whose navigation is off
        Flight flight = new Flight(9);
        flight.seconds(5);
        flight.world.injectFault(0, off(SensorId.NAV));
        flight.tick();
        double before = flight.truth().propellantKilograms();
        // When a velocity is commanded
        flight.velocity(0, 1, 0);
        flight.seconds(60);
        // Then there is no thrust for it
        assertThat(flight.truth().velocityWorld().norm()).isLessThan(0.02);
        assertThat(before - flight.truth().propellantKilograms()).isLessThan(0.005);
        // And when navigation is back, there is
        flight.world.clearFault(0, "off-nav");
        flight.seconds(90);
        assertThat(flight.truth().velocityWorld().y()).isCloseTo(1, within(0.04));
    }

    @Test
    void shouldNotTurnWithoutGyroscopeAndStarTracker() {
        Flight flight = new Flight(10);
        flight.seconds(5);
        flight.world.injectFault(0, off(SensorId.IMU_MAIN));
        flight.world.injectFault(0, off(SensorId.STAR_TRACKER));
        flight.tick();
        flight.rotate(0, 0, -1);
        flight.seconds(30);
        assertThat(flight.world.observe(0, 0).status().firing()).isZero();
        assertThat(flight.truth().rateBody().norm()).isLessThan(1e-3);
    }

    @Test
    void shouldKeepTheFilteredVelocityNoiseBelowAThirdOfTheDeadZone() {
        // Given a vehicle at rest
        Flight flight = new Flight(11);
        flight.seconds(60);
        WorldState state = flight.world.state();
        double sum = 0;
        int count = 20_000;
        for (int s = 0; s < count; s++) {
            flight.world.advance(1);
            for (int k = 0; k < 3; k++) {
                double error = state.filterVelocity[k] - state.velocityWorld[k];
                sum += error * error;
            }
        }
        // Then the error per axis is a third of 0.02 m/s at most
        assertThat(Math.sqrt(sum / count / 3)).isLessThan(0.02 / 3);
    }

    @Test
    void shouldCounterTheTidesWhileItHoldsAVelocityInOrbit() {
        // Given an orbit and a start 50 m above the origin's orbit
        Scene.Start start =
                new Scene.Start(new Vec3(50, 0, 0), Vec3.ZERO, Quaternion.IDENTITY, Vec3.ZERO);
        Flight flight =
                new Flight(
                        Flight.settings(
                                12,
                                VehicleProfile.qikiDodeca01(),
                                Flight.scene(1.1023e-3, Scene.Eclipse.NONE, start)));
        // When it holds for ten minutes
        flight.seconds(600);
        // Then it is still there, where free it would have left by 3/2 n2 x t2 = 33 m
        Vec3 moved = flight.truth().positionWorld().minus(new Vec3(50, 0, 0));
        assertThat(moved.norm()).isLessThan(8);
    }

    @Test
    void shouldFlyTheSafeSetByItselfTenTicksAfterTheLastBatch() {
        // Given an agent that commands a velocity and then falls silent
        Flight flight = new Flight(13);
        flight.velocity(0, 0.3, 0);
        flight.seconds(30);
        for (int k = 0; k < 9; k++) {
            assertThat(flight.alone().status().lapsed()).isFalse();
        }
        // When more than ten ticks have passed since its last batch
        var status = flight.alone().status();
        // Then it stops, points to the sun and sheds load
        assertThat(status.lapsed()).isTrue();
        assertThat(status.attitudeMode()).isEqualTo(AttitudeMode.SUN_POINT);
        assertThat(status.velocityTargetWorld()).isEqualTo(Vec3.ZERO);
        assertThat(status.powerMode()).isEqualTo(Actuator.PowerMode.SAFE);
        for (int k = 0; k < 600; k++) {
            flight.alone();
        }
        assertThat(flight.truth().velocityWorld().norm()).isLessThan(0.03);
        // And the next batch ends that
        assertThat(flight.tick().status().lapsed()).isFalse();
    }

    @Test
    void shouldNeverLapseWithoutAnAgent() {
        Flight flight = new Flight(14);
        for (int k = 0; k < 50; k++) {
            assertThat(flight.alone().status().lapsed()).isFalse();
        }
    }
}
