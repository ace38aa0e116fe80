package dev.tactus.control.dynamics;

/**
 * The acceleration that generalised forces give: M(q) a = tau - h(q, v), by the articulated body algorithm in time
 * proportional to the number of bodies. Allocates in the constructor only; one thread at a time. No contact, friction or
 * rotor inertia.
 *
 * <p>Source: Featherstone, Rigid Body Dynamics Algorithms, 2008, tables 7.1 and 9.4. Here along the base's axes about its
 * origin, where articulated inertias add up without transforms; and with the bias forces h found first, as in
 * {@link InverseDynamics}, so that what remains is a robot at rest and needs no velocity terms.
 */
public final class ForwardDynamics {
    /** Doubles a body: angular velocity and acceleration, acceleration of the point at the base's origin, U; the force. */
    private static final int MOTION = 24;

    private static final int FORCE = 18;
    /** Doubles a body of its articulated inertia: mass 6, coupling 9 by rows, inertia 6. f = M l + H w; n = H^T l + I w. */
    private static final int ARTICULATED = 21;
    /** Doubles a body: articulated inertia times axis, one over the axis' own inertia, torque left over. */
    private static final int DRIVE = 8;

    private final MultibodyModel model;
    private final BodyInertias inertias;
    private final double[] motion;
    private final double[] articulated;
    private final double[] drive;
    private final double[] acceleration;
    private final FloatingBase base = new FloatingBase();

    /**
     * Makes room for one robot.
     *
     * @param model the robot
     */
    public ForwardDynamics(MultibodyModel model) {
        this.model = model;
        inertias = new BodyInertias(model);
        motion = new double[MOTION * model.bodies];
        articulated = new double[ARTICULATED * model.bodies];
        drive = new double[DRIVE * model.bodies];
        acceleration = new double[6 * model.bodies];
    }

    /**
     * The acceleration.
     *
     * @param q configuration, nq
     * @param v velocity, nv
     * @param tau generalised forces, nv
     * @param a receives the acceleration, nv; may be v or tau
     */
    public void compute(double[] q, double[] v, double[] tau, double[] a) {
        inertias.update(q);
        startBase(v);
        move(v);
        forces();
        release();
        eliminate(tau);
        if (model.floating) {
            base.solve(articulated, motion, FORCE, tau, acceleration);
            System.arraycopy(acceleration, 0, a, 0, 6);
        }
        accelerate(a);
    }

    /** Gravity is an acceleration of the base against it. */
    private void startBase(double[] v) {
        double[] m = motion;
        BodyPoses poses = inertias.poses;
        for (int k = 0; k < 3; k++) {
            m[6 + k] = -(poses.base(k) * model.gravity[0]
                    + poses.base(3 + k) * model.gravity[1]
                    + poses.base(6 + k) * model.gravity[2]);
        }
        if (model.floating) {
            System.arraycopy(v, 3, m, 0, 3);
            m[6] += v[4] * v[2] - v[5] * v[1];
            m[7] += v[5] * v[0] - v[3] * v[2];
            m[8] += v[3] * v[1] - v[4] * v[0];
            InverseDynamics.storeU(m, 0, v[3], v[4], v[5], 0, 0, 0);
        }
    }

    /** Without joint accelerations, from the base outwards. A joint's own point is accelerated alike on both sides of it. */
    private void move(double[] v) {
        double[] m = motion;
        double[] w = inertias.poses.values;
        int[] parent = model.parent;
        for (int body = 1; body < parent.length; body++) {
            int t = BodyPoses.STRIDE * body;
            int p = MOTION * parent[body];
            int o = MOTION * body;
            double rate = v[model.inV[body]];
            double zx = rate * w[t + 2], zy = rate * w[t + 5], zz = rate * w[t + 8];
            double wx = m[p], wy = m[p + 1], wz = m[p + 2];
            double cx = wy * zz - wz * zy, cy = wz * zx - wx * zz, cz = wx * zy - wy * zx;
            if (model.slides[body]) {
                System.arraycopy(m, p, m, o, FORCE);
                m[o + 6] += 2 * cx;
                m[o + 7] += 2 * cy;
                m[o + 8] += 2 * cz;
                continue;
            }
            m[o] = wx + zx;
            m[o + 1] = wy + zy;
            m[o + 2] = wz + zz;
            m[o + 3] = m[p + 3] + cx;
            m[o + 4] = m[p + 4] + cy;
            m[o + 5] = m[p + 5] + cz;
            InverseDynamics.storeU(m, o, m[o], m[o + 1], m[o + 2], m[o + 3], m[o + 4], m[o + 5]);
            double px = w[t + 9], py = w[t + 10], pz = w[t + 11];
            for (int row = 0; row < 3; row++) {
                int u = 9 + 3 * row;
                m[o + 6 + row] = m[p + 6 + row]
                        + (m[p + u] - m[o + u]) * px
                        + (m[p + u + 1] - m[o + u + 1]) * py
                        + (m[p + u + 2] - m[o + u + 2]) * pz;
            }
        }
    }

    private void forces() {
        for (int body = model.floating ? 0 : 1; body < model.bodies; body++) {
            InverseDynamics.force(inertias.values, BodyInertias.STRIDE * body, motion, MOTION * body);
        }
    }

    /** Every body's own inertia, as if no joint were below it. */
    private void release() {
        double[] from = inertias.values;
        double[] to = articulated;
        for (int body = 0; body < model.bodies; body++) {
            int k = BodyInertias.STRIDE * body;
            int o = ARTICULATED * body;
            double mass = from[k];
            double hx = from[k + 1], hy = from[k + 2], hz = from[k + 3];
            to[o] = mass;
            to[o + 1] = 0;
            to[o + 2] = 0;
            to[o + 3] = mass;
            to[o + 4] = 0;
            to[o + 5] = mass;
            to[o + 6] = 0;
            to[o + 7] = hz;
            to[o + 8] = -hy;
            to[o + 9] = -hz;
            to[o + 10] = 0;
            to[o + 11] = hx;
            to[o + 12] = hy;
            to[o + 13] = -hx;
            to[o + 14] = 0;
            to[o + 15] = from[k + 7] + from[k + 9];
            to[o + 16] = -from[k + 5];
            to[o + 17] = -from[k + 6];
            to[o + 18] = from[k + 4] + from[k + 9];
            to[o + 19] = -from[k + 8];
            to[o + 20] = from[k + 4] + from[k + 7];
        }
    }

    /** From the tips inwards: what a body feels like to its parent, with a joint between that gives way. */
    private void eliminate(double[] tau) {
        double[] s = inertias.axes;
        double[] m = articulated;
        double[] d = drive;
        double[] f = motion;
        int last = model.floating ? 0 : 1;
        for (int body = model.bodies - 1; body > 0; body--) {
            int k = BodyInertias.AXIS * body;
            int o = ARTICULATED * body;
            int g = DRIVE * body;
            int b = MOTION * body + FORCE;
            double l0 = s[k], l1 = s[k + 1], l2 = s[k + 2];
            double w0 = s[k + 3], w1 = s[k + 4], w2 = s[k + 5];
            double f0 = m[o] * l0 + m[o + 1] * l1 + m[o + 2] * l2 + m[o + 6] * w0 + m[o + 7] * w1 + m[o + 8] * w2;
            double f1 = m[o + 1] * l0 + m[o + 3] * l1 + m[o + 4] * l2 + m[o + 9] * w0 + m[o + 10] * w1 + m[o + 11] * w2;
            double f2 =
                    m[o + 2] * l0 + m[o + 4] * l1 + m[o + 5] * l2 + m[o + 12] * w0 + m[o + 13] * w1 + m[o + 14] * w2;
            double n0 =
                    m[o + 6] * l0 + m[o + 9] * l1 + m[o + 12] * l2 + m[o + 15] * w0 + m[o + 16] * w1 + m[o + 17] * w2;
            double n1 =
                    m[o + 7] * l0 + m[o + 10] * l1 + m[o + 13] * l2 + m[o + 16] * w0 + m[o + 18] * w1 + m[o + 19] * w2;
            double n2 =
                    m[o + 8] * l0 + m[o + 11] * l1 + m[o + 14] * l2 + m[o + 17] * w0 + m[o + 19] * w1 + m[o + 20] * w2;
            double inverse = 1 / (l0 * f0 + l1 * f1 + l2 * f2 + w0 * n0 + w1 * n1 + w2 * n2);
            double left = tau[model.inV[body]]
                    - (l0 * f[b] + l1 * f[b + 1] + l2 * f[b + 2] + w0 * f[b + 3] + w1 * f[b + 4] + w2 * f[b + 5]);
            d[g] = f0;
            d[g + 1] = f1;
            d[g + 2] = f2;
            d[g + 3] = n0;
            d[g + 4] = n1;
            d[g + 5] = n2;
            d[g + 6] = inverse;
            d[g + 7] = left;
            if (model.parent[body] >= last) {
                passOn(m, o, ARTICULATED * model.parent[body], d, g);
                passOn(f, b, MOTION * model.parent[body] + FORCE, d, g, left * inverse);
            }
        }
    }

    /** Articulated inertia less the part that the joint gives way to. */
    private static void passOn(double[] m, int o, int p, double[] d, int g) {
        double inverse = d[g + 6];
        double f0 = d[g], f1 = d[g + 1], f2 = d[g + 2];
        double n0 = d[g + 3], n1 = d[g + 4], n2 = d[g + 5];
        double e0 = f0 * inverse, e1 = f1 * inverse, e2 = f2 * inverse;
        double i0 = n0 * inverse, i1 = n1 * inverse, i2 = n2 * inverse;
        m[p] += m[o] - f0 * e0;
        m[p + 1] += m[o + 1] - f0 * e1;
        m[p + 2] += m[o + 2] - f0 * e2;
        m[p + 3] += m[o + 3] - f1 * e1;
        m[p + 4] += m[o + 4] - f1 * e2;
        m[p + 5] += m[o + 5] - f2 * e2;
        m[p + 6] += m[o + 6] - e0 * n0;
        m[p + 7] += m[o + 7] - e0 * n1;
        m[p + 8] += m[o + 8] - e0 * n2;
        m[p + 9] += m[o + 9] - e1 * n0;
        m[p + 10] += m[o + 10] - e1 * n1;
        m[p + 11] += m[o + 11] - e1 * n2;
        m[p + 12] += m[o + 12] - e2 * n0;
        m[p + 13] += m[o + 13] - e2 * n1;
        m[p + 14] += m[o + 14] - e2 * n2;
        m[p + 15] += m[o + 15] - n0 * i0;
        m[p + 16] += m[o + 16] - n0 * i1;
        m[p + 17] += m[o + 17] - n0 * i2;
        m[p + 18] += m[o + 18] - n1 * i1;
        m[p + 19] += m[o + 19] - n1 * i2;
        m[p + 20] += m[o + 20] - n2 * i2;
    }

    /** The bias force, and what the torque left over does to the parent. */
    private static void passOn(double[] f, int b, int p, double[] d, int g, double rate) {
        for (int k = 0; k < 6; k++) {
            f[p + k] += f[b + k] + d[g + k] * rate;
        }
    }

    /** From the base outwards. */
    private void accelerate(double[] out) {
        double[] s = inertias.axes;
        double[] d = drive;
        double[] a = acceleration;
        for (int body = 1; body < model.bodies; body++) {
            int k = 6 * body;
            int p = 6 * model.parent[body];
            int g = DRIVE * body;
            double a0 = a[p], a1 = a[p + 1], a2 = a[p + 2], a3 = a[p + 3], a4 = a[p + 4], a5 = a[p + 5];
            double rest = d[g] * a0 + d[g + 1] * a1 + d[g + 2] * a2 + d[g + 3] * a3 + d[g + 4] * a4 + d[g + 5] * a5;
            double rate = d[g + 6] * (d[g + 7] - rest);
            out[model.inV[body]] = rate;
            a[k] = a0 + s[k] * rate;
            a[k + 1] = a1 + s[k + 1] * rate;
            a[k + 2] = a2 + s[k + 2] * rate;
            a[k + 3] = a3 + s[k + 3] * rate;
            a[k + 4] = a4 + s[k + 4] * rate;
            a[k + 5] = a5 + s[k + 5] * rate;
        }
    }
}
