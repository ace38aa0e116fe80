package dev.tactus.control.dynamics;

import java.util.Arrays;

/**
 * The geometric Jacobian of any frame and its derivative in time: (velocity of the frame's origin; angular velocity) = J v,
 * along the world's axes. Allocates in the constructor only; one thread at a time.
 *
 * <p>A column is (z x (p - o); z) for a joint that turns about z through o, and (z; 0) for one that slides; its derivative
 * follows by the product rule. Joints that do not carry the frame have columns of zeros.
 */
public final class FrameJacobian {
    private final FrameKinematics kinematics;
    private final MultibodyModel model;
    private final double[] tip = new double[6];

    /**
     * Makes room for one robot.
     *
     * @param kinematics poses and velocities that the Jacobians belong to; the caller updates it
     */
    public FrameJacobian(FrameKinematics kinematics) {
        this.kinematics = kinematics;
        model = kinematics.model;
    }

    /**
     * The Jacobian at the configuration of the last update.
     *
     * @param frame number of the frame ({@link MultibodyModel#frame})
     * @param out receives six rows of nv: m/s and rad/s for one unit of each element of v
     */
    public void compute(int frame, double[] out) {
        double[] w = kinematics.pose;
        int nv = model.nv();
        int body = model.frameBody[frame];
        double x = kinematics.position(frame, 0);
        double y = kinematics.position(frame, 1);
        double z = kinematics.position(frame, 2);
        Arrays.fill(out, 0, 6 * nv, 0.0);
        for (; body > 0; body = model.parent[body]) {
            int t = FrameKinematics.STRIDE * body;
            column(out, model.inV[body], w, t, 2, model.slides[body], x, y, z);
        }
        if (model.floating) {
            for (int axis = 0; axis < 3; axis++) {
                column(out, axis, w, 0, axis, true, x, y, z);
                column(out, 3 + axis, w, 0, axis, false, x, y, z);
            }
        }
    }

    private void column(
            double[] out, int at, double[] w, int t, int axis, boolean slides, double x, double y, double z) {
        int nv = model.nv();
        double zx = w[t + axis];
        double zy = w[t + 3 + axis];
        double zz = w[t + 6 + axis];
        if (slides) {
            out[at] = zx;
            out[nv + at] = zy;
            out[2 * nv + at] = zz;
            return;
        }
        double dx = x - w[t + 9];
        double dy = y - w[t + 10];
        double dz = z - w[t + 11];
        out[at] = zy * dz - zz * dy;
        out[nv + at] = zz * dx - zx * dz;
        out[2 * nv + at] = zx * dy - zy * dx;
        out[3 * nv + at] = zx;
        out[4 * nv + at] = zy;
        out[5 * nv + at] = zz;
    }

    /**
     * The Jacobian's derivative in time, at the configuration and velocity of the last update with both.
     *
     * @param frame number of the frame
     * @param out receives six rows of nv
     */
    public void derivative(int frame, double[] out) {
        int nv = model.nv();
        Arrays.fill(out, 0, 6 * nv, 0.0);
        kinematics.velocity(frame, tip);
        for (int body = model.frameBody[frame]; body > 0; body = model.parent[body]) {
            derivative(out, model.inV[body], body, 2, model.slides[body], frame);
        }
        if (model.floating) {
            for (int axis = 0; axis < 3; axis++) {
                derivative(out, axis, 0, axis, true, frame);
                derivative(out, 3 + axis, 0, axis, false, frame);
            }
        }
    }

    private void derivative(double[] out, int at, int body, int axis, boolean slides, int frame) {
        int nv = model.nv();
        int t = FrameKinematics.STRIDE * body;
        double[] w = kinematics.pose;
        double[] m = kinematics.motion;
        double zx = w[t + axis];
        double zy = w[t + 3 + axis];
        double zz = w[t + 6 + axis];
        double ex = m[t + 4] * zz - m[t + 5] * zy;
        double ey = m[t + 5] * zx - m[t + 3] * zz;
        double ez = m[t + 3] * zy - m[t + 4] * zx;
        if (slides) {
            out[at] = ex;
            out[nv + at] = ey;
            out[2 * nv + at] = ez;
            return;
        }
        double dx = kinematics.position(frame, 0) - w[t + 9];
        double dy = kinematics.position(frame, 1) - w[t + 10];
        double dz = kinematics.position(frame, 2) - w[t + 11];
        double vx = tip[0] - m[t];
        double vy = tip[1] - m[t + 1];
        double vz = tip[2] - m[t + 2];
        out[at] = ey * dz - ez * dy + zy * vz - zz * vy;
        out[nv + at] = ez * dx - ex * dz + zz * vx - zx * vz;
        out[2 * nv + at] = ex * dy - ey * dx + zx * vy - zy * vx;
        out[3 * nv + at] = ex;
        out[4 * nv + at] = ey;
        out[5 * nv + at] = ez;
    }
}
