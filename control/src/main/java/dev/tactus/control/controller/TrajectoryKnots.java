package dev.tactus.control.controller;

import dev.tactus.control.controller.JointTrajectory.Point;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import java.util.HashSet;
import java.util.List;

/** The points of a trajectory in the robot's joint order, each with position, velocity and acceleration. Immutable. */
final class TrajectoryKnots {
    private static final double AT_REST = 1e-9;

    private final long[] timesNs;
    private final double[][] positions;
    private final double[][] velocities;
    private final double[][] accelerations;

    private TrajectoryKnots(long[] timesNs, double[][] positions, double[][] velocities, double[][] accelerations) {
        this.timesNs = timesNs;
        this.positions = positions;
        this.velocities = velocities;
        this.accelerations = accelerations;
    }

    static TrajectoryKnots of(RobotConfig robot, List<String> joints, List<Point> points) {
        requireJoints(robot, joints);
        if (points.isEmpty()) {
            throw new BadInputException("the trajectory has no point; it needs at least one");
        }
        int count = points.size();
        long[] times = new long[count];
        double[][] q = new double[count][joints.size()];
        double[][] v = new double[count][joints.size()];
        double[][] a = new double[count][joints.size()];
        for (int k = 0; k < count; k++) {
            Point point = points.get(k);
            requireShape(k, point, points.getFirst(), joints.size());
            times[k] = point.timeFromStartNs();
            if (times[k] < 0 || k > 0 && times[k] <= times[k - 1]) {
                throw bad(k, "comes at " + times[k] + " ns; times must not be negative and must increase");
            }
            for (int i = 0; i < joints.size(); i++) {
                int joint = robot.jointNames().indexOf(joints.get(i));
                q[k][joint] = within(robot, k, joint, point.positions()[i]);
                v[k][joint] = point.velocities().length == 0 ? 0 : finite(k, point.velocities()[i]);
                a[k][joint] = point.accelerations().length == 0 ? 0 : finite(k, point.accelerations()[i]);
            }
        }
        requireRest(v[count - 1], a[count - 1]);
        TrajectoryKnots knots = new TrajectoryKnots(times, q, v, a);
        if (points.getFirst().velocities().length == 0) {
            knots.spline();
        }
        if (points.getFirst().accelerations().length == 0) {
            knots.meanAccelerations();
        }
        return knots;
    }

    /** The same path, slower by a factor. */
    TrajectoryKnots slower(double factor) {
        int count = count();
        long[] times = new long[count];
        double[][] v = new double[count][joints()];
        double[][] a = new double[count][joints()];
        for (int k = 0; k < count; k++) {
            times[k] = (long) Math.ceil(timesNs[k] * factor);
            for (int joint = 0; joint < joints(); joint++) {
                v[k][joint] = velocities[k][joint] / factor;
                a[k][joint] = accelerations[k][joint] / (factor * factor);
            }
        }
        return new TrajectoryKnots(times, positions, v, a);
    }

    private static void requireJoints(RobotConfig robot, List<String> joints) {
        if (joints.size() != robot.joints().size()
                || !new HashSet<>(joints).equals(new HashSet<>(robot.jointNames()))) {
            throw new BadInputException("the trajectory's joints are " + joints + "; robot " + robot.name()
                    + " needs each of " + robot.jointNames() + " once, in any order");
        }
    }

    private static void requireShape(int k, Point point, Point first, int joints) {
        requireSize(k, "positions", point.positions().length, joints);
        requireSize(k, "velocities", point.velocities().length, first.velocities().length == 0 ? 0 : joints);
        requireSize(k, "accelerations", point.accelerations().length, first.accelerations().length == 0 ? 0 : joints);
        if (point.accelerations().length > 0 && point.velocities().length == 0) {
            throw bad(k, "has accelerations without velocities; give both or none");
        }
    }

    private static void requireSize(int k, String what, int found, int needed) {
        if (found != needed) {
            throw bad(
                    k,
                    "has " + found + " " + what + " where " + needed
                            + " are needed: one a joint, or none in every point");
        }
    }

    private static double within(RobotConfig robot, int k, int joint, double position) {
        JointLimits limits = robot.joints().get(joint).limits();
        if (!(position >= limits.positionMin() && position <= limits.positionMax())) {
            throw bad(
                    k,
                    "has joint " + robot.joints().get(joint).name() + " at " + position + " rad; allowed is "
                            + limits.positionMin() + " to " + limits.positionMax() + " rad");
        }
        return position;
    }

    private static double finite(int k, double value) {
        if (!Double.isFinite(value)) {
            throw bad(k, "has a velocity or acceleration of " + value);
        }
        return value;
    }

    private static void requireRest(double[] velocity, double[] acceleration) {
        for (int joint = 0; joint < velocity.length; joint++) {
            if (Math.abs(velocity[joint]) > AT_REST || Math.abs(acceleration[joint]) > AT_REST) {
                throw new BadInputException("the trajectory ends with a velocity of " + velocity[joint]
                        + " rad/s and an acceleration of " + acceleration[joint]
                        + " rad/s2; it must end at rest, so make both 0 in its last point");
            }
            velocity[joint] = 0;
            acceleration[joint] = 0;
        }
    }

    private static BadInputException bad(int k, String what) {
        return new BadInputException("point " + k + " of the trajectory " + what);
    }

    /**
     * Velocities of the cubic spline through the positions, at rest at the end, and at the beginning too if that is where
     * the trajectory starts; otherwise without acceleration there. With h the times between points and d the slopes:
     *
     * <pre>h_k v_(k-1) + 2 (h_(k-1) + h_k) v_k + h_(k-1) v_(k+1) = 3 (h_k d_(k-1) + h_(k-1) d_k)</pre>
     *
     * <p>(de Boor, A Practical Guide to Splines, chapter IV), solved by elimination.
     */
    private void spline() {
        int count = count();
        double[] upper = new double[count];
        for (int joint = 0; joint < joints() && count > 1; joint++) {
            boolean free = timesNs[0] > 0;
            upper[0] = free ? 0.5 : 0;
            velocities[0][joint] = free ? 1.5 * slope(0, joint) : 0;
            for (int k = 1; k < count - 1; k++) {
                double before = seconds(k - 1);
                double after = seconds(k);
                double right = 3 * (after * slope(k - 1, joint) + before * slope(k, joint));
                double pivot = 2 * (before + after) - after * upper[k - 1];
                upper[k] = before / pivot;
                velocities[k][joint] = (right - after * velocities[k - 1][joint]) / pivot;
            }
            for (int k = count - 2; k >= 0; k--) {
                velocities[k][joint] -= upper[k] * velocities[k + 1][joint];
            }
        }
    }

    /** At each inner point the mean of what the cubics before and after it have there; of a spline both are equal. */
    private void meanAccelerations() {
        for (int k = 1; k < count() - 1; k++) {
            for (int joint = 0; joint < joints(); joint++) {
                double v = velocities[k][joint];
                double left = (-6 * slope(k - 1, joint) + 2 * velocities[k - 1][joint] + 4 * v) / seconds(k - 1);
                double right = (6 * slope(k, joint) - 4 * v - 2 * velocities[k + 1][joint]) / seconds(k);
                accelerations[k][joint] = (left + right) / 2;
            }
        }
    }

    private double seconds(int k) {
        return (timesNs[k + 1] - timesNs[k]) * 1e-9;
    }

    private double slope(int k, int joint) {
        return (positions[k + 1][joint] - positions[k][joint]) / seconds(k);
    }

    int count() {
        return timesNs.length;
    }

    int joints() {
        return positions[0].length;
    }

    long timeNs(int k) {
        return timesNs[k];
    }

    double position(int k, int joint) {
        return positions[k][joint];
    }

    double velocity(int k, int joint) {
        return velocities[k][joint];
    }

    double acceleration(int k, int joint) {
        return accelerations[k][joint];
    }
}
