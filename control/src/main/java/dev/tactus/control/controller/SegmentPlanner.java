package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointConfig;
import java.util.List;

/**
 * Lays the segments of a joint motion end to end: each begins with the position, velocity and acceleration that the last
 * one has at that time. Allocates nothing after construction.
 */
final class SegmentPlanner {
    private static final int SEARCH_STEPS = 32;
    private static final double INVERSE_GOLDEN = 0.5 * (Math.sqrt(5) - 1);
    /** Share of the acceleration limit that a stop takes. */
    private static final double STOP_SHARE = 0.8;

    private static final int LONGEST_STOP = 64;

    private final int joints;
    private final double speed;
    private final long periodNs;
    private final double periodS;
    private final double[] acceleration;
    private final JointReference from;
    private QuinticSegment segment;
    private QuinticSegment spare;

    SegmentPlanner(List<JointConfig> joints, double speed, long periodNs) {
        this.joints = joints.size();
        this.speed = speed;
        this.periodNs = periodNs;
        this.periodS = periodNs * 1e-9;
        this.acceleration = joints.stream()
                .mapToDouble(joint -> joint.limits().acceleration().orElse(Double.POSITIVE_INFINITY))
                .toArray();
        this.from = new JointReference(this.joints);
        this.segment = new QuinticSegment(this.joints);
        this.spare = new QuinticSegment(this.joints);
    }

    void evaluate(long nowNs, JointReference reference) {
        segment.evaluate(nowNs, reference);
    }

    void rest(long nowNs, double[] position) {
        segment.span(nowNs, 1);
        for (int joint = 0; joint < joints; joint++) {
            segment.rest(joint, position[joint]);
        }
    }

    /** Draws a target back towards the one before it until no joint is faster than the reference speed. */
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
     * Leads to a target. Velocity and acceleration there are the differences over the targets before and after it, one
     * period apart; without one after it ({@code null}), the velocity is that of the way from the one before.
     */
    void lead(long fromNs, long untilNs, double[] before, double[] target, double[] after) {
        begin(fromNs, untilNs - fromNs);
        for (int joint = 0; joint < joints; joint++) {
            double velocity = (target[joint] - before[joint]) / periodS;
            double curve = 0;
            if (after != null) {
                curve = (after[joint] - 2 * target[joint] + before[joint]) / (periodS * periodS);
                velocity = (after[joint] - before[joint]) / (2 * periodS);
            }
            double limit = acceleration[joint];
            if (connect(joint, target[joint], velocity, Math.clamp(curve, -limit, limit)) > limit) {
                soften(joint, target[joint]);
            }
        }
        end();
    }

    /** Stops every joint, in as many periods as the acceleration limits need. */
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
            gentle &= spare.peakAcceleration(joint) <= allowed;
        }
        return gentle;
    }

    /** Golden-section search for the end velocity with the least peak acceleration, which is convex in it. */
    private void soften(int joint, double target) {
        double low = -speed;
        double high = speed;
        for (int i = 0; i < SEARCH_STEPS; i++) {
            double left = high - INVERSE_GOLDEN * (high - low);
            double right = low + INVERSE_GOLDEN * (high - low);
            if (connect(joint, target, left, 0) <= connect(joint, target, right, 0)) {
                high = right;
            } else {
                low = left;
            }
        }
        connect(joint, target, 0.5 * (low + high), 0);
    }

    private double connect(int joint, double q, double v, double a) {
        spare.connect(joint, from.position()[joint], from.velocity()[joint], from.acceleration()[joint], q, v, a);
        return spare.peakAcceleration(joint);
    }

    private void begin(long fromNs, long durationNs) {
        segment.evaluate(fromNs, from);
        spare.span(fromNs, durationNs);
    }

    private void end() {
        QuinticSegment last = segment;
        segment = spare;
        spare = last;
    }
}
