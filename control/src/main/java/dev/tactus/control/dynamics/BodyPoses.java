package dev.tactus.control.dynamics;

/** Where every body is, in the world or in the base: rotation by rows and position, twelve doubles a body. */
final class BodyPoses {
    static final int STRIDE = JointTransforms.STRIDE;

    final double[] values;
    private final MultibodyModel model;
    private final JointTransforms transforms;

    BodyPoses(MultibodyModel model) {
        this.model = model;
        transforms = new JointTransforms(model);
        values = new double[STRIDE * model.bodies];
    }

    /** In the world; the root link of a fixed base is the world. */
    void inWorld(double[] q) {
        transforms.update(q);
        System.arraycopy(transforms.values, 0, values, 0, STRIDE);
        multiply();
    }

    /** In the base's frame, in which a floating robot's mass matrix knows nothing of where the robot is. */
    void inBase(double[] q) {
        transforms.update(q);
        for (int k = 0; k < 3; k++) {
            values[4 * k] = 1;
        }
        multiply();
    }

    /** Element of the base's pose in the world after {@link #inBase}: rotation by rows, position. */
    double base(int k) {
        return transforms.values[k];
    }

    private void multiply() {
        double[] x = transforms.values;
        double[] w = values;
        int[] parent = model.parent;
        for (int body = 1; body < parent.length; body++) {
            int p = STRIDE * parent[body];
            int t = STRIDE * body;
            double r0 = x[t], r1 = x[t + 1], r2 = x[t + 2];
            double r3 = x[t + 3], r4 = x[t + 4], r5 = x[t + 5];
            double r6 = x[t + 6], r7 = x[t + 7], r8 = x[t + 8];
            double px = x[t + 9], py = x[t + 10], pz = x[t + 11];
            for (int row = 0; row < 3; row++) {
                double a = w[p + 3 * row];
                double b = w[p + 3 * row + 1];
                double c = w[p + 3 * row + 2];
                w[t + 3 * row] = a * r0 + b * r3 + c * r6;
                w[t + 3 * row + 1] = a * r1 + b * r4 + c * r7;
                w[t + 3 * row + 2] = a * r2 + b * r5 + c * r8;
                w[t + 9 + row] = w[p + 9 + row] + a * px + b * py + c * pz;
            }
        }
    }
}
