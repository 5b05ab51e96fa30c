package io.qiki.dtmp.twin;

import io.qiki.dtmp.model.ActuatorCommand;
import io.qiki.dtmp.model.Check;

/**
 * Bounds of the commands from outside.
 *
 * @param kept most commands remembered in all; those under way are never dropped
 * @param underWay most unfinished commands of a twin
 * @param perTick most new commands of a twin between two of its ticks
 * @param tickNanos simulation time of a tick, ns
 */
public record CommandLimits(int kept, int underWay, int perTick, long tickNanos) {
    /** Ticks by which the vehicle's own word on a deadline comes before ours. */
    public static final int GRACE_TICKS = 5;

    /** Time beyond its end after which a burst counts as timed out, ms. Source: contracts. */
    static final int BURST_GRACE_MILLIS = 1_000;

    /**
     * Time of a velocity or a turn when the command does not say, ms; no less than the vehicle's.
     */
    static final int MOTION_LIMIT_MILLIS = 600_000;

    /** Time that a change of the mode may take when the command does not say, ms. */
    static final int MODE_LIMIT_MILLIS = 60_000;

    /** Refuses bounds that are none. */
    public CommandLimits {
        Check.range(kept, 1, 1_000_000, "commands kept");
        Check.range(underWay, 1, kept, "commands under way");
        Check.range(perTick, 1, 10_000, "commands per tick");
        Check.range(tickNanos, 1, Long.MAX_VALUE, "tick in ns");
    }

    /** The bounds of a run: about 4 MB of commands at most. */
    public static CommandLimits of(long tickNanos) {
        return new CommandLimits(4_096, 16, 16, tickNanos);
    }

    /** Ticks after its acceptance at which a command is to be over. */
    long deadlineTicks(ActuatorCommand command) {
        long given = command.timeoutMillis();
        long millis =
                switch (command.actuator()) {
                    case RCS_FORWARD, RCS_AFT, RCS_PORT, RCS_STARBOARD, RCS_UP, RCS_DOWN ->
                            given + BURST_GRACE_MILLIS;
                    case SYSTEM_CONTROLLER -> given > 0 ? given : MODE_LIMIT_MILLIS;
                    case MOTOR_LEFT,
                            MOTOR_RIGHT,
                            VELOCITY_CONTROLLER,
                            ATTITUDE_CONTROLLER,
                            POWER_CONTROLLER ->
                            given > 0 ? given : MOTION_LIMIT_MILLIS;
                };
        return (millis * 1_000_000 + tickNanos - 1) / tickNanos + GRACE_TICKS;
    }
}
