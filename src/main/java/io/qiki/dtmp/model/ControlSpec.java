package io.qiki.dtmp.model;

/**
 * Gains and dead zones of the vehicle's own controllers.
 *
 * @param attitudeFrequency natural frequency of the attitude loop, rad/s
 * @param attitudeDamping damping ratio of the attitude loop, 1
 * @param attitudeDeadZone attitude error left alone, rad
 * @param safeAttitudeDeadZone the same in the safe set, rad
 * @param slewRate greatest commanded rate of turn, rad/s
 * @param velocityGain of the velocity loop, 1/s
 * @param velocityDeadZone velocity error left alone, m/s
 * @param nearVelocityDeadZone the same near a station, m/s
 * @param nearMetres distance to a station below which that holds, m
 * @param motorSpeed speed of 100 percent on the motors, m/s
 * @param cruiseSpeed speed of guidance far from anything, m/s
 * @param reserveReturn propellant fraction below which guidance returns, 0..1
 * @param reserveHold propellant fraction below which nothing is translated, 0..1
 */
public record ControlSpec(
        double attitudeFrequency,
        double attitudeDamping,
        double attitudeDeadZone,
        double safeAttitudeDeadZone,
        double slewRate,
        double velocityGain,
        double velocityDeadZone,
        double nearVelocityDeadZone,
        double nearMetres,
        double motorSpeed,
        double cruiseSpeed,
        double reserveReturn,
        double reserveHold) {
    /** Refuses gains and limits out of range. */
    public ControlSpec {
        Check.range(attitudeFrequency, 1e-4, 10, "attitude frequency", "rad/s");
        Check.range(attitudeDamping, 0.1, 10, "attitude damping", "1");
        Check.range(attitudeDeadZone, 0, 1, "attitude dead zone", "rad");
        Check.range(safeAttitudeDeadZone, 0, 1, "safe attitude dead zone", "rad");
        Check.range(slewRate, 1e-6, 10, "slew rate", "rad/s");
        Check.range(velocityGain, 1e-4, 100, "velocity gain", "1/s");
        Check.range(velocityDeadZone, 0, 10, "velocity dead zone", "m/s");
        Check.range(nearVelocityDeadZone, 0, 10, "near velocity dead zone", "m/s");
        Check.range(nearMetres, 0, 1e6, "near distance", "m");
        Check.range(motorSpeed, 0, 1000, "motor speed", "m/s");
        Check.range(cruiseSpeed, 0, 1000, "cruise speed", "m/s");
        Check.range(reserveReturn, 0, 1, "return reserve", "1");
        Check.range(reserveHold, 0, 1, "hold reserve", "1");
    }
}
