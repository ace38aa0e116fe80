package dev.tactus.control.safety;

import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
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
    private static final int ENDS = 6;

    private final FrameKinematics kinematics;
    private final int[] frame;
    private final double[] local;
    private final double[] ends;
    private final int[] first;
    private final int[] second;
    private final double[] apart;
    /** Of each pair, for each joint: the most that a unit of its velocity moves the two against each other, m. */
    private final double[] reach;

    private final int joints;

    CollisionConstraint(RobotConfig robot, KinematicTree tree, SelfCollision figures) {
        MultibodyModel model = MultibodyModel.fixed(tree, robot.jointNames());
        kinematics = new FrameKinematics(model);
        joints = robot.joints().size();
        int capsules = figures.capsules().size();
        frame = new int[capsules];
        local = new double[ENDS * capsules];
        ends = new double[ENDS * capsules];
        for (int i = 0; i < capsules; i++) {
            Capsule capsule = figures.capsules().get(i);
            frame[i] = model.frame(capsule.link());
            System.arraycopy(capsule.from(), 0, local, ENDS * i, 3);
            System.arraycopy(capsule.to(), 0, local, ENDS * i + 3, 3);
        }
        int pairs = figures.pairs().size();
        first = figures.pairs().stream().mapToInt(CapsulePair::first).toArray();
        second = figures.pairs().stream().mapToInt(CapsulePair::second).toArray();
        apart = new double[pairs];
        reach = new double[pairs * joints];
        JointReach jointReach = new JointReach(tree, robot.jointNames());
        for (int i = 0; i < pairs; i++) {
            Capsule one = figures.capsules().get(first[i]);
            Capsule other = figures.capsules().get(second[i]);
            apart[i] = one.radius() + other.radius() + figures.margin() + GUARD_M;
            jointReach.between(one, other, reach, i * joints);
        }
    }

    @Override
    public double holdsFor(double[] q, double[] v, double[] a, double[] fastest) {
        kinematics.update(q);
        for (int i = 0; i < frame.length; i++) {
            place(i, ENDS * i);
            place(i, ENDS * i + 3);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int pair = 0; pair < first.length; pair++) {
            double clear = Segments.distance(ends, ENDS * first[pair], ends, ENDS * second[pair]) - apart[pair];
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

    private void place(int capsule, int at) {
        for (int k = 0; k < 3; k++) {
            ends[at + k] = kinematics.position(frame[capsule], k)
                    + kinematics.rotation(frame[capsule], 3 * k) * local[at]
                    + kinematics.rotation(frame[capsule], 3 * k + 1) * local[at + 1]
                    + kinematics.rotation(frame[capsule], 3 * k + 2) * local[at + 2];
        }
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
