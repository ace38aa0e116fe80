package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.policies.command.BadInputException;
import java.util.List;

/**
 * A motion through points at times, as a {@code trajectory_msgs/JointTrajectory} states one, checked against a robot and
 * made C2. Points with positions alone are connected by a cubic spline; with velocities too, each point gets the mean of
 * the accelerations that the cubics on both sides of it would have there; with accelerations too, they are taken as they
 * are. Between points the motion is quintic. It ends at rest. A trajectory that asks for more acceleration or jerk than the
 * robot is planned with takes more time, all of it by one factor, so that its path stays the same.
 *
 * <p>Made by any thread, which may allocate; immutable but for {@link #status}, which the control thread writes.
 */
public final class JointTrajectory {
    /**
     * A point on the way. Arrays are in the order of the trajectory's joints; those not given are empty.
     *
     * @param timeFromStartNs ns since the trajectory's start
     * @param positions rad
     * @param velocities rad/s, or empty
     * @param accelerations rad/s2, or empty
     */
    public record Point(long timeFromStartNs, double[] positions, double[] velocities, double[] accelerations) {}

    /**
     * How far the robot may be off.
     *
     * @param path rad, of any joint on the way; 0 for whatever it is
     * @param goal rad, of any joint at the end; 0 for whatever it is
     * @param goalTimeNs ns after the end within which the goal must be reached; 0 for as long as it takes
     */
    public record Tolerances(double path, double goal, long goalTimeNs) {
        /** Nothing is checked. */
        public static final Tolerances NONE = new Tolerances(0, 0, 0);

        /** Checks the numbers. */
        public Tolerances {
            if (!(path >= 0) || !(goal >= 0) || goalTimeNs < 0) {
                throw new BadInputException("tolerances of path " + path + " rad, goal " + goal + " rad, goal time "
                        + goalTimeNs + " ns; each must be 0 or more, and 0 is for no check");
            }
        }
    }

    /** What has become of a trajectory. */
    public enum Status {
        /** The control thread has not begun it. */
        PENDING,
        /** The robot follows it. */
        ACTIVE,
        /** It was followed to its end, within its tolerances. */
        SUCCEEDED,
        /** A newer trajectory, a hold or a start took over from it. */
        REPLACED,
        /** It had ended before it came. */
        TOO_OLD,
        /** A joint was off by more than the tolerance on the way; the robot has stopped. */
        PATH_TOLERANCE_VIOLATED,
        /** The goal was not reached in time; the robot still aims at it. */
        GOAL_TOLERANCE_VIOLATED
    }

    /** Rounding must not leave a stretched trajectory above the limit that it was stretched to. */
    private static final double SLACK = 1 + 1e-9;

    private final long startNs;
    private final Tolerances tolerances;
    private final double stretch;
    private final TrajectoryKnots knots;
    private final QuinticSegment[] segments;
    private volatile Status status = Status.PENDING;

    private JointTrajectory(long startNs, Tolerances tolerances, TrajectoryKnots planned, List<JointConfig> joints) {
        this.startNs = startNs;
        this.tolerances = tolerances;
        stretch = Math.max(1, SLACK * excess(connect(planned), joints));
        knots = stretch > 1 ? planned.slower(stretch) : planned;
        segments = connect(knots);
    }

    /**
     * Checks a trajectory and makes it ready to be followed.
     *
     * @param robot the robot that shall follow it
     * @param joints names of the trajectory's joints: those of the robot, in any order
     * @param startNs when it starts, ns on the loop's clock; 0 for as soon as it comes
     * @param points at least one, each with as many numbers as there are joints, at times that increase
     * @param tolerances how far the robot may be off
     * @return the trajectory
     * @throws BadInputException if joints or sizes do not fit, a time or number makes no sense, a position is out of its
     *     limits, or it does not end at rest; says which
     */
    public static JointTrajectory of(
            RobotConfig robot, List<String> joints, long startNs, List<Point> points, Tolerances tolerances) {
        return new JointTrajectory(startNs, tolerances, TrajectoryKnots.of(robot, joints, points), robot.joints());
    }

    private static QuinticSegment[] connect(TrajectoryKnots knots) {
        QuinticSegment[] segments = new QuinticSegment[knots.count() - 1];
        for (int k = 0; k < segments.length; k++) {
            segments[k] = new QuinticSegment(knots.joints());
            segments[k].span(knots.timeNs(k), knots.timeNs(k + 1) - knots.timeNs(k));
            for (int joint = 0; joint < knots.joints(); joint++) {
                segments[k].connect(
                        joint,
                        knots.position(k, joint),
                        knots.velocity(k, joint),
                        knots.acceleration(k, joint),
                        knots.position(k + 1, joint),
                        knots.velocity(k + 1, joint),
                        knots.acceleration(k + 1, joint));
            }
        }
        return segments;
    }

    /** By what factor time must grow so that no segment asks for too much: acceleration falls with its square. */
    private static double excess(QuinticSegment[] segments, List<JointConfig> joints) {
        double factor = 0;
        for (QuinticSegment segment : segments) {
            for (int joint = 0; joint < joints.size(); joint++) {
                double a = joints.get(joint).motion().acceleration().orElse(Double.POSITIVE_INFINITY);
                double j = joints.get(joint).motion().jerk().orElse(Double.POSITIVE_INFINITY);
                factor = Math.max(factor, Math.sqrt(segment.peakAcceleration(joint) / a));
                factor = Math.max(factor, Math.cbrt(segment.peakJerk(joint) / j));
            }
        }
        return factor;
    }

    /**
     * What has become of it. Any thread.
     *
     * @return the status
     */
    public Status status() {
        return status;
    }

    /** Control thread, or whoever replaces it before the control thread has seen it. */
    void status(Status now) {
        status = now;
    }

    /**
     * By what factor it takes longer than was asked for, so that it stays within the robot's acceleration and jerk.
     *
     * @return 1 or more
     */
    public double stretch() {
        return stretch;
    }

    /**
     * When it starts.
     *
     * @return ns on the loop's clock, or 0 for as soon as it comes
     */
    public long startNs() {
        return startNs;
    }

    Tolerances tolerances() {
        return tolerances;
    }

    /** Time of the first point since the start, ns. */
    long firstNs() {
        return knots.timeNs(0);
    }

    /** Time of the last point since the start, ns. */
    long endNs() {
        return knots.timeNs(knots.count() - 1);
    }

    /** A joint's position at the end, rad. */
    double goal(int joint) {
        return knots.position(knots.count() - 1, joint);
    }

    /** Writes the motion at a time since the start; before the first point it is that of the first. */
    void sample(long sinceStartNs, JointReference out) {
        int low = 0;
        int high = segments.length - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (sinceStartNs < knots.timeNs(middle + 1)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (segments.length > 0 && sinceStartNs < endNs()) {
            segments[low].evaluate(sinceStartNs, out);
            return;
        }
        for (int joint = 0; joint < knots.joints(); joint++) {
            out.position()[joint] = goal(joint);
            out.velocity()[joint] = 0;
            out.acceleration()[joint] = 0;
        }
    }
}
