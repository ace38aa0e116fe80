package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normaliser;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.Rotation;
import java.util.ArrayList;
import java.util.List;

/**
 * The rotations among the elements of an action, for averaging: an average of numbers is no rotation. Of columns, the
 * average goes to the nearest pair of orthonormal columns in the chordal distance, the polar factor {@code A (A^T
 * A)^-1/2} of the averaged 3 x 2 matrix; of quaternions, to unit length, those of the other sign turned round before
 * (Hartley et al., Rotation Averaging). Where the average is too near to zero to say anything, the newest stays.
 */
final class RotationBlocks {
    private static final double LEAST = 1e-6;

    private final Normaliser actions;
    private final int[] columns;
    private final int[] quaternions;
    private final double[] block = new double[6];

    RotationBlocks(PolicySpec spec) {
        this.actions = Normaliser.ofActions(spec);
        this.columns = firstElements(spec, Rotation.COLUMNS_6D);
        this.quaternions = firstElements(spec, Rotation.QUATERNION_XYZW);
    }

    private static int[] firstElements(PolicySpec spec, Rotation rotation) {
        List<Integer> first = new ArrayList<>();
        int end = 0;
        for (ActionTerm term : spec.actions()) {
            end += term.size();
            if (term.rotation() == rotation) {
                first.add(end - (rotation == Rotation.COLUMNS_6D ? 6 : 4)); // a pose's rotation follows its position
            }
        }
        return first.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Turns the quaternions of a row to the side of another row's. Rows are normalised. */
    void align(float[] row, int rowStart, float[] other, int otherStart) {
        for (int first : quaternions) {
            double dot = 0.0;
            for (int i = first; i < first + 4; i++) {
                dot += actions.invert(i, row[rowStart + i]) * actions.invert(i, other[otherStart + i]);
            }
            for (int i = first; dot < 0.0 && i < first + 4; i++) {
                row[rowStart + i] = (float) actions.apply(i, -actions.invert(i, row[rowStart + i]));
            }
        }
    }

    /** Makes the averaged rotations of a row rotations again; {@code newest} is where they stay if that cannot be. */
    void project(float[] row, int rowStart, float[] newest, int newestStart) {
        for (int first : columns) {
            read(row, rowStart, first, 6);
            write(orthonormalise(), row, rowStart, newest, newestStart, first, 6);
        }
        for (int first : quaternions) {
            read(row, rowStart, first, 4);
            write(normalise(), row, rowStart, newest, newestStart, first, 4);
        }
    }

    private void read(float[] row, int start, int first, int size) {
        for (int i = 0; i < size; i++) {
            block[i] = actions.invert(first + i, row[start + first + i]);
        }
    }

    private void write(boolean good, float[] row, int start, float[] newest, int newestStart, int first, int size) {
        for (int i = first; i < first + size; i++) {
            row[start + i] = good ? (float) actions.apply(i, block[i - first]) : newest[newestStart + i];
        }
    }

    /** The inverse square root of the 2 x 2 Gram matrix G is closed: sqrt(G) = (G + sqrt(det) I) / sqrt(trace + 2 sqrt(det)). */
    private boolean orthonormalise() {
        double xx = dot(0, 0);
        double xy = dot(0, 3);
        double yy = dot(3, 3);
        double root = Math.sqrt(Math.max(0.0, xx * yy - xy * xy));
        if (!(root > LEAST)) {
            return false;
        }
        double scale = 1.0 / (root * Math.sqrt(xx + yy + 2.0 * root));
        for (int i = 0; i < 3; i++) {
            double x = block[i];
            double y = block[3 + i];
            block[i] = scale * ((yy + root) * x - xy * y);
            block[3 + i] = scale * ((xx + root) * y - xy * x);
        }
        return true;
    }

    private double dot(int a, int b) {
        return block[a] * block[b] + block[a + 1] * block[b + 1] + block[a + 2] * block[b + 2];
    }

    private boolean normalise() {
        double length = Math.sqrt(dot(0, 0) + block[3] * block[3]);
        for (int i = 0; i < 4; i++) {
            block[i] /= length;
        }
        return length > LEAST;
    }
}
