package dev.tactus.control.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tactus.control.Allocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoAllocationTest {
    private static final int CALLS = 2_500;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2", "crooked_quadruped"})
    void noAlgorithmAllocates(String robot) {
        Golden golden = Golden.read(robot);
        MultibodyModel model = golden.model();
        int frame = golden.frame();
        RandomMotion random = new RandomMotion(model, 1);
        double[] q = random.configuration();
        double[] v = random.vector(1);
        double[] a = random.vector(1);
        double[] out = new double[model.nv()];
        double[] columns = new double[6 * model.nv()];
        InverseDynamics inverse = new InverseDynamics(model);
        ForwardDynamics forward = new ForwardDynamics(model);
        MassMatrix mass = new MassMatrix(model);
        CentroidalMomentum momentum = new CentroidalMomentum(model);
        double[] matrix = new double[model.nv() * model.nv()];
        FrameKinematics kinematics = new FrameKinematics(model);
        FrameJacobian jacobian = new FrameJacobian(kinematics);
        Runnable cycle = () -> {
            inverse.compute(q, v, a, out);
            inverse.gravity(q, out);
            inverse.nonlinear(q, v, out);
            forward.compute(q, v, a, out);
            mass.compute(q, matrix);
            momentum.compute(q, v);
            momentum.copyMomentum(out);
            momentum.copyMatrix(columns);
            kinematics.update(q, v);
            kinematics.velocity(frame, out);
            kinematics.biasAcceleration(frame, out);
            kinematics.copyPose(frame, out, columns);
            jacobian.compute(frame, columns);
            jacobian.derivative(frame, columns);
        };
        assertEquals(0, Allocation.least(CALLS, cycle));
    }
}
