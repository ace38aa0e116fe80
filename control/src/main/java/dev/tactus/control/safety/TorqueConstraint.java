package dev.tactus.control.safety;

import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.LimitKind;
import dev.tactus.control.model.RobotConfig;

/**
 * Joint torques by inverse dynamics, gravity included, stay within their limits. A share is kept back for what happens
 * between two looks. Torque is affine in acceleration, so what holds at the ends of a ramp of all joints holds along it,
 * but for the little that the joints move meanwhile.
 *
 * <p>Full speed alone can need more than a joint's torque (on the FR3, joint 2: 120 Nm of 87 from Coriolis and gravity), so
 * no box of accelerations is safe over all speeds: the constraint is looked at along the stop instead, and speeds from
 * which no stop exists within the torques are never issued.
 */
final class TorqueConstraint implements StopConstraint {
    private static final double SHARE = 0.95;

    /** A joint travels no further than this between two looks, rad. */
    private static final double TRAVEL = 0.05;

    private final InverseDynamics dynamics;
    private final double[] greatest;
    private final double[] effort;

    TorqueConstraint(RobotConfig robot, KinematicTree tree) {
        dynamics = new InverseDynamics(MultibodyModel.fixed(tree, robot.jointNames()));
        greatest = robot.joints().stream()
                .mapToDouble(joint -> SHARE * joint.limits().effort())
                .toArray();
        effort = new double[greatest.length];
    }

    /** A robot on a fixed base whose joints have bounds of acceleration; a leg's torque depends on where its foot stands. */
    static boolean appliesTo(RobotConfig robot) {
        return robot.base() == BaseType.FIXED
                && robot.joints().stream()
                        .allMatch(joint -> joint.motion().acceleration().isPresent());
    }

    @Override
    public double holdsFor(double[] q, double[] v, double[] a, double[] fastest) {
        dynamics.compute(q, v, a, effort);
        double speed = 0;
        for (int joint = 0; joint < greatest.length; joint++) {
            if (!(Math.abs(effort[joint]) <= greatest[joint])) {
                return -1;
            }
            speed = Math.max(speed, fastest[joint]);
        }
        return TRAVEL / speed;
    }

    @Override
    public boolean dependsOnAcceleration() {
        return true;
    }

    @Override
    public Intervention kind() {
        return Intervention.INVERSE_DYNAMICS;
    }

    @Override
    public LimitKind limit() {
        return LimitKind.TORQUE;
    }
}
