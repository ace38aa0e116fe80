package dev.tactus.control.dynamics;

/**
 * The acceleration of a floating base: its articulated inertia's six equations, solved by blocks. With M, H and I the blocks
 * for forces and moments, S = I - H^T M^-1 H is what the base's turning feels like when it is free to slide:
 * S w = n - H^T M^-1 f, then M l = f - H w. M and S are positive definite, and 3x3.
 */
final class FloatingBase {
    private final double[] inverse = new double[6];
    private final double[] coupling = new double[9];
    private final double[] schur = new double[6];
    private final double[] force = new double[6];

    /**
     * Solves for the base's acceleration.
     *
     * @param inertia starts with the base's articulated inertia: mass xx xy xz yy yz zz, coupling by rows, inertia as mass
     * @param bias the base's bias force starts at {@code at}
     * @param at where
     * @param tau starts with force and moment on the base
     * @param out receives linear and angular acceleration
     */
    void solve(double[] inertia, double[] bias, int at, double[] tau, double[] out) {
        double[] f = force;
        double[] c = coupling;
        double[] s = schur;
        for (int k = 0; k < 6; k++) {
            f[k] = tau[k] - bias[at + k];
        }
        invert(inertia, 0, inverse);
        for (int column = 0; column < 3; column++) {
            times(inverse, inertia[6 + column], inertia[9 + column], inertia[12 + column], c, column, 3);
        }
        int place = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = row; column < 3; column++) {
                s[place] = inertia[15 + place]
                        - (inertia[6 + row] * c[column]
                                + inertia[9 + row] * c[3 + column]
                                + inertia[12 + row] * c[6 + column]);
                place++;
            }
            f[3 + row] -= c[row] * f[0] + c[3 + row] * f[1] + c[6 + row] * f[2];
        }
        invert(s, 0, s);
        times(s, f[3], f[4], f[5], out, 3, 1);
        times(inverse, f[0], f[1], f[2], out, 0, 1);
        for (int row = 0; row < 3; row++) {
            out[row] -= c[3 * row] * out[3] + c[3 * row + 1] * out[4] + c[3 * row + 2] * out[5];
        }
    }

    private static void times(double[] s, double x, double y, double z, double[] out, int at, int step) {
        out[at] = s[0] * x + s[1] * y + s[2] * z;
        out[at + step] = s[1] * x + s[3] * y + s[4] * z;
        out[at + 2 * step] = s[2] * x + s[4] * y + s[5] * z;
    }

    /** A symmetric matrix's inverse by its cofactors. */
    private static void invert(double[] m, int at, double[] out) {
        double xx = m[at], xy = m[at + 1], xz = m[at + 2], yy = m[at + 3], yz = m[at + 4], zz = m[at + 5];
        double cxx = yy * zz - yz * yz;
        double cxy = xz * yz - xy * zz;
        double cxz = xy * yz - xz * yy;
        double scale = 1 / (xx * cxx + xy * cxy + xz * cxz);
        out[0] = scale * cxx;
        out[1] = scale * cxy;
        out[2] = scale * cxz;
        out[3] = scale * (xx * zz - xz * xz);
        out[4] = scale * (xy * xz - xx * yz);
        out[5] = scale * (xx * yy - xy * xy);
    }
}
