package dev.tactus.control.dynamics;

import dev.tactus.control.kinematics.Rotations;
import java.util.SplittableRandom;

/** States anywhere, and where a velocity leads to. */
final class RandomMotion {
    private final MultibodyModel model;
    private final SplittableRandom random;

    RandomMotion(MultibodyModel model, long seed) {
        this.model = model;
        random = new SplittableRandom(seed);
    }

    double[] configuration() {
        double[] q = vector(model.nq(), 2.5);
        if (model.isFloating()) {
            double norm = Math.sqrt(q[3] * q[3] + q[4] * q[4] + q[5] * q[5] + q[6] * q[6]);
            for (int k = 3; k < 7; k++) {
                q[k] /= norm;
            }
        }
        return q;
    }

    double[] vector(double largest) {
        return vector(model.nv(), largest);
    }

    private double[] vector(int size, double largest) {
        double[] out = new double[size];
        for (int i = 0; i < size; i++) {
            out[i] = largest * (2 * random.nextDouble() - 1);
        }
        return out;
    }

    /** The configuration after a time with that velocity and acceleration, to second order; exact for joints. */
    static double[] after(MultibodyModel model, double[] q, double[] v, double[] a, double time) {
        double[] out = q.clone();
        int joints = model.isFloating() ? 7 : 0;
        for (int i = joints; i < q.length; i++) {
            int at = i - (q.length - v.length);
            out[i] += time * v[at] + time * time / 2 * a[at];
        }
        if (model.isFloating()) {
            moveBase(q, v, a, time, out);
        }
        return out;
    }

    private static void moveBase(double[] q, double[] v, double[] a, double t, double[] out) {
        double[] start = new double[9];
        Rotations.fromQuaternionXyzw(q, 3, start);
        double[] linear = {
            t * v[0] + t * t / 2 * (a[0] + v[4] * v[2] - v[5] * v[1]),
            t * v[1] + t * t / 2 * (a[1] + v[5] * v[0] - v[3] * v[2]),
            t * v[2] + t * t / 2 * (a[2] + v[3] * v[1] - v[4] * v[0])
        };
        double[] turn = new double[9];
        Rotations.fromRotationVector(
                t * v[3] + t * t / 2 * a[3], t * v[4] + t * t / 2 * a[4], t * v[5] + t * t / 2 * a[5], turn);
        double[] end = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < 3; k++) {
                out[row] += start[3 * row + k] * linear[k];
                for (int column = 0; column < 3; column++) {
                    end[3 * row + column] += start[3 * row + k] * turn[3 * k + column];
                }
            }
        }
        Rotations.toQuaternionXyzw(end, out, 3);
    }

    static double[] after(MultibodyModel model, double[] q, double[] v, double time) {
        return after(model, q, v, new double[v.length], time);
    }
}
