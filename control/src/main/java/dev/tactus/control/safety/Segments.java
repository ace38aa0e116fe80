package dev.tactus.control.safety;

/**
 * Distance of two line segments in space; the axes of two capsules. Closest points as in Ericson, Real-Time Collision
 * Detection, 2005, section 5.1.9.
 */
final class Segments {
    /** Below this squared length a segment is a point, m2. */
    private static final double POINT = 1e-18;

    private Segments() {}

    /**
     * The distance between segment p0 p1 and segment r0 r1, each given by six numbers in an array. Does not allocate.
     *
     * @param first holds x0 y0 z0 x1 y1 z1 from {@code at}, m
     * @param at where the first segment begins
     * @param second holds the other segment, m
     * @param from where it begins
     * @return m
     */
    static double distance(double[] first, int at, double[] second, int from) {
        double ux = first[at + 3] - first[at];
        double uy = first[at + 4] - first[at + 1];
        double uz = first[at + 5] - first[at + 2];
        double wx = second[from + 3] - second[from];
        double wy = second[from + 4] - second[from + 1];
        double wz = second[from + 5] - second[from + 2];
        double rx = first[at] - second[from];
        double ry = first[at + 1] - second[from + 1];
        double rz = first[at + 2] - second[from + 2];
        double uu = ux * ux + uy * uy + uz * uz;
        double ww = wx * wx + wy * wy + wz * wz;
        double uw = ux * wx + uy * wy + uz * wz;
        double ur = ux * rx + uy * ry + uz * rz;
        double wr = wx * rx + wy * ry + wz * rz;
        double s = 0;
        double t;
        if (ww <= POINT) {
            t = 0;
            s = uu <= POINT ? 0 : clamp(-ur / uu);
        } else {
            double determinant = uu * ww - uw * uw;
            if (uu > POINT && determinant > 1e-12 * uu * ww) {
                s = clamp((uw * wr - ur * ww) / determinant);
            }
            t = (uw * s + wr) / ww;
            if (t < 0 || t > 1) {
                t = clamp(t);
                s = uu <= POINT ? 0 : clamp((t * uw - ur) / uu);
            }
        }
        double dx = rx + s * ux - t * wx;
        double dy = ry + s * uy - t * wy;
        double dz = rz + s * uz - t * wz;
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    private static double clamp(double share) {
        return Math.min(1, Math.max(0, share));
    }
}
