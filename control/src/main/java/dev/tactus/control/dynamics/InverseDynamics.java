package dev.tactus.control.dynamics;

/**
 * Generalised forces of a motion: tau = M(q) a + h(q, v), by the recursive Newton-Euler algorithm. Allocates in the
 * constructor only; one thread at a time. No contact, friction or rotor inertia.
 *
 * <p>Source: Luh, Walker and Paul, On-Line Computational Scheme for Mechanical Manipulators, 1980; Featherstone, Rigid
 * Body Dynamics Algorithms, 2008, tables 5.1 and 9.4 (floating base). Here with the acceleration of each body's origin, and
 * with the matrix U = [angular acceleration]x + [w]x[w]x, which gives the acceleration of every other point r of the body
 * as a + U r: force m a + U h, moment h x a + vee(U J - (U J)^T), with the moments of mass h and J.
 */
public final class InverseDynamics {
    /** Doubles a body: angular velocity and acceleration, acceleration of the origin, U, force, moment. */
    private static final int STRIDE = 24;

    private static final int ANGULAR = 3;
    private static final int LINEAR = 6;
    private static final int U = 9;
    private static final int FORCE = 18;

    private final MultibodyModel model;
    private final JointTransforms transforms;
    private final double[] motion;
    private final double[] zero;

    /**
     * Makes room for one robot.
     *
     * @param model the robot
     */
    public InverseDynamics(MultibodyModel model) {
        this.model = model;
        transforms = new JointTransforms(model);
        motion = new double[STRIDE * model.bodies];
        zero = new double[model.nv()];
    }

    /**
     * The forces that give an acceleration.
     *
     * @param q configuration, nq
     * @param v velocity, nv
     * @param a acceleration, nv
     * @param tau receives the generalised forces, nv; may be v or a
     */
    public void compute(double[] q, double[] v, double[] a, double[] tau) {
        transforms.update(q);
        startBase(v, a);
        accelerate(v, a);
        forces();
        project(tau);
    }

    /**
     * The forces that hold the robot still against gravity. Their base part is that of a robot hung on its base.
     *
     * @param q configuration, nq
     * @param tau receives the generalised forces, nv
     */
    public void gravity(double[] q, double[] tau) {
        compute(q, zero, zero, tau);
    }

    /**
     * The forces of gravity, centrifugal and Coriolis effects: those of no acceleration, h(q, v).
     *
     * @param q configuration, nq
     * @param v velocity, nv
     * @param tau receives the generalised forces, nv; may be v
     */
    public void nonlinear(double[] q, double[] v, double[] tau) {
        compute(q, v, zero, tau);
    }

    /** Gravity is an acceleration of the base against it. */
    private void startBase(double[] v, double[] a) {
        double[] m = motion;
        double[] r = transforms.values;
        double gx = model.gravity[0];
        double gy = model.gravity[1];
        double gz = model.gravity[2];
        m[LINEAR] = -(r[0] * gx + r[3] * gy + r[6] * gz);
        m[LINEAR + 1] = -(r[1] * gx + r[4] * gy + r[7] * gz);
        m[LINEAR + 2] = -(r[2] * gx + r[5] * gy + r[8] * gz);
        if (model.floating) {
            double wx = v[3];
            double wy = v[4];
            double wz = v[5];
            m[0] = wx;
            m[1] = wy;
            m[2] = wz;
            m[ANGULAR] = a[3];
            m[ANGULAR + 1] = a[4];
            m[ANGULAR + 2] = a[5];
            m[LINEAR] += a[0] + wy * v[2] - wz * v[1];
            m[LINEAR + 1] += a[1] + wz * v[0] - wx * v[2];
            m[LINEAR + 2] += a[2] + wx * v[1] - wy * v[0];
            storeU(m, 0, wx, wy, wz, a[3], a[4], a[5]);
        }
    }

    /** From the base outwards. */
    private void accelerate(double[] v, double[] a) {
        double[] m = motion;
        double[] x = transforms.values;
        int[] parent = model.parent;
        int[] inV = model.inV;
        boolean[] slides = model.slides;
        for (int body = 1; body < parent.length; body++) {
            int t = JointTransforms.STRIDE * body;
            int p = STRIDE * parent[body];
            int o = STRIDE * body;
            double r0 = x[t], r1 = x[t + 1], r2 = x[t + 2];
            double r3 = x[t + 3], r4 = x[t + 4], r5 = x[t + 5];
            double r6 = x[t + 6], r7 = x[t + 7], r8 = x[t + 8];
            double px = x[t + 9], py = x[t + 10], pz = x[t + 11];
            double wx = r0 * m[p] + r3 * m[p + 1] + r6 * m[p + 2];
            double wy = r1 * m[p] + r4 * m[p + 1] + r7 * m[p + 2];
            double wz = r2 * m[p] + r5 * m[p + 1] + r8 * m[p + 2];
            double ax = r0 * m[p + 3] + r3 * m[p + 4] + r6 * m[p + 5];
            double ay = r1 * m[p + 3] + r4 * m[p + 4] + r7 * m[p + 5];
            double az = r2 * m[p + 3] + r5 * m[p + 4] + r8 * m[p + 5];
            double bx = m[p + 6] + m[p + 9] * px + m[p + 10] * py + m[p + 11] * pz;
            double by = m[p + 7] + m[p + 12] * px + m[p + 13] * py + m[p + 14] * pz;
            double bz = m[p + 8] + m[p + 15] * px + m[p + 16] * py + m[p + 17] * pz;
            double lx = r0 * bx + r3 * by + r6 * bz;
            double ly = r1 * bx + r4 * by + r7 * bz;
            double lz = r2 * bx + r5 * by + r8 * bz;
            double rate = v[inV[body]];
            double acceleration = a[inV[body]];
            if (slides[body]) {
                lx += 2 * wy * rate;
                ly -= 2 * wx * rate;
                lz += acceleration;
            } else {
                ax += wy * rate;
                ay -= wx * rate;
                az += acceleration;
                wz += rate;
            }
            m[o] = wx;
            m[o + 1] = wy;
            m[o + 2] = wz;
            m[o + 3] = ax;
            m[o + 4] = ay;
            m[o + 5] = az;
            m[o + 6] = lx;
            m[o + 7] = ly;
            m[o + 8] = lz;
            storeU(m, o, wx, wy, wz, ax, ay, az);
        }
    }

    /** U of a body with that angular velocity and acceleration, where its motion starts in m. */
    static void storeU(double[] m, int o, double wx, double wy, double wz, double ax, double ay, double az) {
        double xx = wx * wx;
        double yy = wy * wy;
        double zz = wz * wz;
        double xy = wx * wy;
        double xz = wx * wz;
        double yz = wy * wz;
        m[o + U] = -yy - zz;
        m[o + U + 1] = xy - az;
        m[o + U + 2] = xz + ay;
        m[o + U + 3] = xy + az;
        m[o + U + 4] = -xx - zz;
        m[o + U + 5] = yz - ax;
        m[o + U + 6] = xz - ay;
        m[o + U + 7] = yz + ax;
        m[o + U + 8] = -xx - yy;
    }

    private void forces() {
        for (int body = model.floating ? 0 : 1; body < model.bodies; body++) {
            force(model.constants, MultibodyModel.STRIDE * body + MultibodyModel.MASS, motion, STRIDE * body);
        }
    }

    /**
     * What a body needs to move like that, about the point that its acceleration and moments of mass belong to.
     *
     * @param c holds mass, first and second moment from k on
     * @param k where
     * @param m holds the body's motion from o on, and receives force and moment at {@link #FORCE}
     * @param o where
     */
    static void force(double[] c, int k, double[] m, int o) {
        double mass = c[k];
        double hx = c[k + 1], hy = c[k + 2], hz = c[k + 3];
        double xx = c[k + 4], xy = c[k + 5], xz = c[k + 6], yy = c[k + 7], yz = c[k + 8], zz = c[k + 9];
        double ax = m[o + 6], ay = m[o + 7], az = m[o + 8];
        double u0 = m[o + 9], u1 = m[o + 10], u2 = m[o + 11];
        double u3 = m[o + 12], u4 = m[o + 13], u5 = m[o + 14];
        double u6 = m[o + 15], u7 = m[o + 16], u8 = m[o + 17];
        m[o + FORCE] = mass * ax + u0 * hx + u1 * hy + u2 * hz;
        m[o + FORCE + 1] = mass * ay + u3 * hx + u4 * hy + u5 * hz;
        m[o + FORCE + 2] = mass * az + u6 * hx + u7 * hy + u8 * hz;
        m[o + FORCE + 3] = hy * az - hz * ay + (u6 * xy + u7 * yy + u8 * yz) - (u3 * xz + u4 * yz + u5 * zz);
        m[o + FORCE + 4] = hz * ax - hx * az + (u0 * xz + u1 * yz + u2 * zz) - (u6 * xx + u7 * xy + u8 * xz);
        m[o + FORCE + 5] = hx * ay - hy * ax + (u3 * xx + u4 * xy + u5 * xz) - (u0 * xy + u1 * yy + u2 * yz);
    }

    /** From the tips inwards: each joint takes its component, the rest is passed on to the parent. */
    private void project(double[] tau) {
        double[] m = motion;
        double[] x = transforms.values;
        int last = model.floating ? 0 : 1;
        for (int body = model.bodies - 1; body > 0; body--) {
            int o = STRIDE * body + FORCE;
            tau[model.inV[body]] = model.slides[body] ? m[o + 2] : m[o + 5];
            int above = model.parent[body];
            if (above < last) {
                continue;
            }
            int p = STRIDE * above + FORCE;
            int t = JointTransforms.STRIDE * body;
            double r0 = x[t], r1 = x[t + 1], r2 = x[t + 2];
            double r3 = x[t + 3], r4 = x[t + 4], r5 = x[t + 5];
            double r6 = x[t + 6], r7 = x[t + 7], r8 = x[t + 8];
            double px = x[t + 9], py = x[t + 10], pz = x[t + 11];
            double fx = r0 * m[o] + r1 * m[o + 1] + r2 * m[o + 2];
            double fy = r3 * m[o] + r4 * m[o + 1] + r5 * m[o + 2];
            double fz = r6 * m[o] + r7 * m[o + 1] + r8 * m[o + 2];
            m[p] += fx;
            m[p + 1] += fy;
            m[p + 2] += fz;
            m[p + 3] += r0 * m[o + 3] + r1 * m[o + 4] + r2 * m[o + 5] + py * fz - pz * fy;
            m[p + 4] += r3 * m[o + 3] + r4 * m[o + 4] + r5 * m[o + 5] + pz * fx - px * fz;
            m[p + 5] += r6 * m[o + 3] + r7 * m[o + 4] + r8 * m[o + 5] + px * fy - py * fx;
        }
        if (model.floating) {
            System.arraycopy(m, FORCE, tau, 0, 6);
        }
    }
}
