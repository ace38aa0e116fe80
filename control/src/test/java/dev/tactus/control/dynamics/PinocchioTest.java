package dev.tactus.control.dynamics;

import static dev.tactus.control.dynamics.Golden.array;
import static dev.tactus.control.dynamics.Golden.assertClose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every algorithm against Pinocchio at a dozen random states a robot. */
class PinocchioTest {
    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void inverseDynamicsAreThoseOfPinocchio(String robot) {
        Golden golden = Golden.read(robot);
        InverseDynamics dynamics = new InverseDynamics(golden.model());
        double[] tau = new double[golden.model().nv()];
        for (JsonNode state : golden.states()) {
            double[] q = array(state, "q");
            double[] v = array(state, "v");
            dynamics.compute(q, v, array(state, "a"), tau);
            assertClose(array(state, "rnea"), tau, "rnea");
            dynamics.gravity(q, tau);
            assertClose(array(state, "gravity"), tau, "gravity");
            dynamics.nonlinear(q, v, tau);
            assertClose(array(state, "nonlinear"), tau, "nonlinear");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void framesAndJacobiansAreThoseOfPinocchio(String robot) {
        Golden golden = Golden.read(robot);
        int frame = golden.frame();
        FrameKinematics kinematics = new FrameKinematics(golden.model());
        FrameJacobian jacobian = new FrameJacobian(kinematics);
        double[] position = new double[3];
        double[] rotation = new double[9];
        double[] six = new double[6];
        double[] columns = new double[6 * golden.model().nv()];
        for (JsonNode state : golden.states()) {
            kinematics.update(array(state, "q"), array(state, "v"));
            kinematics.copyPose(frame, position, rotation);
            assertClose(array(state, "frame_position"), position, "position");
            assertClose(array(state, "frame_rotation"), rotation, "rotation");
            kinematics.velocity(frame, six);
            assertClose(array(state, "frame_velocity"), six, "velocity");
            kinematics.biasAcceleration(frame, six);
            assertClose(array(state, "bias_acceleration"), six, "bias acceleration");
            jacobian.compute(frame, columns);
            assertClose(array(state, "jacobian"), columns, "Jacobian");
            jacobian.derivative(frame, columns);
            assertClose(array(state, "jacobian_derivative"), columns, "Jacobian's derivative");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void forwardDynamicsAndMassMatrixAreThoseOfPinocchio(String robot) {
        Golden golden = Golden.read(robot);
        int nv = golden.model().nv();
        ForwardDynamics forward = new ForwardDynamics(golden.model());
        MassMatrix mass = new MassMatrix(golden.model());
        double[] a = new double[nv];
        double[] matrix = new double[nv * nv];
        for (JsonNode state : golden.states()) {
            double[] q = array(state, "q");
            forward.compute(q, array(state, "v"), array(state, "tau"), a);
            assertClose(array(state, "aba"), a, "aba");
            mass.compute(q, matrix);
            assertClose(array(state, "mass_matrix"), matrix, "mass matrix");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void centroidalMomentumIsThatOfPinocchio(String robot) {
        Golden golden = Golden.read(robot);
        CentroidalMomentum momentum = new CentroidalMomentum(golden.model());
        double[] six = new double[6];
        double[] matrix = new double[6 * golden.model().nv()];
        for (JsonNode state : golden.states()) {
            momentum.compute(array(state, "q"), array(state, "v"));
            momentum.copyMomentum(six);
            assertClose(array(state, "momentum"), six, "momentum");
            momentum.copyMatrix(matrix);
            assertClose(array(state, "momentum_matrix"), matrix, "momentum matrix");
            double[] centre = {momentum.centre(0), momentum.centre(1), momentum.centre(2)};
            assertClose(array(state, "centre_of_mass"), centre, "centre of mass");
            double[] velocity = {momentum.centreVelocity(0), momentum.centreVelocity(1), momentum.centreVelocity(2)};
            assertClose(array(state, "centre_of_mass_velocity"), velocity, "its velocity");
        }
    }
}
