package dev.tactus.control.bench;

/**
 * The arithmetic of a control cycle for a benchmark: a configuration-dependent, positive definite 7x7 matrix is built
 * from sines and cosines, factorised (Cholesky) and solved a few times, as a controller that uses a mass matrix does. Some
 * microseconds on preallocated arrays. One thread.
 */
final class JointSpaceWork {
    private static final int JOINTS = 7;
    private static final int SOLUTIONS = 6;

    private final double[] position = new double[JOINTS];
    private final double[] matrix = new double[JOINTS * JOINTS];
    private final double[] effort = new double[JOINTS];

    /** One cycle's work at a time of the loop's clock, ns. */
    void run(long nowNs) {
        double phase = (nowNs % 1_000_000_000L) * 1e-9;
        for (int n = 0; n < SOLUTIONS; n++) {
            for (int i = 0; i < JOINTS; i++) {
                position[i] = Math.sin(2 * Math.PI * phase + i + effort[i] * 1e-3);
                effort[i] = Math.cos(position[i] + n);
            }
            fill();
            factorise();
            solve();
        }
    }

    /** What came of it, so that no compiler leaves it out. */
    double[] effort() {
        return effort;
    }

    /** Diagonally dominant, hence positive definite. */
    private void fill() {
        for (int i = 0; i < JOINTS; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i * JOINTS + j] = i == j ? JOINTS : position[i] * position[j];
            }
        }
    }

    private void factorise() {
        for (int i = 0; i < JOINTS; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i * JOINTS + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[i * JOINTS + k] * matrix[j * JOINTS + k];
                }
                matrix[i * JOINTS + j] = i == j ? Math.sqrt(sum) : sum / matrix[j * JOINTS + j];
            }
        }
    }

    private void solve() {
        for (int i = 0; i < JOINTS; i++) {
            for (int k = 0; k < i; k++) {
                effort[i] -= matrix[i * JOINTS + k] * effort[k];
            }
            effort[i] /= matrix[i * JOINTS + i];
        }
        for (int i = JOINTS - 1; i >= 0; i--) {
            for (int k = i + 1; k < JOINTS; k++) {
                effort[i] -= matrix[k * JOINTS + i] * effort[k];
            }
            effort[i] /= matrix[i * JOINTS + i];
        }
    }
}
