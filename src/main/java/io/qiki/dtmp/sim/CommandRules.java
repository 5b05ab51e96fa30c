package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.ActuatorCommand.Type;
import io.qiki.dtmp.model.Check;
import io.qiki.dtmp.model.CommandValue;
import io.qiki.dtmp.model.FsmState;
import io.qiki.dtmp.model.Unit;
import java.util.stream.Stream;

/** What each actuator understands: type, kind of value, unit and range of its commands. */
public final class CommandRules {
    /** Greatest velocity set-point, m/s. */
    static final double FASTEST = 10;

    private static final double WIDEST_TURN = 2 * Math.PI;
    private static final int WIDEST_BEARING = 360;
    private static final int LAST_STATE =
            Stream.of(FsmState.values()).mapToInt(FsmState::number).max().orElseThrow();

    private CommandRules() {}

    /** One sentence that says what is wrong with a command; empty when nothing is. */
    public static String fault(ActuatorCommand command) {
        Type type = command.type();
        return switch (command.actuator()) {
            case MOTOR_LEFT, MOTOR_RIGHT ->
                    switch (type) {
                        case SET_VELOCITY -> number(command, Unit.PERCENT, 0, 100);
                        case ROTATE ->
                                number(command, Unit.DEGREES, -WIDEST_BEARING, WIDEST_BEARING);
                        case UNSPECIFIED, ENABLE, DISABLE, SET_MODE ->
                                wrongType(command, "SET_VELOCITY or ROTATE");
                    };
            case SYSTEM_CONTROLLER ->
                    type == Type.SET_MODE ? mode(command) : wrongType(command, "SET_MODE");
            case RCS_FORWARD, RCS_AFT, RCS_PORT, RCS_STARBOARD, RCS_UP, RCS_DOWN ->
                    type == Type.SET_VELOCITY
                            ? number(command, Unit.PERCENT, 0, 100)
                            : wrongType(command, "SET_VELOCITY");
            case VELOCITY_CONTROLLER ->
                    switch (type) {
                        case SET_VELOCITY -> vector(command, Unit.METERS_PER_SECOND, FASTEST);
                        case DISABLE -> "";
                        case UNSPECIFIED, ROTATE, ENABLE, SET_MODE ->
                                wrongType(command, "SET_VELOCITY or DISABLE");
                    };
            case ATTITUDE_CONTROLLER ->
                    switch (type) {
                        case ROTATE -> vector(command, Unit.RADIANS, WIDEST_TURN);
                        case SET_MODE -> whole(command, AttitudeMode.values().length - 1);
                        case UNSPECIFIED, SET_VELOCITY, ENABLE, DISABLE ->
                                wrongType(command, "ROTATE or SET_MODE");
                    };
            case POWER_CONTROLLER ->
                    type == Type.SET_MODE
                            ? whole(command, PowerMode.values().length - 1)
                            : wrongType(command, "SET_MODE");
        };
    }

    /** The scalar of a command that passed. */
    static double scalar(CommandValue value) {
        if (value instanceof CommandValue.Scalar scalar) {
            return scalar.value();
        }
        return value instanceof CommandValue.Whole whole ? whole.value() : 0;
    }

    private static String name(Actuator actuator) {
        return actuator.id();
    }

    private static String wrongType(ActuatorCommand command, String right) {
        return "command_type of "
                + name(command.actuator())
                + " must be "
                + right
                + ", was "
                + command.type();
    }

    private static String number(ActuatorCommand command, Unit unit, int least, int most) {
        CommandValue value = command.value();
        String right = "must be a number " + least + ".." + most + " " + unit;
        if (!(value instanceof CommandValue.Scalar || value instanceof CommandValue.Whole)) {
            return wrongValue(command, right);
        }
        if (command.unit() != unit) {
            return wrongUnit(command, unit);
        }
        double number = scalar(value);
        return number >= least && number <= most ? "" : wrongValue(command, right);
    }

    private static String wrongValue(ActuatorCommand command, String right) {
        return "value of "
                + name(command.actuator())
                + " "
                + right
                + ", was "
                + command.value().shown();
    }

    private static String wrongUnit(ActuatorCommand command, Unit unit) {
        return "unit of "
                + name(command.actuator())
                + " "
                + command.type()
                + " must be "
                + unit
                + ", was "
                + command.unit();
    }

    /** A mode has no unit. */
    private static String mode(ActuatorCommand command) {
        return command.unit() == Unit.UNSPECIFIED
                ? whole(command, LAST_STATE)
                : wrongUnit(command, Unit.UNSPECIFIED);
    }

    private static String whole(ActuatorCommand command, int most) {
        boolean inside =
                command.value() instanceof CommandValue.Whole whole
                        && whole.value() >= 0
                        && whole.value() <= most;
        return inside ? "" : wrongValue(command, "must be a mode 0.." + most);
    }

    private static String vector(ActuatorCommand command, Unit unit, double longest) {
        String right = "must be a vector of length 0.." + Check.plain(longest) + " " + unit;
        if (!(command.value() instanceof CommandValue.Vector vector)) {
            return wrongValue(command, right);
        }
        if (command.unit() != unit) {
            return wrongUnit(command, unit);
        }
        return vector.value().norm() <= longest ? "" : wrongValue(command, right);
    }
}
