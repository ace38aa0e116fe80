package dev.tactus.control.dynamics;

/**
 * Joint axes and inertias of all bodies along the base's axes and about the base's origin. There, inertias of bodies that
 * move together add up, and what a joint passes on needs no transform: the price is one turn of every inertia.
 */
final class BodyInertias {
    /** Doubles a body in {@link #axes}: velocity at the base's origin and angular velocity for one unit of joint velocity. */
    static final int AXIS = 6;

    /** Doubles a body in {@link #values}: mass, first moment x y z, second moment xx xy xz yy yz zz. */
    static final int STRIDE = 10;

    /** The base's velocity, one component after the other. */
    private static final double[] UNITS = new double[36];

    static {
        for (int k = 0; k < 6; k++) {
            UNITS[7 * k] = 1;
        }
    }

    final BodyPoses poses;
    final double[] axes;
    final double[] values;
    private final MultibodyModel model;

    BodyInertias(MultibodyModel model) {
        this.model = model;
        poses = new BodyPoses(model);
        axes = new double[AXIS * model.bodies];
        values = new double[STRIDE * model.bodies];
    }

    void update(double[] q) {
        poses.inBase(q);
        placeBase();
        placeAxes();
        placeInertias();
    }

    /** The base's own inertia; what a fixed base carries does not move. */
    private void placeBase() {
        for (int k = 0; k < STRIDE; k++) {
            values[k] = model.floating ? model.constants[MultibodyModel.MASS + k] : 0;
        }
    }

    private void placeAxes() {
        double[] w = poses.values;
        double[] s = axes;
        boolean[] slides = model.slides;
        for (int body = 1; body < slides.length; body++) {
            int t = BodyPoses.STRIDE * body;
            int o = AXIS * body;
            double zx = w[t + 2], zy = w[t + 5], zz = w[t + 8];
            if (slides[body]) {
                s[o] = zx;
                s[o + 1] = zy;
                s[o + 2] = zz;
            } else {
                double px = w[t + 9], py = w[t + 10], pz = w[t + 11];
                s[o] = py * zz - pz * zy;
                s[o + 1] = pz * zx - px * zz;
                s[o + 2] = px * zy - py * zx;
                s[o + 3] = zx;
                s[o + 4] = zy;
                s[o + 5] = zz;
            }
        }
    }

    /**
     * First moment R h + m p; second moment R J R^T + p k^T + k p^T with k = R h + m p / 2. With z's element of J taken out
     * of the diagonal, R J R^T is a sum of two symmetric products of R's columns.
     */
    private void placeInertias() {
        double[] c = model.constants;
        double[] w = poses.values;
        double[] out = values;
        for (int body = 1; body < model.bodies; body++) {
            int k = MultibodyModel.STRIDE * body;
            int t = BodyPoses.STRIDE * body;
            int o = STRIDE * body;
            double r0 = w[t], r1 = w[t + 1], r2 = w[t + 2];
            double r3 = w[t + 3], r4 = w[t + 4], r5 = w[t + 5];
            double r6 = w[t + 6], r7 = w[t + 7], r8 = w[t + 8];
            double px = w[t + 9], py = w[t + 10], pz = w[t + 11];
            double mass = c[k + 12];
            double hx = r0 * c[k + 13] + r1 * c[k + 14] + r2 * c[k + 15];
            double hy = r3 * c[k + 13] + r4 * c[k + 14] + r5 * c[k + 15];
            double hz = r6 * c[k + 13] + r7 * c[k + 14] + r8 * c[k + 15];
            out[o] = mass;
            out[o + 1] = hx + mass * px;
            out[o + 2] = hy + mass * py;
            out[o + 3] = hz + mass * pz;
            double zz = c[k + 21];
            double a = (c[k + 16] - zz) / 2;
            double b = (c[k + 19] - zz) / 2;
            double xy = c[k + 17], xz = c[k + 18], yz = c[k + 20];
            double ax = a * r0 + xy * r1 + xz * r2, bx = b * r1 + yz * r2, kx = hx + mass * px / 2;
            double ay = a * r3 + xy * r4 + xz * r5, by = b * r4 + yz * r5, ky = hy + mass * py / 2;
            double az = a * r6 + xy * r7 + xz * r8, bz = b * r7 + yz * r8, kz = hz + mass * pz / 2;
            out[o + 4] = zz + 2 * (r0 * ax + r1 * bx + px * kx);
            out[o + 5] = r0 * ay + r3 * ax + r1 * by + r4 * bx + px * ky + py * kx;
            out[o + 6] = r0 * az + r6 * ax + r1 * bz + r7 * bx + px * kz + pz * kx;
            out[o + 7] = zz + 2 * (r3 * ay + r4 * by + py * ky);
            out[o + 8] = r3 * az + r6 * ay + r4 * bz + r7 * by + py * kz + pz * ky;
            out[o + 9] = zz + 2 * (r6 * az + r7 * bz + pz * kz);
        }
    }

    /** Adds every body to its parent, from the tips inwards: each then holds all that its joint carries. */
    void compose() {
        double[] out = values;
        int[] parent = model.parent;
        for (int body = parent.length - 1; body > 0; body--) {
            int o = STRIDE * body;
            int p = STRIDE * parent[body];
            for (int k = 0; k < STRIDE; k++) {
                out[p + k] += out[o + k];
            }
        }
    }

    /**
     * The momentum of what a joint carries for one unit of its velocity: linear, then angular about the base's origin.
     * After {@link #compose}.
     *
     * @param body the body that the joint carries
     * @param out receives six numbers
     */
    void momentum(int body, double[] out) {
        momentum(body, axes, AXIS * body, out);
    }

    /**
     * The momentum of the whole robot for one unit of a component of the base's velocity. After {@link #compose}.
     *
     * @param component 0 to 5
     * @param out receives six numbers
     */
    void baseMomentum(int component, double[] out) {
        momentum(0, UNITS, AXIS * component, out);
    }

    private void momentum(int body, double[] s, int a, double[] out) {
        double[] m = values;
        int o = STRIDE * body;
        double lx = s[a], ly = s[a + 1], lz = s[a + 2];
        double wx = s[a + 3], wy = s[a + 4], wz = s[a + 5];
        double mass = m[o];
        double hx = m[o + 1], hy = m[o + 2], hz = m[o + 3];
        double xx = m[o + 4], xy = m[o + 5], xz = m[o + 6], yy = m[o + 7], yz = m[o + 8], zz = m[o + 9];
        out[0] = mass * lx + wy * hz - wz * hy;
        out[1] = mass * ly + wz * hx - wx * hz;
        out[2] = mass * lz + wx * hy - wy * hx;
        out[3] = (yy + zz) * wx - xy * wy - xz * wz + hy * lz - hz * ly;
        out[4] = (xx + zz) * wy - xy * wx - yz * wz + hz * lx - hx * lz;
        out[5] = (xx + yy) * wz - xz * wx - yz * wy + hx * ly - hy * lx;
    }
}
