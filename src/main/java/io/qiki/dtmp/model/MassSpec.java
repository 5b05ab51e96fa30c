package io.qiki.dtmp.model;

/**
 * Mass and inertia of a vehicle; its centre of mass is the body origin, full and empty.
 *
 * @param dryKilograms mass without propellant, kg, above 0
 * @param propellantKilograms propellant at the start, kg, at least 0
 * @param inertiaBody principal moments of inertia about the body axes, kg m2, each above 0
 */
public record MassSpec(double dryKilograms, double propellantKilograms, Vec3 inertiaBody) {
    /** Refuses what no rigid body can have. */
    public MassSpec {
        Check.range(dryKilograms, Double.MIN_NORMAL, 1e7, "dry mass", "kg");
        Check.range(propellantKilograms, 0, 1e7, "propellant", "kg");
        Check.present(inertiaBody, "inertia");
        double x = inertiaBody.x();
        double y = inertiaBody.y();
        double z = inertiaBody.z();
        Check.range(x, Double.MIN_NORMAL, 1e9, "inertia about x", "kg m2");
        Check.range(y, Double.MIN_NORMAL, 1e9, "inertia about y", "kg m2");
        Check.range(z, Double.MIN_NORMAL, 1e9, "inertia about z", "kg m2");
        Check.that(
                x + y >= z && y + z >= x && z + x >= y,
                "no moment of inertia may exceed the sum of the others, was " + inertiaBody);
    }
}
