package dev.tactus.control.description;

import dev.tactus.control.dynamics.FrameKinematics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.CapsulePair;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;
import dev.tactus.control.safety.Segments;

/** How far a robot's capsules are from each other at a configuration. One thread at a time. */
public final class SelfClearance {
    private static final int ENDS = 6;

    private final SelfCollision shape;
    private final FrameKinematics kinematics;
    private final int[] frames;
    private final double[] ends;

    /**
     * Prepares a robot.
     *
     * @param robot its joints and capsules; fingers stay where the URDF has zero
     * @param tree its links
     * @param shape its capsules
     * @throws dev.tactus.policies.command.BadInputException if a capsule moves with a link that the URDF does not have
     */
    public SelfClearance(RobotConfig robot, KinematicTree tree, SelfCollision shape) {
        this.shape = shape;
        MultibodyModel model = MultibodyModel.fixed(tree, robot.jointNames());
        kinematics = new FrameKinematics(model);
        frames = shape.capsules().stream()
                .mapToInt(capsule -> model.frame(capsule.link()))
                .toArray();
        ends = new double[ENDS * frames.length];
    }

    /**
     * The least distance over all pairs.
     *
     * @param pair the names of the two capsules
     * @param metres m; negative where they overlap; infinite if no pair is listed
     */
    public record Nearest(String pair, double metres) {}

    /**
     * Finds the pair that is nearest to each other.
     *
     * @param q rad, joint order
     * @return the pair, without the margin that it should keep
     */
    public Nearest at(double[] q) {
        kinematics.update(q);
        for (int i = 0; i < frames.length; i++) {
            place(i, shape.capsules().get(i).from(), ENDS * i);
            place(i, shape.capsules().get(i).to(), ENDS * i + 3);
        }
        Nearest nearest = new Nearest("", Double.POSITIVE_INFINITY);
        for (CapsulePair pair : shape.pairs()) {
            Capsule first = shape.capsules().get(pair.first());
            Capsule second = shape.capsules().get(pair.second());
            double metres = Segments.distance(ends, ENDS * pair.first(), ends, ENDS * pair.second())
                    - first.radius()
                    - second.radius();
            if (metres < nearest.metres) {
                nearest = new Nearest(first.name() + " and " + second.name(), metres);
            }
        }
        return nearest;
    }

    private void place(int capsule, double[] local, int at) {
        for (int k = 0; k < 3; k++) {
            ends[at + k] = kinematics.position(frames[capsule], k);
            for (int axis = 0; axis < 3; axis++) {
                ends[at + k] += kinematics.rotation(frames[capsule], 3 * k + axis) * local[axis];
            }
        }
    }
}
