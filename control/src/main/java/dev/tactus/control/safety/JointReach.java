package dev.tactus.control.safety;

import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How far from a joint's axis a point of a link can ever be: the lengths of the links between both, added up. An upper
 * bound at every configuration, and so one of how fast the point moves for a unit of the joint's velocity.
 */
final class JointReach {
    private final KinematicTree tree;
    private final List<String> joints;

    JointReach(KinematicTree tree, List<String> joints) {
        this.tree = tree;
        this.joints = joints;
    }

    /** Fills, for each joint, the most that a unit of its velocity moves two capsules against each other, m. */
    void between(Capsule one, Capsule other, double[] out, int at) {
        Set<Integer> shared = ancestors(tree.link(one.link()));
        shared.retainAll(ancestors(tree.link(other.link())));
        add(one.link(), extent(one), shared, out, at);
        add(other.link(), extent(other), shared, out, at);
    }

    /** Fills, for each joint above a link, the most that a unit of its velocity moves a point that far from its origin, m. */
    void of(String link, double extent, double[] out, int at) {
        add(link, extent, Set.of(), out, at);
    }

    private void add(String link, double extent, Set<Integer> shared, double[] out, int at) {
        double reach = extent;
        for (int i = tree.link(link); i >= 0 && tree.parent(i) >= 0; i = tree.parent(i)) {
            if (shared.contains(i)) {
                return; // joints that carry both do not move them against each other
            }
            int joint = joints.indexOf(tree.jointName(i));
            if (joint >= 0) {
                // A joint that slides moves what it carries by as much, wherever it is, and lengthens what is before
                // it.
                boolean slides = tree.jointType(i) == JointType.PRISMATIC;
                out[at + joint] = Math.max(out[at + joint], slides ? 1 : reach);
                reach += slides ? Math.max(Math.abs(tree.positionMin(i)), Math.abs(tree.positionMax(i))) : 0;
            }
            reach += length(tree.translation(i, 0), tree.translation(i, 1), tree.translation(i, 2));
        }
    }

    private Set<Integer> ancestors(int link) {
        Set<Integer> found = new HashSet<>();
        for (int i = link; i >= 0; i = tree.parent(i)) {
            found.add(i);
        }
        return found;
    }

    private static double extent(Capsule capsule) {
        double from = length(capsule.from()[0], capsule.from()[1], capsule.from()[2]);
        double to = length(capsule.to()[0], capsule.to()[1], capsule.to()[2]);
        return Math.max(from, to) + capsule.radius();
    }

    private static double length(double x, double y, double z) {
        return Math.sqrt(x * x + y * y + z * z);
    }
}
