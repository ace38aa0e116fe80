package dev.tactus.control.description;

import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.CapsulePair;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;
import dev.tactus.control.safety.CapsuleAxes;

/** How far a robot's capsules are from each other at a configuration. One thread at a time. */
public final class SelfClearance {
    private final SelfCollision shape;
    private final CapsuleAxes axes;

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
        axes = new CapsuleAxes(robot, tree, shape);
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
        axes.update(q);
        Nearest nearest = new Nearest("", Double.POSITIVE_INFINITY);
        for (int i = 0; i < shape.pairs().size(); i++) {
            CapsulePair pair = shape.pairs().get(i);
            Capsule first = shape.capsules().get(pair.first());
            Capsule second = shape.capsules().get(pair.second());
            double metres = axes.distance(i) - first.radius() - second.radius();
            if (metres < nearest.metres) {
                nearest = new Nearest(first.name() + " and " + second.name(), metres);
            }
        }
        return nearest;
    }
}
