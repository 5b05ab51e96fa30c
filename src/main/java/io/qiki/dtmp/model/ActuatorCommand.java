package io.qiki.dtmp.model;

import java.util.UUID;

/**
 * An order to an actuator of a twin. A repeated id never acts twice.
 *
 * @param id of the command, end to end
 * @param twin whose actuator
 * @param actuator what shall act
 * @param type what it shall do
 * @param value the argument
 * @param unit the unit of the argument
 * @param timeoutMillis how long it may take or, of a burst, last; 0: the default of the actuator
 */
public record ActuatorCommand(
        UUID id,
        TwinId twin,
        Actuator actuator,
        Type type,
        CommandValue value,
        Unit unit,
        int timeoutMillis) {
    /** The longest time-out, one day in ms. */
    public static final int MAX_TIMEOUT_MILLIS = 86_400_000;

    /** Kinds of orders; numbers as on the wire. */
    public enum Type {
        /** Not stated; refused. */
        UNSPECIFIED,
        /** Set a speed or velocity. */
        SET_VELOCITY,
        /** Turn. */
        ROTATE,
        /** Switch on. */
        ENABLE,
        /** Switch off. */
        DISABLE,
        /** Change the mode. */
        SET_MODE
    }

    /** Refuses missing parts and a time-out out of range. */
    public ActuatorCommand {
        Check.present(id, "command id");
        Check.present(twin, "twin");
        Check.present(actuator, "actuator");
        Check.present(type, "command type");
        Check.present(value, "command value");
        Check.present(unit, "unit");
        Check.range(timeoutMillis, 0, MAX_TIMEOUT_MILLIS, "timeout in ms");
    }

    /** Adds every field to a fingerprint. */
    public Hash64 addTo(Hash64 hash) {
        hash.add(id).add(twin.value()).add(actuator).add(type);
        return value.addTo(hash).add(unit).add((long) timeoutMillis);
    }
}
