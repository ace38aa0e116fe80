package dev.tactus.control.dynamics;

import java.util.Arrays;

/**
 * The mass matrix M(q) by the composite rigid body algorithm. Allocates in the constructor only; one thread at a time.
 *
 * <p>Source: Featherstone, Rigid Body Dynamics Algorithms, 2008, tables 6.2 and 9.4: M_ij = S_j . (Ic_i S_i) for j on the way
 * from i to the base, zero for joints on different branches. Here all along the base's axes, where nothing is transformed
 * on that way.
 */
public final class MassMatrix {
    private final MultibodyModel model;
    private final BodyInertias inertias;
    private final double[] momentum = new double[6];

    /**
     * Makes room for one robot.
     *
     * @param model the robot
     */
    public MassMatrix(MultibodyModel model) {
        this.model = model;
        inertias = new BodyInertias(model);
    }

    /**
     * The mass matrix.
     *
     * @param q configuration, nq
     * @param out receives nv rows of nv, symmetric; kg, kg m, kg m^2
     */
    public void compute(double[] q, double[] out) {
        int nv = model.nv();
        inertias.update(q);
        inertias.compose();
        Arrays.fill(out, 0, nv * nv, 0.0);
        for (int body = model.bodies - 1; body > 0; body--) {
            inertias.momentum(body, momentum);
            joint(body, nv, out);
        }
        for (int k = 0; k < 6 && model.floating; k++) {
            inertias.baseMomentum(k, momentum);
            System.arraycopy(momentum, 0, out, k * nv, 6);
        }
    }

    private void joint(int body, int nv, double[] out) {
        double[] s = inertias.axes;
        int[] parent = model.parent;
        int[] inV = model.inV;
        int row = inV[body];
        double fx = momentum[0], fy = momentum[1], fz = momentum[2];
        double nx = momentum[3], ny = momentum[4], nz = momentum[5];
        for (int other = body; other > 0; other = parent[other]) {
            int a = BodyInertias.AXIS * other;
            double element = s[a] * fx + s[a + 1] * fy + s[a + 2] * fz + s[a + 3] * nx + s[a + 4] * ny + s[a + 5] * nz;
            int column = inV[other];
            out[row * nv + column] = element;
            out[column * nv + row] = element;
        }
        if (model.floating) {
            for (int k = 0; k < 6; k++) {
                out[row * nv + k] = momentum[k];
                out[k * nv + row] = momentum[k];
            }
        }
    }
}
