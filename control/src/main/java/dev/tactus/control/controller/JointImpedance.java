package dev.tactus.control.controller;

import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import java.util.List;
import java.util.Optional;

/**
 * Joint impedance, with or without the dynamics of the reference as feed-forward:
 *
 * <pre>tau = K (q_r - q) + D (v_r - v) [ + M(q) a_r + C(q, v_r) v_r ]</pre>
 *
 * <p>The bracket is inverse dynamics by the recursive Newton-Euler algorithm without gravity, which the robot compensates
 * itself. It is computed torque with the reference's velocity in place of the measured one, so that noise of the velocity
 * does not enter it and the passivity of the spring and damper stays (Slotine and Li, On the Adaptive Control of Robot
 * Manipulators, 1987, without the adaptation).
 *
 * <p>The control cycle runs without it unless it is given one with it. On fr3-lift it lowers the tracking error of joints 1 to 4 to between a quarter and
 * a half (over all joints 2.58 to 2.18 mrad rms; the wrist's is friction and rotor inertia, which no URDF states) and
 * lifts as often, 50 of 50. But the torque of an acceleration that changes within a few cycles is beyond the robot's torque
 * rate in 4823 instead of 114 joint cycles of 50 episodes, and the shipped policy was trained on an arm
 * without it. Called by the control thread; allocates nothing after construction.
 */
public final class JointImpedance implements EffortLaw {
    private static final double[] NO_GRAVITY = {0, 0, 0};

    private final double[] stiffness;
    private final double[] damping;
    private final Optional<InverseDynamics> dynamics;
    private final double[] feedForward;

    /**
     * Without feed-forward.
     *
     * @param joints the robot's joints in order, stiffness in Nm/rad, damping in Nms/rad
     */
    public JointImpedance(List<JointConfig> joints) {
        this(joints, Optional.empty());
    }

    private JointImpedance(List<JointConfig> joints, Optional<InverseDynamics> dynamics) {
        stiffness = joints.stream().mapToDouble(JointConfig::stiffness).toArray();
        damping = joints.stream().mapToDouble(JointConfig::damping).toArray();
        feedForward = new double[joints.size()];
        this.dynamics = dynamics;
    }

    /**
     * With the reference's dynamics as feed-forward.
     *
     * @param robot gains and joints; with a fixed base
     * @param tree its links
     * @return the controller
     * @throws dev.tactus.policies.command.BadInputException if the robot takes no torques
     */
    public static JointImpedance withFeedForward(RobotConfig robot, KinematicTree tree) {
        robot.require(CommandInterface.EFFORT, "joint impedance control");
        MultibodyModel model = MultibodyModel.fixed(tree, robot.jointNames(), NO_GRAVITY);
        return new JointImpedance(robot.joints(), Optional.of(new InverseDynamics(model)));
    }

    @Override
    public void compute(JointReference reference, RobotState state, double[] effort) {
        double[] qReference = reference.position();
        double[] vReference = reference.velocity();
        double[] q = state.position();
        double[] v = state.velocity();
        if (dynamics.isPresent()) {
            dynamics.get().compute(q, vReference, reference.acceleration(), feedForward);
        }
        for (int joint = 0; joint < effort.length; joint++) {
            effort[joint] = stiffness[joint] * (qReference[joint] - q[joint])
                    + damping[joint] * (vReference[joint] - v[joint])
                    + feedForward[joint];
        }
    }
}
