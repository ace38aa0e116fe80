package dev.tactus.control.kinematics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tactus.control.Allocation;
import dev.tactus.control.kinematics.InverseKinematics.Settings;
import dev.tactus.control.model.JointConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoAllocationTest {
    private static final int CALLS = 10_000;

    private double sink;

    @Test
    void kinematicsAndLimitsAllocateNothing() {
        ForwardKinematics forward = Fr3.kinematics();
        InverseKinematics inverse = new InverseKinematics(Fr3.kinematics(), Fr3.ROBOT, Settings.DEFAULT);
        List<JointConfig> joints = Fr3.ROBOT.joints();
        double[] q = Fr3.ROBOT.home();
        double[] position = new double[3];
        double[] rotation = new double[9];
        double[] columns = new double[6];
        double[] quaternion = new double[4];
        Runnable cycle = () -> {
            forward.update(q);
            forward.copyPosition(position, 0);
            forward.copyRotation(rotation);
            // runs out of reach in the end, so that joints reach their limits too
            position[0] += 0.01;
            inverse.solve(q, position, rotation, q);
            Rotations.toColumns6d(rotation, columns, 0);
            Rotations.fromColumns6d(columns, 0, rotation);
            Rotations.toQuaternionXyzw(rotation, quaternion, 0);
            for (int i = 0; i < joints.size(); i++) {
                sink += joints.get(i).limits().velocityMax(q[i])
                        + joints.get(i).limits().velocityMin(q[i])
                        + joints.get(i).limits().deceleration();
            }
        };
        assertEquals(0, Allocation.least(CALLS, cycle));
    }
}
