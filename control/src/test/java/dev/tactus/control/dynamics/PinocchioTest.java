package dev.tactus.control.dynamics;

import static dev.tactus.control.dynamics.Golden.array;
import static dev.tactus.control.dynamics.Golden.assertClose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every algorithm against Pinocchio at a dozen random states a robot. */
class PinocchioTest {
    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "crooked_quadruped"})
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
    @ValueSource(strings = {"franka_fr3", "crooked_quadruped"})
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
}
