package io.qiki.dtmp.model;

/**
 * A vector in three dimensions; the name that holds it says its frame and unit.
 *
 * @param x first component, finite
 * @param y second component, finite
 * @param z third component, finite
 */
public record Vec3(double x, double y, double z) {
    /** The zero vector. */
    public static final Vec3 ZERO = new Vec3(0, 0, 0);

    /** Refuses NaN and infinity. */
    public Vec3 {
        if (!(Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z))) {
            throw new IllegalArgumentException(
                    "vector must be finite, was (" + x + ", " + y + ", " + z + ")");
        }
    }

    /** Sum. */
    public Vec3 plus(Vec3 other) {
        return new Vec3(x + other.x, y + other.y, z + other.z);
    }

    /** Difference. */
    public Vec3 minus(Vec3 other) {
        return new Vec3(x - other.x, y - other.y, z - other.z);
    }

    /** Product with a number. */
    public Vec3 times(double factor) {
        return new Vec3(x * factor, y * factor, z * factor);
    }

    /** Scalar product. */
    public double dot(Vec3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    /** Vector product. */
    public Vec3 cross(Vec3 other) {
        return new Vec3(
                y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    /** Euclidean length. */
    public double norm() {
        return Math.sqrt(dot(this));
    }

    /** The unit vector of the same direction; the zero vector stays zero. */
    public Vec3 unit() {
        double norm = norm();
        return norm == 0 ? ZERO : times(1 / norm);
    }

    /** This vector, shortened to a greatest length. */
    public Vec3 limited(double greatestNorm) {
        double norm = norm();
        return norm <= greatestNorm ? this : times(greatestNorm / norm);
    }
}
