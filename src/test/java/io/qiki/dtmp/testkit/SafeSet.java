package io.qiki.dtmp.testkit;

import io.qiki.dtmp.model.Actuator;
import io.qiki.dtmp.model.Actuator.AttitudeMode;
import io.qiki.dtmp.model.Actuator.PowerMode;
import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.CommandValue;

/** What an agent may send in SAFE_MODE, said once more and independently of the agent. */
public final class SafeSet {
    private static final double SLOW_MPS = 0.5;

    private SafeSet() {}

    /** Whether a command is one of the safe set: stand still, point to the sun, shed load. */
    public static boolean holds(ActuatorCommand command) {
        if (command.actuator() == Actuator.VELOCITY_CONTROLLER) {
            return command.value() instanceof CommandValue.Vector flown
                    && flown.value().norm() < SLOW_MPS;
        }
        int mode = command.value() instanceof CommandValue.Whole whole ? whole.value() : -1;
        return command.actuator() == Actuator.ATTITUDE_CONTROLLER
                ? mode == AttitudeMode.SUN_POINT.ordinal()
                : command.actuator() == Actuator.POWER_CONTROLLER
                        && mode == PowerMode.SAFE.ordinal();
    }
}
