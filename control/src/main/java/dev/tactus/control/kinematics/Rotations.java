package dev.tactus.control.kinematics;

/**
 * Rotations as matrices (3x3, row by row), as their first two columns (6-D), as unit quaternions and as rotation vectors
 * (axis times angle). Stateless; results go into the caller's arrays, and nothing is allocated.
 *
 * <p>6-D source: Zhou et al., On the Continuity of Rotation Representations in Neural Networks, section 4. Here the six
 * numbers are the x column, then the y column.
 */
public final class Rotations {
    /** Columns shorter than this, or closer to parallel than this, define no rotation. */
    private static final double DEGENERATE = 1e-6;

    private Rotations() {}

    /**
     * Makes a rotation matrix of its first two columns by Gram-Schmidt; they need be neither of length one nor
     * perpendicular, as they come from a network.
     *
     * @param columns holds x column, then y column
     * @param offset where the six numbers start
     * @param rotation receives the matrix; left as it was if there is none
     * @return false if the columns define no rotation: one is zero, both are parallel, or a number is not finite
     */
    public static boolean fromColumns6d(double[] columns, int offset, double[] rotation) {
        double xx = columns[offset];
        double xy = columns[offset + 1];
        double xz = columns[offset + 2];
        double yx = columns[offset + 3];
        double yy = columns[offset + 4];
        double yz = columns[offset + 5];
        double xLength = Math.sqrt(xx * xx + xy * xy + xz * xz);
        double yLength = Math.sqrt(yx * yx + yy * yy + yz * yz);
        // written so that NaN is degenerate too
        if (!(xLength > DEGENERATE && yLength > DEGENERATE && xLength + yLength < Double.MAX_VALUE)) {
            return false;
        }
        xx /= xLength;
        xy /= xLength;
        xz /= xLength;
        yx /= yLength;
        yy /= yLength;
        yz /= yLength;
        double along = xx * yx + xy * yy + xz * yz;
        yx -= along * xx;
        yy -= along * xy;
        yz -= along * xz;
        double rest = Math.sqrt(yx * yx + yy * yy + yz * yz);
        if (!(rest > DEGENERATE)) {
            return false;
        }
        setColumns(xx, xy, xz, yx / rest, yy / rest, yz / rest, rotation);
        return true;
    }

    /**
     * The first two columns of a rotation matrix.
     *
     * @param rotation the matrix
     * @param columns receives x column, then y column
     * @param offset where the six numbers start
     */
    public static void toColumns6d(double[] rotation, double[] columns, int offset) {
        for (int row = 0; row < 3; row++) {
            columns[offset + row] = rotation[3 * row];
            columns[offset + 3 + row] = rotation[3 * row + 1];
        }
    }

    /**
     * A quaternion's rotation matrix. The quaternion is normalised first.
     *
     * @param w scalar part
     * @param x first vector part
     * @param y second vector part
     * @param z third vector part
     * @param rotation receives the matrix; left as it was if there is none
     * @return false if the quaternion is zero or not finite
     */
    public static boolean fromQuaternion(double w, double x, double y, double z, double[] rotation) {
        double square = w * w + x * x + y * y + z * z;
        if (!(square > DEGENERATE * DEGENERATE && square < Double.MAX_VALUE)) {
            return false;
        }
        double s = 2 / square;
        rotation[0] = 1 - s * (y * y + z * z);
        rotation[1] = s * (x * y - w * z);
        rotation[2] = s * (x * z + w * y);
        rotation[3] = s * (x * y + w * z);
        rotation[4] = 1 - s * (x * x + z * z);
        rotation[5] = s * (y * z - w * x);
        rotation[6] = s * (x * z - w * y);
        rotation[7] = s * (y * z + w * x);
        rotation[8] = 1 - s * (x * x + y * y);
        return true;
    }

    /**
     * A quaternion in MuJoCo's order, w x y z, as a matrix.
     *
     * @param wxyz holds the quaternion
     * @param offset where it starts
     * @param rotation receives the matrix; left as it was if there is none
     * @return false if the quaternion is zero or not finite
     */
    public static boolean fromQuaternionWxyz(double[] wxyz, int offset, double[] rotation) {
        return fromQuaternion(wxyz[offset], wxyz[offset + 1], wxyz[offset + 2], wxyz[offset + 3], rotation);
    }

    /**
     * A quaternion in ROS's order, x y z w, as a matrix.
     *
     * @param xyzw holds the quaternion
     * @param offset where it starts
     * @param rotation receives the matrix; left as it was if there is none
     * @return false if the quaternion is zero or not finite
     */
    public static boolean fromQuaternionXyzw(double[] xyzw, int offset, double[] rotation) {
        return fromQuaternion(xyzw[offset + 3], xyzw[offset], xyzw[offset + 1], xyzw[offset + 2], rotation);
    }

    /**
     * A matrix as a unit quaternion in MuJoCo's order, w x y z, with w not negative.
     *
     * @param rotation the matrix
     * @param wxyz receives the quaternion
     * @param offset where it starts
     */
    public static void toQuaternionWxyz(double[] rotation, double[] wxyz, int offset) {
        double w = quaternion(rotation, 0);
        double x = quaternion(rotation, 1);
        double y = quaternion(rotation, 2);
        double z = quaternion(rotation, 3);
        double s = (w < 0 ? -1 : 1) / Math.sqrt(w * w + x * x + y * y + z * z);
        wxyz[offset] = s * w;
        wxyz[offset + 1] = s * x;
        wxyz[offset + 2] = s * y;
        wxyz[offset + 3] = s * z;
    }

    /**
     * A matrix as a unit quaternion in ROS's order, x y z w, with w not negative.
     *
     * @param rotation the matrix
     * @param xyzw receives the quaternion
     * @param offset where it starts
     */
    public static void toQuaternionXyzw(double[] rotation, double[] xyzw, int offset) {
        toQuaternionWxyz(rotation, xyzw, offset);
        double w = xyzw[offset];
        xyzw[offset] = xyzw[offset + 1];
        xyzw[offset + 1] = xyzw[offset + 2];
        xyzw[offset + 2] = xyzw[offset + 3];
        xyzw[offset + 3] = w;
    }

    /**
     * A rotation vector's matrix.
     *
     * @param x rad, first component of axis times angle
     * @param y rad, second component
     * @param z rad, third component
     * @param rotation receives the matrix
     */
    public static void fromRotationVector(double x, double y, double z, double[] rotation) {
        double angle = Math.sqrt(x * x + y * y + z * z);
        // sin(angle / 2) / angle, whose limit at zero is a half
        double s = angle < 1e-8 ? 0.5 : Math.sin(angle / 2) / angle;
        fromQuaternion(Math.cos(angle / 2), s * x, s * y, s * z, rotation);
    }

    /**
     * The rotation vector that turns one orientation into another, in the frame that both are expressed in: target =
     * exp(error) * current.
     *
     * @param target matrix
     * @param current matrix
     * @param error receives three components, rad, of length at most pi
     * @param offset where they start
     */
    public static void error(double[] target, double[] current, double[] error, int offset) {
        double[] a = target;
        double[] b = current;
        double r00 = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        double r01 = a[0] * b[3] + a[1] * b[4] + a[2] * b[5];
        double r02 = a[0] * b[6] + a[1] * b[7] + a[2] * b[8];
        double r10 = a[3] * b[0] + a[4] * b[1] + a[5] * b[2];
        double r11 = a[3] * b[3] + a[4] * b[4] + a[5] * b[5];
        double r12 = a[3] * b[6] + a[4] * b[7] + a[5] * b[8];
        double r20 = a[6] * b[0] + a[7] * b[1] + a[8] * b[2];
        double r21 = a[6] * b[3] + a[7] * b[4] + a[8] * b[5];
        double r22 = a[6] * b[6] + a[7] * b[7] + a[8] * b[8];
        double w = quaternion(r00, r01, r02, r10, r11, r12, r20, r21, r22, 0);
        double x = quaternion(r00, r01, r02, r10, r11, r12, r20, r21, r22, 1);
        double y = quaternion(r00, r01, r02, r10, r11, r12, r20, r21, r22, 2);
        double z = quaternion(r00, r01, r02, r10, r11, r12, r20, r21, r22, 3);
        double sine = Math.sqrt(x * x + y * y + z * z);
        double s;
        if (sine < 1e-12 * Math.abs(w)) {
            s = 2 / w;
        } else {
            s = 2 * Math.atan2(sine, Math.abs(w)) / sine * (w < 0 ? -1 : 1);
        }
        error[offset] = s * x;
        error[offset + 1] = s * y;
        error[offset + 2] = s * z;
    }

    private static double quaternion(double[] r, int component) {
        return quaternion(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], component);
    }

    /**
     * Component (w, x, y, z) of a matrix's quaternion, up to a factor that is the same for all four. The largest
     * component is found on the diagonal, so that the factor is never near zero.
     *
     * <p>Source: Shepperd, Quaternion from Rotation Matrix, 1978.
     */
    private static double quaternion(
            double r00,
            double r01,
            double r02,
            double r10,
            double r11,
            double r12,
            double r20,
            double r21,
            double r22,
            int component) {
        double w = 1 + r00 + r11 + r22;
        double x = 1 + r00 - r11 - r22;
        double y = 1 - r00 + r11 - r22;
        double z = 1 - r00 - r11 + r22;
        double largest = Math.max(Math.max(w, x), Math.max(y, z));
        if (largest == w) {
            return component == 0 ? w : component == 1 ? r21 - r12 : component == 2 ? r02 - r20 : r10 - r01;
        }
        if (largest == x) {
            return component == 0 ? r21 - r12 : component == 1 ? x : component == 2 ? r10 + r01 : r02 + r20;
        }
        if (largest == y) {
            return component == 0 ? r02 - r20 : component == 1 ? r10 + r01 : component == 2 ? y : r21 + r12;
        }
        return component == 0 ? r10 - r01 : component == 1 ? r02 + r20 : component == 2 ? r21 + r12 : z;
    }

    private static void setColumns(double xx, double xy, double xz, double yx, double yy, double yz, double[] r) {
        r[0] = xx;
        r[1] = yx;
        r[2] = xy * yz - xz * yy;
        r[3] = xy;
        r[4] = yy;
        r[5] = xz * yx - xx * yz;
        r[6] = xz;
        r[7] = yz;
        r[8] = xx * yy - xy * yx;
    }
}
