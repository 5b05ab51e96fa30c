package io.qiki.dtmp.sim;

import io.qiki.dtmp.model.Vec3;
import io.qiki.dtmp.model.VehicleProfile;

/**
 * Motion in six degrees of freedom under the actual force and torque of the step.
 *
 * <p>Attitude: Runge-Kutta of fourth order on angular velocity and quaternion with the gyroscopic
 * term, renormalised. Translation: Heun on position and velocity; exact for a constant force
 * without orbit. With a mean motion n the world frame is the rotating orbital frame (X radial, Y
 * along-track, Z normal). Source: Euler's equations; W. H. Clohessy and R. S. Wiltshire, Terminal
 * Guidance System for Satellite Rendezvous, 1960.
 */
final class RigidBody {
    private final WorldState state;
    private final double dt;
    private final double dryKilograms;
    private final double meanMotion;
    private final double ix;
    private final double iy;
    private final double iz;
    private final double[] massLost;
    private double rx;
    private double ry;
    private double rz;
    private double qw;
    private double qx;
    private double qy;
    private double qz;

    RigidBody(WorldState state, VehicleProfile profile, double meanMotion, double dt) {
        this.state = state;
        this.dt = dt;
        this.dryKilograms = profile.mass().dryKilograms();
        this.meanMotion = meanMotion;
        Vec3 inertia = profile.mass().inertiaBody();
        ix = inertia.x();
        iy = inertia.y();
        iz = inertia.z();
        massLost = new double[1];
    }

    /**
     * Moves a vehicle by one step.
     *
     * @param burnt propellant burnt in this step, kg
     */
    void step(int i, double burnt) {
        massLost[0] = burnt;
        translate(i);
        rotate(i);
    }

    private void translate(int i) {
        double mass = dryKilograms + state.propellant[i] + 0.5 * massLost[0];
        double fx = 0;
        double fy = 0;
        double fz = 0;
        int v = 3 * i;
        if (state.firing[i] != 0) {
            double[] f = state.forceBody;
            double[] q = state.attitude;
            int a = 4 * i;
            double w = q[a];
            double x = q[a + 1];
            double y = q[a + 2];
            double z = q[a + 3];
            double tx = 2 * (y * f[v + 2] - z * f[v + 1]);
            double ty = 2 * (z * f[v] - x * f[v + 2]);
            double tz = 2 * (x * f[v + 1] - y * f[v]);
            fx = (f[v] + w * tx + y * tz - z * ty) / mass;
            fy = (f[v + 1] + w * ty + z * tx - x * tz) / mass;
            fz = (f[v + 2] + w * tz + x * ty - y * tx) / mass;
        }
        double[] p = state.positionWorld;
        double[] u = state.velocityWorld;
        double n = meanMotion;
        double vx = u[v];
        double vy = u[v + 1];
        double vz = u[v + 2];
        double ax = fx + 3 * n * n * p[v] + 2 * n * vy;
        double ay = fy - 2 * n * vx;
        double az = fz - n * n * p[v + 2];
        double px = p[v] + vx * dt + 0.5 * ax * dt * dt;
        double py = p[v + 1] + vy * dt + 0.5 * ay * dt * dt;
        double pz = p[v + 2] + vz * dt + 0.5 * az * dt * dt;
        double endX = fx + 3 * n * n * px + 2 * n * (vy + ay * dt);
        double endY = fy - 2 * n * (vx + ax * dt);
        double endZ = fz - n * n * pz;
        p[v] = px;
        p[v + 1] = py;
        p[v + 2] = pz;
        u[v] = vx + 0.5 * (ax + endX) * dt;
        u[v + 1] = vy + 0.5 * (ay + endY) * dt;
        u[v + 2] = vz + 0.5 * (az + endZ) * dt;
    }

    private void rotate(int i) {
        double[] w = state.rateBody;
        double[] q = state.attitude;
        int r = 3 * i;
        int a = 4 * i;
        double tx = state.torqueBody[r];
        double ty = state.torqueBody[r + 1];
        double tz = state.torqueBody[r + 2];
        double wx = w[r];
        double wy = w[r + 1];
        double wz = w[r + 2];
        double aw = q[a];
        double ax = q[a + 1];
        double ay = q[a + 2];
        double az = q[a + 3];
        slope(wx, wy, wz, aw, ax, ay, az, tx, ty, tz);
        double sx = rx;
        double sy = ry;
        double sz = rz;
        double sqw = qw;
        double sqx = qx;
        double sqy = qy;
        double sqz = qz;
        for (int stage = 1; stage < 4; stage++) {
            double h = stage == 3 ? dt : 0.5 * dt;
            slope(
                    wx + h * rx,
                    wy + h * ry,
                    wz + h * rz,
                    aw + h * qw,
                    ax + h * qx,
                    ay + h * qy,
                    az + h * qz,
                    tx,
                    ty,
                    tz);
            double weight = stage == 3 ? 1 : 2;
            sx += weight * rx;
            sy += weight * ry;
            sz += weight * rz;
            sqw += weight * qw;
            sqx += weight * qx;
            sqy += weight * qy;
            sqz += weight * qz;
        }
        double sixth = dt / 6;
        w[r] = wx + sixth * sx;
        w[r + 1] = wy + sixth * sy;
        w[r + 2] = wz + sixth * sz;
        aw += sixth * sqw;
        ax += sixth * sqx;
        ay += sixth * sqy;
        az += sixth * sqz;
        double scale = 1 / Math.sqrt(aw * aw + ax * ax + ay * ay + az * az);
        q[a] = aw * scale;
        q[a + 1] = ax * scale;
        q[a + 2] = ay * scale;
        q[a + 3] = az * scale;
    }

    private void slope(
            double wx,
            double wy,
            double wz,
            double aw,
            double ax,
            double ay,
            double az,
            double tx,
            double ty,
            double tz) {
        rx = (tx - (iz - iy) * wy * wz) / ix;
        ry = (ty - (ix - iz) * wz * wx) / iy;
        rz = (tz - (iy - ix) * wx * wy) / iz;
        qw = 0.5 * (-ax * wx - ay * wy - az * wz);
        qx = 0.5 * (aw * wx + ay * wz - az * wy);
        qy = 0.5 * (aw * wy - ax * wz + az * wx);
        qz = 0.5 * (aw * wz + ax * wy - ay * wx);
        if (meanMotion != 0) {
            double half = 0.5 * meanMotion;
            qw += half * az;
            qx += half * ay;
            qy -= half * ax;
            qz -= half * aw;
        }
    }
}
