package io.qiki.dtmp.sim;

/** Quaternion arithmetic on columns, without allocation. Scalar first, body to world. */
final class Rotation {
    private Rotation() {}

    /** World to body: {@code out[o..o+2]} = the vector (x, y, z) seen from the body. */
    static void toBody(double[] q, int a, double x, double y, double z, double[] out, int o) {
        rotate(q[a], -q[a + 1], -q[a + 2], -q[a + 3], x, y, z, out, o);
    }

    /** Body to world: {@code out[o..o+2]} = the vector (x, y, z) seen from the world. */
    static void toWorld(double[] q, int a, double x, double y, double z, double[] out, int o) {
        rotate(q[a], q[a + 1], q[a + 2], q[a + 3], x, y, z, out, o);
    }

    private static void rotate(
            double qw,
            double qx,
            double qy,
            double qz,
            double x,
            double y,
            double z,
            double[] out,
            int o) {
        double tx = 2 * (qy * z - qz * y);
        double ty = 2 * (qz * x - qx * z);
        double tz = 2 * (qx * y - qy * x);
        out[o] = x + qw * tx + qy * tz - qz * ty;
        out[o + 1] = y + qw * ty + qz * tx - qx * tz;
        out[o + 2] = z + qw * tz + qx * ty - qy * tx;
    }

    /**
     * Turns q by a small rotation vector given in the body frame, to fourth order, and normalises.
     */
    static void turnBody(double[] q, int a, double x, double y, double z) {
        double square = x * x + y * y + z * z;
        double c = 1 - square / 8 + square * square / 384;
        double s = 0.5 - square / 48;
        double bx = x * s;
        double by = y * s;
        double bz = z * s;
        double w = q[a];
        double i = q[a + 1];
        double j = q[a + 2];
        double k = q[a + 3];
        double nw = w * c - i * bx - j * by - k * bz;
        double ni = w * bx + i * c + j * bz - k * by;
        double nj = w * by - i * bz + j * c + k * bx;
        double nk = w * bz + i * by - j * bx + k * c;
        double scale = 1 / Math.sqrt(nw * nw + ni * ni + nj * nj + nk * nk);
        q[a] = nw * scale;
        q[a + 1] = ni * scale;
        q[a + 2] = nj * scale;
        q[a + 3] = nk * scale;
    }

    /**
     * The rotation that leads from one attitude to another, as twice the vector part of the
     * quaternion in the body frame of the first: the rotation vector for small angles, growing to a
     * length of 2 at half a turn.
     */
    static void difference(double[] from, int f, double[] to, int t, double[] out, int o) {
        double w =
                from[f] * to[t]
                        + from[f + 1] * to[t + 1]
                        + from[f + 2] * to[t + 2]
                        + from[f + 3] * to[t + 3];
        double sign = w < 0 ? -2 : 2;
        out[o] =
                sign
                        * (from[f] * to[t + 1]
                                - from[f + 1] * to[t]
                                - from[f + 2] * to[t + 3]
                                + from[f + 3] * to[t + 2]);
        out[o + 1] =
                sign
                        * (from[f] * to[t + 2]
                                + from[f + 1] * to[t + 3]
                                - from[f + 2] * to[t]
                                - from[f + 3] * to[t + 1]);
        out[o + 2] =
                sign
                        * (from[f] * to[t + 3]
                                - from[f + 1] * to[t + 2]
                                + from[f + 2] * to[t + 1]
                                - from[f + 3] * to[t]);
    }
}
