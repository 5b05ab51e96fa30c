package io.qiki.dtmp.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be commanded. The first nine are the original's, with its names and UUIDs; the last
 * three are the vehicle's own controllers, which the agent flies by.
 */
public enum Actuator {
    /** Forward speed, left motor. */
    MOTOR_LEFT("motor_left", "37dcb32c-ae13-5156-ae80-0f4c663824de"),
    /** Forward speed, right motor. */
    MOTOR_RIGHT("motor_right", "2b2c711f-0e36-5e6b-85fc-d8737fd5e1da"),
    /** The mode of the agent. */
    SYSTEM_CONTROLLER("system_controller", "c0648061-af84-5c8a-a383-71218ba92082"),
    /** Thrust along body +X. */
    RCS_FORWARD("rcs_forward", "e6b718f2-769c-527c-a931-d2d7bb2cad82"),
    /** Thrust along body -X. */
    RCS_AFT("rcs_aft", "aad7ce7d-9ee6-5949-9c45-c3baf309ca44"),
    /** Thrust along body +Y. */
    RCS_PORT("rcs_port", "e03efa3e-5735-5a82-8f5c-9a9d9dfff351"),
    /** Thrust along body -Y. */
    RCS_STARBOARD("rcs_starboard", "3ceca74a-2a9e-5aec-a308-4c24c9102324"),
    /** Thrust along body +Z. */
    RCS_UP("rcs_up", "6c880f45-ec7b-5762-aacd-4b5e2aca2a1b"),
    /** Thrust along body -Z. */
    RCS_DOWN("rcs_down", "e85d5fc3-7dbb-5530-a767-282a16d14e25"),
    /**
     * Holds a velocity: SET_VELOCITY with a vector in m/s, world frame; DISABLE lets the vehicle
     * coast.
     */
    VELOCITY_CONTROLLER("velocity_controller"),
    /**
     * Holds an attitude: ROTATE with the rotation vector body to world in rad; SET_MODE with the
     * number of an {@link AttitudeMode}.
     */
    ATTITUDE_CONTROLLER("attitude_controller"),
    /** Switches loads: SET_MODE with the number of a {@link PowerMode}. */
    POWER_CONTROLLER("power_controller");

    /** Modes of the attitude controller; the ordinal is the number in the command. */
    public enum AttitudeMode {
        /** Damp all rates, hold no direction. */
        DAMP,
        /** Hold the attitude of the moment. */
        HOLD,
        /** Point the solar array at the sun. */
        SUN_POINT,
        /** Hold the commanded attitude; entered by ROTATE. */
        POINT
    }

    /** Modes of the power distribution; the ordinal is the number in the command. */
    public enum PowerMode {
        /** Every load as it wants, within the limits. */
        NORMAL,
        /** Only what the safe mode needs. */
        SAFE
    }

    private static final Actuator[] ALL = values();
    private final String id;
    private final UUID uuid;
    private final boolean outside;

    Actuator(String id, String uuid) {
        this.id = id;
        this.uuid = UUID.fromString(uuid);
        this.outside = true;
    }

    Actuator(String id) {
        this.id = id;
        this.outside = false;
        this.uuid =
                UUID.nameUUIDFromBytes(("qiki:actuator:" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** The name used on every interface. */
    public String id() {
        return id;
    }

    /** The identifier on the wire. */
    public UUID uuid() {
        return uuid;
    }

    /** Whether it takes commands from outside; the others are the agent's own. */
    public boolean outside() {
        return outside;
    }

    /** The names of those that take commands from outside, with commas. */
    public static String outsideIds() {
        return Stream.of(ALL)
                .filter(Actuator::outside)
                .map(Actuator::id)
                .collect(Collectors.joining(", "));
    }

    /** The actuator of a name or of a UUID's text, if there is one. */
    public static Optional<Actuator> of(String nameOrUuid) {
        for (Actuator actuator : ALL) {
            if (actuator.id.equals(nameOrUuid) || actuator.uuid.toString().equals(nameOrUuid)) {
                return Optional.of(actuator);
            }
        }
        return Optional.empty();
    }
}
