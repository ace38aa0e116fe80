package dev.tactus.control.safety;

import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.CapsulePair;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.LimitKind;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;

/**
 * Capsules of different links keep a margin from each other, also between two looks: two of them come closer no faster
 * than the sum over the joints between both links of |joint velocity| times the joint's reach, so what is clear now lasts
 * for as long as that takes (conservative advancement: Mirtich, Timewarp Rigid Body Simulation, 2000).
 */
final class CollisionConstraint implements StopConstraint {
    private final CapsuleAxes axes;
    private final double[] apart;
    /** Of each pair, for each joint: the most that a unit of its velocity moves the two against each other, m. */
    private final double[] reach;

    private final int joints;

    CollisionConstraint(RobotConfig robot, KinematicTree tree, SelfCollision figures) {
        axes = new CapsuleAxes(robot, tree, figures);
        joints = robot.joints().size();
        int pairs = figures.pairs().size();
        apart = new double[pairs];
        reach = new double[pairs * joints];
        JointReach jointReach = new JointReach(tree, robot.jointNames());
        for (int i = 0; i < pairs; i++) {
            CapsulePair pair = figures.pairs().get(i);
            Capsule one = figures.capsules().get(pair.first());
            Capsule other = figures.capsules().get(pair.second());
            apart[i] = one.radius() + other.radius() + figures.margin() + GUARD_M;
            jointReach.between(one, other, reach, i * joints);
        }
    }

    @Override
    public double holdsFor(double[] q, double[] v, double[] a, double[] fastest) {
        axes.update(q);
        double least = Double.POSITIVE_INFINITY;
        for (int pair = 0; pair < apart.length; pair++) {
            double clear = axes.distance(pair) - apart[pair];
            if (!(clear >= 0)) {
                return -1;
            }
            double approach = 0;
            for (int joint = 0; joint < joints; joint++) {
                approach += reach[pair * joints + joint] * fastest[joint];
            }
            if (clear < least * approach) {
                least = clear / approach;
            }
        }
        return least;
    }

    @Override
    public Intervention kind() {
        return Intervention.SELF_COLLISION;
    }

    @Override
    public LimitKind limit() {
        return LimitKind.SELF_COLLISION;
    }
}
