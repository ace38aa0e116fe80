package dev.tactus.control.safety;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.Stance;

/**
 * Bounds the torque that drives with a control loop of their own will produce,
 *
 * <pre>tau = kp (q_d - q) + kd (v_d - v) + tau_ff</pre>
 *
 * <p>at the measured state and where the measured velocity takes the joint until the next command. Where it would exceed
 * the joint's limit, stiffness, damping and feed-forward are scaled down together by what it takes: the target stays
 * where it was, so position limits are not traded for torque. A measurement or command that is not finite becomes pure
 * damping. Called by the control thread; allocates nothing, never throws.
 */
public final class DriveTorqueBound {
    private final InterventionCounters counters;
    private final double[] greatest;
    private final double[] damping;

    /**
     * Takes the limits.
     *
     * @param robot limits, and what its joints are damped with when nothing else makes sense: its stance's damping, or
     *     else the joints' own
     * @param counters counts every scaled joint and every number that is not finite
     */
    public DriveTorqueBound(RobotConfig robot, InterventionCounters counters) {
        this.counters = counters;
        greatest = robot.joints().stream()
                .mapToDouble(joint -> joint.limits().effort())
                .toArray();
        damping = robot.stance()
                .map(Stance::damping)
                .orElseGet(() -> robot.joints().stream()
                        .mapToDouble(JointConfig::damping)
                        .toArray());
    }

    /**
     * Bounds a command in place.
     *
     * @param command position, velocity, stiffness, damping, effort of every joint
     * @param state what was measured last
     * @param seconds time until the next command, s
     */
    public void limit(JointCommand command, RobotState state, double seconds) {
        for (int joint = 0; joint < greatest.length; joint++) {
            double most = greatestTorque(command, joint, state, seconds);
            if (!Double.isFinite(most)) {
                counters.count(Intervention.NON_FINITE);
                damp(command, joint);
                most = greatestTorque(command, joint, state, seconds);
            }
            if (most > greatest[joint]) {
                counters.count(Intervention.DRIVE_TORQUE);
                scale(command, joint, greatest[joint] / most);
            }
        }
    }

    /**
     * Makes a command pure damping: no stiffness, no target velocity, no feed-forward.
     *
     * @param command filled in place
     */
    public void damp(JointCommand command) {
        for (int joint = 0; joint < greatest.length; joint++) {
            damp(command, joint);
        }
    }

    private void damp(JointCommand command, int joint) {
        if (!Double.isFinite(command.position()[joint])) {
            command.position()[joint] = 0;
        }
        command.velocity()[joint] = 0;
        command.stiffness()[joint] = 0;
        command.damping()[joint] = damping[joint];
        command.effort()[joint] = 0;
    }

    /** The greatest torque from now to the next command, if the joint goes on as it does; torque is linear in time then. */
    private static double greatestTorque(JointCommand command, int joint, RobotState state, double seconds) {
        double q = state.position()[joint];
        double v = state.velocity()[joint];
        double now = Math.abs(torque(command, joint, q, v));
        double then = Math.abs(torque(command, joint, q + seconds * v, v));
        return Math.max(now, then); // NaN if either is
    }

    private static double torque(JointCommand command, int joint, double q, double v) {
        return command.stiffness()[joint] * (command.position()[joint] - q)
                + command.damping()[joint] * (command.velocity()[joint] - v)
                + command.effort()[joint];
    }

    private static void scale(JointCommand command, int joint, double share) {
        command.stiffness()[joint] *= share;
        command.damping()[joint] *= share;
        command.effort()[joint] *= share;
    }
}
