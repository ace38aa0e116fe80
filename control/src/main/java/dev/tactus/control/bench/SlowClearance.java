package dev.tactus.control.bench;

import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.CapsulePair;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;
import dev.tactus.control.model.WorkspaceBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Distances between capsules by ternary search over chains of forward kinematics, and the tool in its box. Slow. */
final class SlowClearance {
    private static final int SEARCH = 60;
    private static final double ROUNDING = 1e-9;

    private final RobotConfig robot;
    private final Optional<SelfCollision> collision;
    private final List<Chain> chains = new ArrayList<>();
    private final Optional<Chain> tool;

    SlowClearance(RobotConfig robot, KinematicTree tree) {
        this.robot = robot;
        collision = robot.selfCollision();
        for (Capsule capsule : collision.map(SelfCollision::capsules).orElse(List.of())) {
            chains.add(new Chain(robot, tree, capsule.link()));
        }
        tool = robot.workspace().map(box -> new Chain(robot, tree, robot.requireToolFrame()));
    }

    /** The pose of one link. */
    private static final class Chain {
        private final ForwardKinematics kinematics;
        private final int[] order;
        private final double[] q;

        Chain(RobotConfig robot, KinematicTree tree, String link) {
            List<String> moving = new ArrayList<>();
            int base = tree.link(robot.baseLink());
            for (int at = tree.link(link); at != base; at = tree.parent(at)) {
                if (tree.jointType(at) != JointType.FIXED) {
                    moving.addFirst(tree.jointName(at));
                }
            }
            order = moving.stream().mapToInt(robot.jointNames()::indexOf).toArray();
            q = new double[order.length];
            kinematics = new ForwardKinematics(tree, moving, robot.baseLink(), link);
        }

        void update(double[] all) {
            for (int i = 0; i < order.length; i++) {
                q[i] = all[order[i]];
            }
            kinematics.update(q);
        }

        double[] point(double[] local) {
            double[] out = new double[3];
            for (int k = 0; k < 3; k++) {
                out[k] = kinematics.position(k)
                        + kinematics.rotation(3 * k) * local[0]
                        + kinematics.rotation(3 * k + 1) * local[1]
                        + kinematics.rotation(3 * k + 2) * local[2];
            }
            return out;
        }
    }

    /** What is too close or too far out at a configuration, or null. */
    String fault(double[] q) {
        for (Chain chain : chains) {
            chain.update(q);
        }
        if (collision.isPresent()) {
            for (CapsulePair pair : collision.get().pairs()) {
                double clear = clearance(pair);
                if (clear < collision.get().margin() - ROUNDING) {
                    Capsule first = collision.get().capsules().get(pair.first());
                    Capsule second = collision.get().capsules().get(pair.second());
                    return first.name() + " comes within " + clear + " m of " + second.name();
                }
            }
        }
        return tool.isPresent() ? toolFault(q) : null;
    }

    private String toolFault(double[] q) {
        WorkspaceBox box = robot.workspace().orElseThrow();
        tool.orElseThrow().update(q);
        for (int k = 0; k < 3; k++) {
            double at = tool.orElseThrow().kinematics.position(k);
            if (at < box.min()[k] - ROUNDING || at > box.max()[k] + ROUNDING) {
                return "the tool is at " + at + " m along axis " + k;
            }
        }
        return null;
    }

    private double clearance(CapsulePair pair) {
        Capsule first = collision.orElseThrow().capsules().get(pair.first());
        Capsule second = collision.orElseThrow().capsules().get(pair.second());
        double[] p0 = chains.get(pair.first()).point(first.from());
        double[] p1 = chains.get(pair.first()).point(first.to());
        double[] r0 = chains.get(pair.second()).point(second.from());
        double[] r1 = chains.get(pair.second()).point(second.to());
        double low = 0;
        double high = 1;
        for (int i = 0; i < SEARCH; i++) { // the distance of a point to a segment is convex along a line
            double third = (high - low) / 3;
            if (distance(p0, p1, low + third, r0, r1) < distance(p0, p1, high - third, r0, r1)) {
                high -= third;
            } else {
                low += third;
            }
        }
        return distance(p0, p1, low, r0, r1) - first.radius() - second.radius();
    }

    private static double distance(double[] p0, double[] p1, double share, double[] r0, double[] r1) {
        double along = 0;
        double length = 0;
        double[] offset = new double[3];
        for (int k = 0; k < 3; k++) {
            offset[k] = p0[k] + share * (p1[k] - p0[k]) - r0[k];
            along += offset[k] * (r1[k] - r0[k]);
            length += (r1[k] - r0[k]) * (r1[k] - r0[k]);
        }
        double at = length > 0 ? Math.clamp(along / length, 0.0, 1.0) : 0;
        double square = 0;
        for (int k = 0; k < 3; k++) {
            double d = offset[k] - at * (r1[k] - r0[k]);
            square += d * d;
        }
        return Math.sqrt(square);
    }
}
