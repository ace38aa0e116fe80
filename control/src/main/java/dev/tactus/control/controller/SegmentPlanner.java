package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointConfig;
import java.util.List;

/**
 * Lays the segments of a joint motion end to end: each begins with the position, velocity and acceleration that the last
 * one has at that time. Allocates nothing after construction.
 */
final class SegmentPlanner {
    /** Share of the acceleration limit that a stop takes. */
    private static final double STOP_SHARE = 0.8;

    private static final int LONGEST_STOP = 64;
    private static final int MOST_LATE = 40;

    /** How far ahead a motion is met that is under way already, at first, and how far ahead at most. */
    private static final long LEAST_ENTRY_NS = 10_000_000L;

    private static final long MOST_ENTRY_NS = 60_000_000_000L;

    private final int joints;
    private final double speed;
    private final long periodNs;
    private final double periodS;
    private final double[] acceleration;
    private final double[] jerk;
    private final JointReference from;
    private final JointReference entry;
    private QuinticSegment segment;
    private QuinticSegment spare;
    /** What the segment leads to and goes on as; null for where it ends. */
    private JointTrajectory continuation;

    private long continuationStartNs;

    SegmentPlanner(List<JointConfig> joints, double speed, long periodNs) {
        this.joints = joints.size();
        this.speed = speed;
        this.periodNs = periodNs;
        this.periodS = periodNs * 1e-9;
        this.acceleration = joints.stream()
                .mapToDouble(joint -> joint.motion().acceleration().orElse(Double.POSITIVE_INFINITY))
                .toArray();
        this.jerk = joints.stream()
                .mapToDouble(joint -> joint.motion().jerk().orElse(Double.POSITIVE_INFINITY))
                .toArray();
        this.from = new JointReference(this.joints);
        this.entry = new JointReference(this.joints);
        this.segment = new QuinticSegment(this.joints);
        this.spare = new QuinticSegment(this.joints);
    }

    void evaluate(long nowNs, JointReference reference) {
        if (continuation != null && nowNs >= segment.endNs()) {
            continuation.sample(nowNs - continuationStartNs, reference);
        } else {
            segment.evaluate(nowNs, reference);
        }
    }

    /** When the present segment ends, ns. */
    long segmentEndNs() {
        return segment.endNs();
    }

    void rest(long nowNs, double[] position) {
        continuation = null;
        segment.span(nowNs, 1);
        for (int joint = 0; joint < joints; joint++) {
            segment.rest(joint, position[joint]);
        }
    }

    /** Draws a target back towards a position until no joint moves faster than the reference speed in a period. */
    boolean limitStep(double[] before, double[] target) {
        double greatest = 0;
        for (int joint = 0; joint < joints; joint++) {
            greatest = Math.max(greatest, Math.abs(target[joint] - before[joint]));
        }
        double allowed = speed * periodS;
        if (greatest <= allowed) {
            return false;
        }
        double share = allowed / greatest;
        for (int joint = 0; joint < joints; joint++) {
            target[joint] = before[joint] + share * (target[joint] - before[joint]);
        }
        return true;
    }

    /**
     * Leads to where the uniform cubic B-spline over the targets before, now and after is at the end of the tick, with P
     * the period:
     *
     * <pre>q = (b + 4 t + a) / 6,  v = (a - b) / (2 P),  acceleration = (a - 2 t + b) / P^2</pre>
     *
     * <p>Without a target after it ({@code null}), the targets are taken to go on in a line. Where a joint's acceleration
     * or jerk limit does not allow that within the tick, all joints get as many periods more as it takes, for a point that
     * moves on with the end's velocity. If nothing changes, the next tick's plan is the rest of this one. Where that does
     * not help either, the joints stop.
     *
     * @return whether more periods were needed
     */
    boolean lead(long fromNs, long untilNs, double[] before, double[] target, double[] after) {
        int late = 0;
        begin(fromNs, untilNs - fromNs);
        while (!leads(late, before, target, after)) {
            late++;
            if (late > MOST_LATE) {
                stop(fromNs);
                return true;
            }
            spare.span(fromNs, untilNs - fromNs + late * periodNs);
        }
        end();
        return late > 0;
    }

    private boolean leads(int late, double[] before, double[] target, double[] after) {
        boolean allowed = true;
        for (int joint = 0; joint < joints; joint++) {
            double t = target[joint];
            double b = before[joint];
            double limit = acceleration[joint];
            double curve = after == null ? 0 : after[joint] - 2 * t + b;
            double velocity = (t - b + 0.5 * curve) / periodS;
            double position = t + curve / 6 + late * periodS * velocity;
            double bend = late > 0 ? 0 : Math.clamp(curve / (periodS * periodS), -limit, limit);
            spare.connect(
                    joint,
                    from.position()[joint],
                    from.velocity()[joint],
                    from.acceleration()[joint],
                    position,
                    velocity,
                    bend);
            allowed &= spare.peakAcceleration(joint) <= limit && spare.peakJerk(joint) <= jerk[joint];
        }
        return allowed;
    }

    /**
     * Leads into a trajectory: to its first point, or if that is past to where it is a little later, or, where the limits
     * do not allow that, later still; beyond its end that is its goal, at rest. If nothing is found, the joints stop.
     *
     * @return whether it had to be later
     */
    boolean join(JointTrajectory trajectory, long startNs, long fromNs) {
        long since = fromNs - startNs;
        long at = trajectory.firstNs() > since ? trajectory.firstNs() : since + LEAST_ENTRY_NS;
        long step = LEAST_ENTRY_NS;
        boolean later = false;
        begin(fromNs, at - since);
        while (!meets(trajectory, at)) {
            later = true;
            at += step;
            step += step / 8;
            if (at - since > MOST_ENTRY_NS) {
                stop(fromNs);
                return true;
            }
            spare.span(fromNs, at - since);
        }
        end();
        continuation = trajectory;
        continuationStartNs = startNs;
        return later;
    }

    private boolean meets(JointTrajectory trajectory, long at) {
        trajectory.sample(at, entry);
        boolean allowed = true;
        for (int joint = 0; joint < joints; joint++) {
            spare.connect(
                    joint,
                    from.position()[joint],
                    from.velocity()[joint],
                    from.acceleration()[joint],
                    entry.position()[joint],
                    entry.velocity()[joint],
                    entry.acceleration()[joint]);
            allowed &= spare.peakAcceleration(joint) <= acceleration[joint] && spare.peakJerk(joint) <= jerk[joint];
        }
        return allowed;
    }

    /** Stops every joint, in as many periods as the acceleration and jerk limits need. */
    void stop(long fromNs) {
        int periods = 1;
        begin(fromNs, periodNs);
        while (!stopsGently() && periods < LONGEST_STOP) {
            periods++;
            spare.span(fromNs, periods * periodNs);
        }
        end();
    }

    private boolean stopsGently() {
        boolean gentle = true;
        for (int joint = 0; joint < joints; joint++) {
            double a0 = from.acceleration()[joint];
            spare.stop(joint, from.position()[joint], from.velocity()[joint], a0);
            double allowed = Math.max(STOP_SHARE * acceleration[joint], Math.abs(a0));
            gentle &= spare.peakAcceleration(joint) <= allowed && spare.peakJerk(joint) <= jerk[joint];
        }
        return gentle;
    }

    private void begin(long fromNs, long durationNs) {
        evaluate(fromNs, from);
        spare.span(fromNs, durationNs);
    }

    private void end() {
        QuinticSegment last = segment;
        segment = spare;
        spare = last;
        continuation = null;
    }
}
