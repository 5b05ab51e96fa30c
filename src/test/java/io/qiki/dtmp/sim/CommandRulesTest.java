package io.qiki.dtmp.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.TwinId;
import io.qiki.dtmp.model.Unit;
import io.qiki.dtmp.model.Vec3;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about commands that no actuator understands. */
@Timeout(10)
class CommandRulesTest {
    private static final CommandValue WHOLE = new CommandValue.Whole(3);
    private static final CommandValue FLAG = new CommandValue.Flag(true);
    private static final CommandValue VECTOR = new CommandValue.Vector(new Vec3(11, 0.5, -2));

    private static ActuatorCommand command(
            Actuator actuator, Type type, CommandValue value, Unit unit) {
        return new ActuatorCommand(
                new UUID(1, 2), new TwinId("one"), actuator, type, value, unit, 0);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        command(Actuator.RCS_UP, Type.SET_VELOCITY, VECTOR, Unit.PERCENT),
                        "value of rcs_up must be a number 0..100 PERCENT, was [11, 0.5, -2]"),
                Arguments.of(
                        command(
                                Actuator.RCS_UP,
                                Type.SET_VELOCITY,
                                new CommandValue.Scalar(101),
                                Unit.PERCENT),
                        "value of rcs_up must be a number 0..100 PERCENT, was 101"),
                Arguments.of(
                        command(Actuator.SYSTEM_CONTROLLER, Type.SET_MODE, FLAG, Unit.UNSPECIFIED),
                        "value of system_controller must be a mode 0..6, was true"),
                Arguments.of(
                        command(
                                Actuator.VELOCITY_CONTROLLER,
                                Type.SET_VELOCITY,
                                WHOLE,
                                Unit.METERS_PER_SECOND),
                        "value of velocity_controller must be a vector of length 0..10"
                                + " METERS_PER_SECOND, was 3"),
                Arguments.of(
                        command(
                                Actuator.VELOCITY_CONTROLLER,
                                Type.SET_VELOCITY,
                                VECTOR,
                                Unit.METERS_PER_SECOND),
                        "value of velocity_controller must be a vector of length 0..10"
                                + " METERS_PER_SECOND, was [11, 0.5, -2]"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldSayItInPlainValues(ActuatorCommand command, String sentence) {
        assertThat(CommandRules.fault(command)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @EnumSource(value = Unit.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPECIFIED")
    void shouldTakeAModeWithoutAUnitOnly(Unit unit) {
        ActuatorCommand command =
                command(Actuator.SYSTEM_CONTROLLER, Type.SET_MODE, new CommandValue.Whole(6), unit);

        assertThat(CommandRules.fault(command))
                .isEqualTo("unit of system_controller SET_MODE must be UNSPECIFIED, was " + unit);
    }

    @Test
    void shouldTakeAModeWithoutAUnit() {
        ActuatorCommand command =
                command(Actuator.SYSTEM_CONTROLLER, Type.SET_MODE, WHOLE, Unit.UNSPECIFIED);

        assertThat(CommandRules.fault(command)).isEmpty();
    }
}
