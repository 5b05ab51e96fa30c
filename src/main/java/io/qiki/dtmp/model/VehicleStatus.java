package io.qiki.dtmp.model;

/**
 * What the vehicle's own controllers report about themselves: what acts, not what was asked for.
 *
 * @param attitudeMode what the attitude controller does
 * @param attitudeTarget the attitude it holds, body to world
 * @param velocityHeld whether the velocity controller is on
 * @param velocityTargetWorld the velocity it holds, m/s, world frame
 * @param powerMode mode of the power distribution
 * @param lapsed whether the set-points lapsed and the vehicle flies the safe set by itself
 * @param burst whether an axis burst suspends the velocity controller
 * @param forceBody actual force of the thrusters in the last step, N, body frame
 * @param torqueBody actual torque of the thrusters in the last step, N m, body frame
 * @param firing bit i is set when thruster i fired in the last step
 */
public record VehicleStatus(
        Actuator.AttitudeMode attitudeMode,
        Quaternion attitudeTarget,
        boolean velocityHeld,
        Vec3 velocityTargetWorld,
        Actuator.PowerMode powerMode,
        boolean lapsed,
        boolean burst,
        Vec3 forceBody,
        Vec3 torqueBody,
        int firing) {
    /** Refuses missing parts. */
    public VehicleStatus {
        Check.present(attitudeMode, "attitude mode");
        Check.present(attitudeTarget, "attitude target");
        Check.present(velocityTargetWorld, "velocity target");
        Check.present(powerMode, "power mode");
        Check.present(forceBody, "force");
        Check.present(torqueBody, "torque");
    }
}
