package dev.tactus.control.dynamics;

import static dev.tactus.control.dynamics.Golden.assertClose;
import static dev.tactus.control.dynamics.RandomMotion.after;

import dev.tactus.control.kinematics.Rotations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jacobians of every frame against differences of its pose. */
class FrameJacobianTest {
    private static final double STEP = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void jacobianTimesVelocityIsTheDifferenceOfPoses(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        RandomMotion random = new RandomMotion(model, 1);
        FrameKinematics kinematics = new FrameKinematics(model);
        FrameJacobian jacobian = new FrameJacobian(kinematics);
        double[] columns = new double[6 * model.nv()];
        double[] velocity = new double[6];
        for (int frame = 0; frame < model.frames(); frame++) {
            double[] q = random.configuration();
            double[] v = random.vector(1);
            kinematics.update(q, v);
            jacobian.compute(frame, columns);
            kinematics.velocity(frame, velocity);
            double[] product = times(columns, v);
            assertClose(product, velocity, 1e-12, "velocity");
            double[] near = difference(model, frame, q, v, STEP);
            double[] far = difference(model, frame, q, v, 2 * STEP);
            // the error of a central difference falls with the square of the step: this leaves the fourth power
            assertClose(product, extrapolate(near, far), 1e-9, model.frameName(frame));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void derivativeIsTheDifferenceOfJacobians(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        RandomMotion random = new RandomMotion(model, 2);
        FrameKinematics kinematics = new FrameKinematics(model);
        FrameJacobian jacobian = new FrameJacobian(kinematics);
        double[] derivative = new double[6 * model.nv()];
        double[] bias = new double[6];
        for (int frame = 0; frame < model.frames(); frame++) {
            double[] q = random.configuration();
            double[] v = random.vector(1);
            kinematics.update(q, v);
            jacobian.derivative(frame, derivative);
            kinematics.biasAcceleration(frame, bias);
            assertClose(times(derivative, v), bias, 1e-12, "bias acceleration");
            double[][] at = new double[4][6 * model.nv()];
            for (int i = 0; i < 4; i++) {
                double time = new double[] {-2, -1, 1, 2}[i] * STEP;
                kinematics.update(after(model, q, v, time));
                jacobian.compute(frame, at[i]);
            }
            double[] near = quotient(at[1], at[2], 2 * STEP);
            double[] far = quotient(at[0], at[3], 4 * STEP);
            assertClose(derivative, extrapolate(near, far), 1e-9, model.frameName(frame));
        }
    }

    private static double[] difference(MultibodyModel model, int frame, double[] q, double[] v, double step) {
        double[] from = new double[3];
        double[] to = new double[3];
        double[] fromTurn = new double[9];
        double[] toTurn = new double[9];
        FrameKinematics kinematics = new FrameKinematics(model);
        kinematics.update(after(model, q, v, -step));
        kinematics.copyPose(frame, from, fromTurn);
        kinematics.update(after(model, q, v, step));
        kinematics.copyPose(frame, to, toTurn);
        double[] out = new double[6];
        Rotations.error(toTurn, fromTurn, out, 3);
        for (int k = 0; k < 3; k++) {
            out[k] = (to[k] - from[k]) / (2 * step);
            out[3 + k] /= 2 * step;
        }
        return out;
    }

    private static double[] quotient(double[] from, double[] to, double time) {
        double[] out = new double[from.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (to[i] - from[i]) / time;
        }
        return out;
    }

    private static double[] extrapolate(double[] near, double[] far) {
        double[] out = new double[near.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (4 * near[i] - far[i]) / 3;
        }
        return out;
    }

    private static double[] times(double[] matrix, double[] v) {
        double[] out = new double[matrix.length / v.length];
        for (int i = 0; i < matrix.length; i++) {
            out[i / v.length] += matrix[i] * v[i % v.length];
        }
        return out;
    }
}
