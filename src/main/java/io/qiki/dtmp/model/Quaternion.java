package io.qiki.dtmp.model;

/**
 * A unit quaternion, scalar first; an attitude turns body into world coordinates.
 *
 * @param w scalar part
 * @param x first imaginary part
 * @param y second imaginary part
 * @param z third imaginary part
 */
public record Quaternion(double w, double x, double y, double z) {
    /** No rotation. */
    public static final Quaternion IDENTITY = new Quaternion(1, 0, 0, 0);

    private static final double NORM_TOLERANCE = 1e-6;

    /** Refuses anything that is not of length 1 within 1e-6. */
    public Quaternion {
        double normSquared = w * w + x * x + y * y + z * z;
        if (!(Math.abs(normSquared - 1) <= 2 * NORM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "quaternion must have length 1 within 1e-6, was ["
                            + w
                            + ", "
                            + x
                            + ", "
                            + y
                            + ", "
                            + z
                            + "]");
        }
    }

    /**
     * The rotation of the same direction, made of length 1.
     *
     * @throws IllegalArgumentException for a zero or non-finite quaternion
     */
    public static Quaternion normalised(double w, double x, double y, double z) {
        double norm = Math.sqrt(w * w + x * x + y * y + z * z);
        if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a quaternion of length " + norm + " has no direction");
        }
        return new Quaternion(w / norm, x / norm, y / norm, z / norm);
    }

    /**
     * The rotation by a vector: its direction is the axis, its length the angle.
     *
     * @param rotation radians
     */
    public static Quaternion ofRotationVector(Vec3 rotation) {
        double angle = rotation.norm();
        double scale = angle < 1e-9 ? 0.5 : StrictMath.sin(angle / 2) / angle;
        return normalised(
                StrictMath.cos(angle / 2),
                rotation.x() * scale,
                rotation.y() * scale,
                rotation.z() * scale);
    }

    /** The rotation vector of this rotation, in radians, of length 0..pi. */
    public Vec3 rotationVector() {
        double sign = w < 0 ? -1 : 1;
        double sine = Math.sqrt(x * x + y * y + z * z);
        double scale = sine < 1e-12 ? 2 : 2 * StrictMath.atan2(sine, sign * w) / sine;
        return new Vec3(sign * x * scale, sign * y * scale, sign * z * scale);
    }

    /** This rotation after another one. */
    public Quaternion times(Quaternion o) {
        return normalised(
                w * o.w - x * o.x - y * o.y - z * o.z,
                w * o.x + x * o.w + y * o.z - z * o.y,
                w * o.y - x * o.z + y * o.w + z * o.x,
                w * o.z + x * o.y - y * o.x + z * o.w);
    }

    /** The inverse rotation. */
    public Quaternion conjugate() {
        return new Quaternion(w, -x, -y, -z);
    }

    /** The vector turned by this rotation: body to world for an attitude. */
    public Vec3 rotate(Vec3 v) {
        double tx = 2 * (y * v.z() - z * v.y());
        double ty = 2 * (z * v.x() - x * v.z());
        double tz = 2 * (x * v.y() - y * v.x());
        return new Vec3(
                v.x() + w * tx + y * tz - z * ty,
                v.y() + w * ty + z * tx - x * tz,
                v.z() + w * tz + x * ty - y * tx);
    }
}
