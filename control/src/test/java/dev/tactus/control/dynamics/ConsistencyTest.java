package dev.tactus.control.dynamics;

import static dev.tactus.control.dynamics.Golden.assertClose;

import dev.tactus.control.model.KinematicTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The algorithms against each other, and momentum against a sum over links, at random states. */
class ConsistencyTest {
    private static final int STATES = 200;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void inverseDynamicsUndoForwardDynamics(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        RandomMotion random = new RandomMotion(model, 1);
        InverseDynamics inverse = new InverseDynamics(model);
        ForwardDynamics forward = new ForwardDynamics(model);
        double[] a = new double[model.nv()];
        double[] back = new double[model.nv()];
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            double[] v = random.vector(3);
            double[] tau = random.vector(20);
            forward.compute(q, v, tau, a);
            inverse.compute(q, v, a, back);
            assertClose(tau, back, "tau");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void inverseDynamicsAreMassTimesAccelerationAndTheRest(String robot) {
        MultibodyModel model = Golden.read(robot).model();
        int nv = model.nv();
        RandomMotion random = new RandomMotion(model, 2);
        InverseDynamics inverse = new InverseDynamics(model);
        MassMatrix massMatrix = new MassMatrix(model);
        double[] mass = new double[nv * nv];
        double[] tau = new double[nv];
        double[] rest = new double[nv];
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            double[] v = random.vector(3);
            double[] a = random.vector(20);
            inverse.compute(q, v, a, tau);
            inverse.nonlinear(q, v, rest);
            massMatrix.compute(q, mass);
            for (int i = 0; i < nv * nv; i++) {
                rest[i / nv] += mass[i] * a[i % nv];
            }
            assertClose(tau, rest, "tau");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void columnsOfTheMassMatrixAreForcesOfUnitAccelerations(String robot) {
        Golden golden = Golden.read(robot);
        MultibodyModel model = weightless(golden);
        int nv = model.nv();
        RandomMotion random = new RandomMotion(model, 3);
        InverseDynamics inverse = new InverseDynamics(model);
        MassMatrix massMatrix = new MassMatrix(model);
        double[] mass = new double[nv * nv];
        double[] tau = new double[nv];
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            massMatrix.compute(q, mass);
            for (int column = 0; column < nv; column++) {
                double[] unit = new double[nv];
                unit[column] = 1;
                inverse.compute(q, new double[nv], unit, tau);
                double[] expected = new double[nv];
                for (int row = 0; row < nv; row++) {
                    expected[row] = mass[row * nv + column];
                }
                assertClose(expected, tau, 1e-12, "column " + column);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void momentumIsTheSumOverLinks(String robot) {
        Golden golden = Golden.read(robot);
        MultibodyModel model = golden.model();
        RandomMotion random = new RandomMotion(model, 4);
        CentroidalMomentum centroidal = new CentroidalMomentum(model);
        FrameKinematics kinematics = new FrameKinematics(model);
        double[] momentum = new double[6];
        for (int n = 0; n < STATES; n++) {
            double[] q = random.configuration();
            double[] v = random.vector(3);
            centroidal.compute(q, v);
            centroidal.copyMomentum(momentum);
            kinematics.update(q, v);
            double[] sum = new double[6];
            for (int link = 0; link < model.frames(); link++) {
                if (model.isFloating() || model.frameBody[link] > 0) {
                    addLink(golden.tree(), link, kinematics, centroidal, sum);
                }
            }
            assertClose(sum, momentum, "momentum");
        }
    }

    private static void addLink(
            KinematicTree tree, int link, FrameKinematics kinematics, CentroidalMomentum centroidal, double[] sum) {
        double[] p = new double[3];
        double[] r = new double[9];
        double[] v = new double[6];
        kinematics.copyPose(link, p, r);
        kinematics.velocity(link, v);
        double[] w = {v[3], v[4], v[5]};
        double[] arm = turn(r, tree.centreOfMass(link, 0), tree.centreOfMass(link, 1), tree.centreOfMass(link, 2));
        double[] swing = cross(w, arm);
        double[] linear = new double[3];
        double[] from = new double[3];
        double[] local = new double[3];
        double[] spin = new double[3];
        for (int k = 0; k < 3; k++) {
            linear[k] = tree.mass(link) * (v[k] + swing[k]);
            from[k] = p[k] + arm[k] - centroidal.centre(k);
            local[k] = r[k] * w[0] + r[3 + k] * w[1] + r[6 + k] * w[2];
        }
        for (int k = 0; k < 9; k++) {
            spin[k / 3] += tree.inertia(link, k) * local[k % 3];
        }
        double[] own = turn(r, spin[0], spin[1], spin[2]);
        double[] moment = cross(from, linear);
        for (int k = 0; k < 3; k++) {
            sum[k] += linear[k];
            sum[3 + k] += own[k] + moment[k];
        }
    }

    private static MultibodyModel weightless(Golden golden) {
        MultibodyModel model = golden.model();
        return model.isFloating()
                ? MultibodyModel.floating(golden.tree(), model.joints(), new double[3])
                : MultibodyModel.fixed(golden.tree(), model.joints(), new double[3]);
    }

    private static double[] turn(double[] r, double x, double y, double z) {
        return new double[] {
            r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z
        };
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }
}
