package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.JointConfig;
import java.util.List;

/**
 * Joint impedance: {@code tau = K (q_ref - q) + D (v_ref - v)}, joint by joint. Gravity is not in it; the robot
 * compensates that itself. Called by the control thread; allocates nothing.
 */
public final class JointImpedance {
    private final double[] stiffness;
    private final double[] damping;

    /**
     * Takes the gains of a robot.
     *
     * @param joints the robot's joints in order, stiffness in Nm/rad, damping in Nms/rad
     */
    public JointImpedance(List<JointConfig> joints) {
        stiffness = joints.stream().mapToDouble(JointConfig::stiffness).toArray();
        damping = joints.stream().mapToDouble(JointConfig::damping).toArray();
    }

    /**
     * Computes the torques.
     *
     * @param reference where the joints shall be
     * @param state where they are
     * @param effort filled in place, Nm, robot's joint order
     */
    public void compute(JointReference reference, RobotState state, double[] effort) {
        double[] qReference = reference.position();
        double[] vReference = reference.velocity();
        double[] q = state.position();
        double[] v = state.velocity();
        for (int joint = 0; joint < effort.length; joint++) {
            effort[joint] =
                    stiffness[joint] * (qReference[joint] - q[joint]) + damping[joint] * (vReference[joint] - v[joint]);
        }
    }
}
