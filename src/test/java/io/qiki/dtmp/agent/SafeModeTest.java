package io.qiki.dtmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.JudgedProposal;
import io.qiki.dtmp.model.Mission;
import io.qiki.dtmp.model.OperatorRequest;
import io.qiki.dtmp.model.SafeModeReason;
import io.qiki.dtmp.model.TwinEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SAFE_MODE is really entered, acted and left, whatever is lost. */
@Timeout(60)
class SafeModeTest {
    private static final int EXIT_TICKS = 20;

    private Flight flying(long seed) {
        Flight flight = new Flight(seed, Mission.standard());
        assertThat(flight.until(50, state -> state.state() == FsmState.ACTIVE)).isTrue();
        for (int i = 0; i < 30; i++) {
            flight.tick();
        }
        return flight;
    }

    @ParameterizedTest
    @ValueSource(strings = {"imu_main", "nav"})
    void shouldEnterForALostCriticalSensorAndReturn(String sensor) {
        // Given a flying agent
        Flight flight = flying(3);

        // When a critical sensor is switched off
        flight.switchOff("f1", sensor);

        // Then SAFE_MODE comes within three ticks of the reading that says so
        assertThat(flight.until(4, state -> state.state() == FsmState.SAFE_MODE)).isTrue();
        assertThat(flight.last.output().snapshot().reason())
                .isEqualTo(SafeModeReason.SENSORS_UNAVAILABLE);
        List<ActuatorCommand> sent = new ArrayList<>(flight.last.commands());
        for (int i = 0; i < 60; i++) {
            sent.addAll(flight.tick().commands());
            assertThat(flight.last.output().snapshot().state()).isEqualTo(FsmState.SAFE_MODE);
        }
        assertOnlySafeSet(sent);

        // And it ends by the exit rule once the sensor is back
        flight.clear("f1");
        int ticks = 0;
        while (flight.tick().output().snapshot().state() == FsmState.SAFE_MODE && ticks < 100) {
            ticks++;
        }
        assertThat(ticks).isBetween(EXIT_TICKS - 1, EXIT_TICKS + 5);
        assertThat(flight.last.output().snapshot().last().trigger())
                .isEqualTo("SAFE_MODE_EXIT_CONFIRMED");
        assertThat(flight.until(5, state -> state.state() == FsmState.ACTIVE)).isTrue();
        assertThat(flight.events.stream().map(TwinEvent::type)).contains("safe_mode");
    }

    @Test
    void shouldNotMindALostSensorThatIsNotCritical() {
        Flight flight = flying(4);
        flight.switchOff("f1", "sensor_solar");
        assertThat(flight.until(50, state -> state.state() != FsmState.ACTIVE)).isFalse();
    }

    @Test
    void shouldResetTheCountAndNameWhatFails() {
        // Given an agent on its way out of SAFE_MODE
        Flight flight = flying(5);
        flight.switchOff("f1", "nav");
        assertThat(flight.until(4, state -> state.state() == FsmState.SAFE_MODE)).isTrue();
        flight.clear("f1");
        for (int i = 0; i < EXIT_TICKS / 2; i++) {
            flight.tick();
        }

        // When the sensor fails again
        flight.switchOff("f2", "nav");
        for (int i = 0; i < EXIT_TICKS; i++) {
            flight.tick();
        }

        // Then it stays, and the event names the sensor
        assertThat(flight.last.output().snapshot().state()).isEqualTo(FsmState.SAFE_MODE);
        assertThat(flight.events)
                .anyMatch(
                        event ->
                                event.reason().equals("exit-reset")
                                        && event.data().get("failing").startsWith("nav"));
    }

    @Test
    void shouldEnterWhenTheVehicleIsNotHeard() {
        Flight flight = flying(6);
        flight.heard = false;
        assertThat(flight.until(2, state -> state.state() == FsmState.SAFE_MODE)).isTrue();
        assertThat(flight.last.output().snapshot().reason())
                .isEqualTo(SafeModeReason.PROVIDER_UNAVAILABLE);
        flight.heard = true;
        assertThat(flight.until(30, state -> state.state() == FsmState.ACTIVE)).isTrue();
    }

    @Test
    void shouldHandOutTheSafeSetOnlyWithoutTheStore() {
        Flight flight = flying(7);
        flight.storeAnswers = false;
        List<ActuatorCommand> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            flight.tick();
            assertThat(flight.last.committed()).isFalse();
            sent.addAll(flight.last.commands());
        }
        assertOnlySafeSet(sent);
        assertThat(flight.last.output().snapshot().reason())
                .isEqualTo(SafeModeReason.STORE_UNAVAILABLE);
        flight.storeAnswers = true;
        assertThat(flight.until(40, state -> state.state() == FsmState.ACTIVE)).isTrue();
        assertThat(flight.last.committed()).isTrue();
    }

    @Test
    void shouldHoldAsLongAsTheOperatorWants() {
        Flight flight = flying(8);
        flight.shard.request(Flight.TWIN, OperatorRequest.SAFE_MODE);
        assertThat(flight.tick().output().snapshot().reason())
                .isEqualTo(SafeModeReason.OPERATOR_REQUEST);
        assertThat(flight.until(100, state -> state.state() != FsmState.SAFE_MODE)).isFalse();
        flight.shard.request(Flight.TWIN, OperatorRequest.IDLE);
        assertThat(flight.until(EXIT_TICKS + 2, state -> state.state() == FsmState.IDLE)).isTrue();
    }

    @Test
    void shouldEndInEveryStateWhenTheOperatorWants() {
        for (int ticks : new int[] {0, 1, 2, 30}) {
            Flight flight = new Flight(9, Mission.standard());
            for (int i = 0; i < ticks; i++) {
                flight.tick();
            }
            flight.shard.request(Flight.TWIN, OperatorRequest.SHUTDOWN);
            assertThat(flight.tick().output().snapshot().state()).isEqualTo(FsmState.SHUTDOWN);
            flight.shard.request(Flight.TWIN, OperatorRequest.IDLE);
            flight.world.reset(0);
            assertThat(flight.until(60, state -> state.state() != FsmState.SHUTDOWN)).isFalse();
            assertThat(flight.last.commands()).isEmpty();
        }
    }

    @Test
    void shouldBeBornAnewWithItsWorld() {
        Flight flight = flying(10);
        long epoch = flight.last.epoch();
        flight.world.reset(0);
        flight.tick();
        assertThat(flight.last.output().snapshot().transitions()).isEqualTo(1);
        assertThat(flight.last.output().snapshot().last().trigger()).isEqualTo("BOOT_COMPLETE");
        assertThat(flight.last.epoch()).isGreaterThan(epoch);
        assertThat(flight.until(10, state -> state.state() == FsmState.ACTIVE)).isTrue();
        assertThat(flight.events.stream().filter(e -> e.type().equals("safe_mode"))).isEmpty();
    }

    @Test
    void shouldSayWhyTheMissionMustWait() {
        Flight flight = flying(11);
        flight.shard.request(Flight.TWIN, OperatorRequest.SAFE_MODE);
        flight.tick();
        assertThat(flight.last.output().decision().proposals())
                .allSatisfy(
                        judged -> {
                            boolean safe = judged.proposal().source().equals("safe-set");
                            assertThat(judged.reason())
                                    .isEqualTo(
                                            safe
                                                    ? JudgedProposal.Reason.PASSED
                                                    : JudgedProposal.Reason.NOT_ALLOWED_IN_STATE);
                        })
                .isNotEmpty();
    }

    private static void assertOnlySafeSet(List<ActuatorCommand> sent) {
        assertThat(sent).isNotEmpty();
        assertThat(sent)
                .allSatisfy(
                        command -> {
                            String value = command.value().toString();
                            String expected =
                                    command.actuator() == Actuator.VELOCITY_CONTROLLER
                                            ? "Vector[value=Vec3[x=0.0, y=0.0, z=0.0]]"
                                            : command.actuator() == Actuator.ATTITUDE_CONTROLLER
                                                    ? "Whole[value=2]"
                                                    : "Whole[value=1]";
                            assertThat(value).as("%s", command).isEqualTo(expected);
                        });
    }
}
