package dev.tactus.control.dynamics;

import java.util.Arrays;

/**
 * The whole robot's momentum about its centre of mass, along the world's axes, and the matrix that gives it: (linear;
 * angular) = A(q) v. Allocates in the constructor only; one thread at a time. With a fixed base, "the whole robot" is what
 * moves: the root link and what is fixed to it are left out, in mass and centre too.
 *
 * <p>Source: Orin, Goswami and Lee, Centroidal dynamics of a humanoid robot, 2013: a column is the momentum of what its joint
 * carries, moved to the centre of mass.
 */
public final class CentroidalMomentum {
    private final MultibodyModel model;
    private final BodyInertias inertias;
    private final double[] matrix;
    private final double[] momentum = new double[6];
    private final double[] centre = new double[3];
    private final double[] inBase = new double[6];

    /**
     * Makes room for one robot.
     *
     * @param model the robot
     */
    public CentroidalMomentum(MultibodyModel model) {
        this.model = model;
        inertias = new BodyInertias(model);
        matrix = new double[6 * model.nv()];
    }

    /**
     * Computes everything for a state; the other methods answer for it.
     *
     * @param q configuration, nq
     * @param v velocity, nv
     */
    public void compute(double[] q, double[] v) {
        inertias.update(q);
        inertias.compose();
        double[] whole = inertias.values;
        for (int row = 0; row < 3; row++) {
            centre[row] = inertias.poses.base(9 + row)
                    + turned(row, whole[1] / whole[0], whole[2] / whole[0], whole[3] / whole[0]);
        }
        for (int body = 1; body < model.bodies; body++) {
            inertias.momentum(body, inBase);
            place(model.inV[body]);
        }
        for (int k = 0; k < 6 && model.floating; k++) {
            inertias.baseMomentum(k, inBase);
            place(k);
        }
        Arrays.fill(momentum, 0.0);
        for (int i = 0; i < matrix.length; i++) {
            momentum[i / model.nv()] += matrix[i] * v[i % model.nv()];
        }
    }

    /** From about the base's origin to about the centre of mass, and into the world's axes. */
    private void place(int column) {
        double[] f = inBase;
        double[] whole = inertias.values;
        int nv = model.nv();
        double cx = whole[1] / whole[0];
        double cy = whole[2] / whole[0];
        double cz = whole[3] / whole[0];
        double nx = f[3] - (cy * f[2] - cz * f[1]);
        double ny = f[4] - (cz * f[0] - cx * f[2]);
        double nz = f[5] - (cx * f[1] - cy * f[0]);
        for (int row = 0; row < 3; row++) {
            matrix[row * nv + column] = turned(row, f[0], f[1], f[2]);
            matrix[(3 + row) * nv + column] = turned(row, nx, ny, nz);
        }
    }

    private double turned(int row, double x, double y, double z) {
        BodyPoses poses = inertias.poses;
        return poses.base(3 * row) * x + poses.base(3 * row + 1) * y + poses.base(3 * row + 2) * z;
    }

    /**
     * Linear and angular momentum about the centre of mass.
     *
     * @param out receives x, y, z in kg m/s, then in kg m^2/s; world axes
     */
    public void copyMomentum(double[] out) {
        System.arraycopy(momentum, 0, out, 0, 6);
    }

    /**
     * The centroidal momentum matrix.
     *
     * @param out receives six rows of nv
     */
    public void copyMatrix(double[] out) {
        System.arraycopy(matrix, 0, out, 0, matrix.length);
    }

    /**
     * A component of the centre of mass.
     *
     * @param k 0 x, 1 y, 2 z
     * @return m, in the world
     */
    public double centre(int k) {
        return centre[k];
    }

    /**
     * A component of the velocity of the centre of mass.
     *
     * @param k 0 x, 1 y, 2 z
     * @return m/s, along the world's axes
     */
    public double centreVelocity(int k) {
        return momentum[k] / inertias.values[0];
    }
}
