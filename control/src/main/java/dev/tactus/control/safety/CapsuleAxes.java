package dev.tactus.control.safety;

import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.CapsulePair;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;

/**
 * Where the axes of a robot's capsules are at a configuration, and how far those of a pair are apart. One thread at a time;
 * allocates nothing after construction.
 */
public final class CapsuleAxes {
    private static final int ENDS = 6;

    private final FrameKinematics kinematics;
    private final int[] frame;
    private final double[] local;
    private final double[] ends;
    private final int[] first;
    private final int[] second;

    /**
     * Prepares a robot.
     *
     * @param robot its joints; fingers stay where the URDF has zero
     * @param tree its links
     * @param shape its capsules and the pairs of them that count
     * @throws dev.tactus.policies.command.BadInputException if a capsule moves with a link that the URDF does not have
     */
    public CapsuleAxes(RobotConfig robot, KinematicTree tree, SelfCollision shape) {
        MultibodyModel model = MultibodyModel.fixed(tree, robot.jointNames());
        kinematics = new FrameKinematics(model);
        int capsules = shape.capsules().size();
        frame = new int[capsules];
        local = new double[ENDS * capsules];
        ends = new double[ENDS * capsules];
        for (int i = 0; i < capsules; i++) {
            Capsule capsule = shape.capsules().get(i);
            frame[i] = model.frame(capsule.link());
            System.arraycopy(capsule.from(), 0, local, ENDS * i, 3);
            System.arraycopy(capsule.to(), 0, local, ENDS * i + 3, 3);
        }
        first = shape.pairs().stream().mapToInt(CapsulePair::first).toArray();
        second = shape.pairs().stream().mapToInt(CapsulePair::second).toArray();
    }

    /**
     * Moves the axes to a configuration.
     *
     * @param q rad, robot's joint order
     */
    public void update(double[] q) {
        kinematics.update(q);
        for (int i = 0; i < frame.length; i++) {
            place(i, ENDS * i);
            place(i, ENDS * i + 3);
        }
    }

    /**
     * The distance between the axes of a pair; what their radii leave of it is clear.
     *
     * @param pair its place in the list of pairs
     * @return m
     */
    public double distance(int pair) {
        return Segments.distance(ends, ENDS * first[pair], ends, ENDS * second[pair]);
    }

    private void place(int capsule, int at) {
        for (int k = 0; k < 3; k++) {
            ends[at + k] = kinematics.position(frame[capsule], k)
                    + kinematics.rotation(frame[capsule], 3 * k) * local[at]
                    + kinematics.rotation(frame[capsule], 3 * k + 1) * local[at + 1]
                    + kinematics.rotation(frame[capsule], 3 * k + 2) * local[at + 2];
        }
    }
}
