package dev.tactus.sim.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.dynamics.FrameJacobian;
import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MassMatrix;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.kinematics.Rotations;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoData;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dynamics made from a robot's URDF against MuJoCo's from its MJCF, every joint moving. MuJoCo's free joint has its linear
 * velocity along the world's axes and its quaternion as w x y z; what it adds to a joint as armature is taken off again.
 */
class MujocoDynamicsTest {
    private static final double TOLERANCE = 1e-9;
    private static final int STATES = 50;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2"})
    void massMatrixBiasForceAndJacobiansAreThoseOfMujoco(String name) {
        try (State state = new State(name)) {
            for (int n = 0; n < STATES; n++) {
                state.draw();
                assertClose(state.mujocoMassMatrix(), state.massMatrix(), "mass matrix");
                assertClose(state.mujocoBias(), state.bias(), "bias force");
                int compared = 0;
                for (int frame = 0; frame < state.model.frames(); frame++) {
                    if (state.bodies.contains(state.model.frameName(frame))) {
                        String link = state.model.frameName(frame);
                        assertClose(state.mujocoJacobian(link), state.jacobian(frame), link);
                        compared++;
                    }
                }
                assertTrue(compared >= state.joints, compared + " bodies");
            }
        }
    }

    private static void assertClose(double[] expected, double[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE * scale, what + " [" + i + "]");
        }
    }

    /** One robot at one random state in both, results of both in MuJoCo's coordinates and in the URDF's joint order. */
    private static final class State implements AutoCloseable {
        final MultibodyModel model;
        final List<String> bodies;
        final int joints;
        private final MujocoModel mujoco;
        private final MujocoData data;
        private final Arena arena = Arena.ofConfined();
        private final SplittableRandom random = new SplittableRandom(1);
        private final double[] q;
        private final double[] v;
        private final double[] turn = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        private final int nv;
        private final int base;
        /** Of each element of v, its degree of freedom in MuJoCo. */
        private final int[] dof;

        State(String name) {
            RobotConfig robot = RobotCatalogue.load(name);
            KinematicTree tree = UrdfReader.read(robot.urdf());
            List<String> moving = new ArrayList<>();
            for (int link = 1; link < tree.links(); link++) {
                if (tree.jointType(link) != JointType.FIXED) {
                    moving.add(tree.jointName(link));
                }
            }
            boolean floats = robot.base() == BaseType.FLOATING;
            model = floats ? MultibodyModel.floating(tree, moving) : MultibodyModel.fixed(tree, moving);
            mujoco = MujocoModel.load(robot.folder().resolve("scene.xml"));
            data = mujoco.newData();
            bodies = mujoco.names(MujocoObject.BODY);
            joints = moving.size();
            nv = model.nv();
            base = floats ? 6 : 0;
            q = new double[model.nq()];
            v = new double[nv];
            dof = new int[nv];
            assertEquals(nv, mujoco.nv(), "what moves in the scene");
            for (int i = 0; i < nv; i++) {
                dof[i] = i < base ? i : mujoco.dofIndex(moving.get(i - base));
            }
        }

        void draw() {
            for (int i = 0; i < q.length; i++) {
                q[i] = random.nextDouble(-2, 2);
            }
            for (int i = 0; i < nv; i++) {
                v[i] = random.nextDouble(-2, 2);
                data.setQvel(dof[i], v[i]);
            }
            for (int i = base; i < nv; i++) {
                data.setQpos(mujoco.qposIndex(model.joints().get(i - base)), q[i - nv + q.length]);
            }
            if (base > 0) {
                drawBase();
            }
            data.forward();
        }

        private void drawBase() {
            double norm = Math.sqrt(q[3] * q[3] + q[4] * q[4] + q[5] * q[5] + q[6] * q[6]);
            for (int k = 0; k < 3; k++) {
                data.setQpos(k, q[k]);
            }
            for (int k = 3; k < 7; k++) {
                q[k] /= norm;
                data.setQpos(k == 6 ? 3 : k + 1, q[k]);
            }
            Rotations.fromQuaternionXyzw(q, 3, turn);
            double[] along = new double[3];
            for (int k = 0; k < 9; k++) {
                along[k / 3] += turn[k] * v[k % 3];
            }
            for (int k = 0; k < 3; k++) {
                data.setQvel(k, along[k]);
            }
        }

        double[] mujocoMassMatrix() {
            MemorySegment full = arena.allocate(8L * nv * nv);
            data.fullMassMatrix(full);
            double[] out = new double[nv * nv];
            for (int row = 0; row < nv; row++) {
                for (int column = 0; column < nv; column++) {
                    out[row * nv + column] =
                            full.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) dof[row] * nv + dof[column]);
                }
                out[row * nv + row] -= mujoco.real(ModelArray.DOF_ARMATURE, dof[row]);
            }
            return out;
        }

        double[] massMatrix() {
            double[] out = new double[nv * nv];
            new MassMatrix(model).compute(q, out);
            rowsToWorld(out, nv);
            columnsToWorld(out, nv);
            return out;
        }

        double[] mujocoBias() {
            double[] out = new double[nv];
            for (int i = 0; i < nv; i++) {
                out[i] = data.qfrcBias(dof[i]);
            }
            return out;
        }

        /** No acceleration in the world is one of -w x v along the base's axes. */
        double[] bias() {
            double[] a = new double[nv];
            if (base > 0) {
                a[0] = v[5] * v[1] - v[4] * v[2];
                a[1] = v[3] * v[2] - v[5] * v[0];
                a[2] = v[4] * v[0] - v[3] * v[1];
            }
            double[] out = new double[nv];
            new InverseDynamics(model).compute(q, v, a, out);
            rowsToWorld(out, 1);
            return out;
        }

        double[] mujocoJacobian(String body) {
            MemorySegment linear = arena.allocate(24L * nv);
            MemorySegment angular = arena.allocate(24L * nv);
            data.jacBody(mujoco.bodyId(body), linear, angular);
            double[] out = new double[6 * nv];
            for (int i = 0; i < 3 * nv; i++) {
                out[i] = linear.getAtIndex(ValueLayout.JAVA_DOUBLE, i / nv * nv + dof[i % nv]);
                out[3 * nv + i] = angular.getAtIndex(ValueLayout.JAVA_DOUBLE, i / nv * nv + dof[i % nv]);
            }
            return out;
        }

        double[] jacobian(int frame) {
            FrameKinematics kinematics = new FrameKinematics(model);
            kinematics.update(q);
            double[] out = new double[6 * nv];
            new FrameJacobian(kinematics).compute(frame, out);
            columnsToWorld(out, 6);
            return out;
        }

        /** Turns the first three rows from the base's to the world's axes. */
        private void rowsToWorld(double[] matrix, int columns) {
            for (int column = 0; column < columns && base > 0; column++) {
                turn(matrix, column, columns);
            }
        }

        private void columnsToWorld(double[] matrix, int rows) {
            for (int row = 0; row < rows && base > 0; row++) {
                turn(matrix, row * nv, 1);
            }
        }

        private void turn(double[] matrix, int at, int step) {
            double[] out = new double[3];
            for (int k = 0; k < 9; k++) {
                out[k / 3] += turn[k] * matrix[at + k % 3 * step];
            }
            for (int k = 0; k < 3; k++) {
                matrix[at + k * step] = out[k];
            }
        }

        @Override
        public void close() {
            arena.close();
            data.close();
            mujoco.close();
        }
    }
}
