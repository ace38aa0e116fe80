package dev.tactus.control.safety;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import java.util.Optional;

/**
 * The last stage before hardware on every path: what leaves it is viable. Its state is what it last <em>issued</em>,
 * x = (q, v, a) of all joints, not what a sensor says, and with x it keeps a stop: a motion to rest, bounded in jerk, that
 * stays inside every limit of the robot. One cycle:
 *
 * <ol>
 *   <li>A reference that a motion within acceleration and jerk bounds reaches from x passes to the bit; any other is
 *       followed as well as the bounds allow; one that is not finite is answered by the stop.
 *   <li>Joint by joint, the sample is drawn towards the next sample of the stop until it is viable ({@link JointBounds}).
 *       Both are ends of motions within the bounds, so every point between them is the end of one.
 *   <li>All joints together are drawn in the same way until every {@link StopConstraint} (joint torques by inverse
 *       dynamics, self-collision, workspace) holds along the whole stop that would follow.
 *   <li>If nothing else is viable, the next sample of the stop itself is issued. So there is always an answer.
 * </ol>
 *
 * <p>The guarantee is conditional on a viable first state, which {@link #reset} demands. Only the limit that comes last in
 * the robot's order of priority may be out at the start (a tool outside its box): it is counted and holds from when the
 * robot first keeps it. A joint without published or chosen bounds of acceleration and jerk (the drives of a quadruped)
 * stands at once; position and rate of its reference are limited. Called by the control thread; allocates nothing, never
 * throws after construction.
 */
public final class SafetyFilter {
    /** Rounding of positions in a step, rad, which a jerk computed from them inherits. */
    private static final double ROUNDING = 4e-15;

    /** Three pieces of constant jerk pass a smooth peak of acceleration at this share of it, where the motion itself does not. */
    private static final double BULGE = 0.01;

    private static final int HALVINGS = 10;
    private static final int COUPLED_HALVINGS = 5;

    private final InterventionCounters counters;
    private final int joints;
    private final JointBounds[] bounds;
    private final StopConstraint[] constraints;
    private final StopProfile stored;
    private final StopProfile trial;
    private final JointTracking tracking;
    private final double[] q;
    private final double[] v;
    private final double[] a;
    private final double[] wantedQ;
    private final double[] wantedV;
    private final double[] wantedA;
    private final boolean lastMayYield;
    /** How many of the constraints count; one less while the robot has not yet come to where the last of them holds. */
    private int enforced;

    private double gripperOpening;

    /**
     * Takes a robot's limits and planning bounds.
     *
     * @param robot limits, planning bounds, self-collision, workspace
     * @param tree its links, from the URDF
     * @param counters counts each intervention by kind
     * @throws IllegalArgumentException if a joint's planning bounds are incomplete
     */
    public SafetyFilter(RobotConfig robot, KinematicTree tree, InterventionCounters counters) {
        this.counters = counters;
        joints = robot.joints().size();
        bounds = robot.joints().stream().map(JointBounds::new).toArray(JointBounds[]::new);
        constraints = StopConstraint.of(robot, tree);
        lastMayYield = constraints.length > 0
                && robot.limitPriority().getLast() == constraints[constraints.length - 1].limit();
        enforced = constraints.length;
        stored = new StopProfile(bounds);
        trial = new StopProfile(bounds);
        tracking = new JointTracking();
        q = new double[joints];
        v = new double[joints];
        a = new double[joints];
        wantedQ = new double[joints];
        wantedV = new double[joints];
        wantedA = new double[joints];
    }

    /**
     * Begins at rest at a position. Not for the control cycle: it may allocate. A leg that rests on its end stop may measure
     * a little beyond its range; it begins at the end of the range.
     *
     * @param start rad, robot's joint order
     * @param gripper the gripper's target to begin with, m
     * @return empty, or why the filter refuses to start there; nothing is changed then
     */
    public Optional<Intervention> reset(double[] start, double gripper) {
        for (int joint = 0; joint < joints; joint++) {
            if (!Double.isFinite(start[joint])) {
                return Optional.of(Intervention.NON_FINITE);
            }
            trial.plan(joint, bounds[joint].nearest(start[joint]), 0, 0);
            Intervention reason = bounds[joint].violation(trial.stop(joint));
            if (reason != null) {
                return Optional.of(reason);
            }
        }
        boolean relaxed = lastMayYield && trial.violation(constraints, constraints.length) != null;
        int count = relaxed ? constraints.length - 1 : constraints.length;
        Intervention reason = trial.violation(constraints, count);
        if (reason != null) {
            return Optional.of(reason);
        }
        if (relaxed) {
            counters.count(Intervention.RELAXED_LIMIT);
        }
        enforced = count;
        commit(trial);
        gripperOpening = gripper;
        return Optional.empty();
    }

    /**
     * Issues the next sample.
     *
     * @param reference what is wanted; what is issued afterwards
     * @param seconds time since the last sample, s, more than 0
     */
    public void limit(JointReference reference, double seconds) {
        stored.advance(seconds);
        for (int joint = 0; joint < joints; joint++) {
            if (want(joint, reference, seconds)) {
                project(joint);
            } else {
                wantedQ[joint] = stored.position(joint);
                wantedV[joint] = stored.velocity(joint);
                wantedA[joint] = stored.acceleration(joint);
                trial.follow(joint, stored);
            }
        }
        Intervention reason = trial.violation(constraints, enforced);
        if (reason == null) {
            commit(trial);
        } else {
            counters.count(reason);
            projectTogether();
        }
        issue(reference);
        if (Double.isFinite(reference.gripperOpening())) {
            gripperOpening = reference.gripperOpening();
        } else {
            counters.count(Intervention.NON_FINITE);
        }
        reference.gripperOpening(gripperOpening);
    }

    /**
     * Issues the next sample of the stored stop, whatever is wanted: the controlled stop of an e-stop.
     *
     * @param reference what is issued; the gripper keeps its last target
     * @param seconds time since the last sample, s, more than 0
     */
    public void stop(JointReference reference, double seconds) {
        stored.advance(seconds);
        commit(stored);
        issue(reference);
        reference.gripperOpening(gripperOpening);
    }

    /**
     * Whether what was issued last is at rest.
     *
     * @return whether every joint's velocity and acceleration are zero
     */
    public boolean atRest() {
        for (int joint = 0; joint < joints; joint++) {
            if (v[joint] != 0 || a[joint] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where the joint shall be next: the reference if a motion within the bounds reaches it, else as near as one comes.
     *
     * @return false if the reference is no number
     */
    private boolean want(int joint, JointReference reference, double dt) {
        double q1 = reference.position()[joint];
        double v1 = reference.velocity()[joint];
        double a1 = reference.acceleration()[joint];
        if (!Double.isFinite(q1) || !Double.isFinite(v1) || !Double.isFinite(a1)) {
            counters.count(Intervention.NON_FINITE);
            return false;
        }
        JointBounds bound = bounds[joint];
        if (!bound.bounded()) {
            double rate = (q1 - q[joint]) / dt;
            double allowed = Math.clamp(rate, -bound.velocity(), bound.velocity());
            if (allowed != rate) {
                counters.count(Intervention.VELOCITY);
            }
            wantedQ[joint] = allowed == rate ? q1 : q[joint] + allowed * dt;
            wantedV[joint] = Math.clamp(v1, -bound.velocity(), bound.velocity());
            wantedA[joint] = 0;
            return true;
        }
        Intervention reason = unreachable(joint, q1, v1, a1, dt);
        if (reason == null) {
            wantedQ[joint] = q1;
            wantedV[joint] = v1;
            wantedA[joint] = a1;
            return true;
        }
        counters.count(reason);
        tracking.step(bound, q[joint], v[joint], a[joint], q1, v1, dt);
        wantedQ[joint] = tracking.position();
        wantedV[joint] = tracking.velocity();
        wantedA[joint] = tracking.acceleration();
        return true;
    }

    /**
     * Why no motion within the bounds was found that reaches a sample, or null. The motion that is tried has three pieces
     * of constant jerk and equal length; with h a third of the step and
     * A = (a1 - a0) / h, V = (v1 - v0 - 3 a0 h) / h^2, Q = (q1 - q0 - 3 v0 h - 4.5 a0 h^2) / h^3 their jerks are
     *
     * <pre>Q - V + A / 3,   -2 Q + 3 V - 7 A / 6,   Q - 2 V + 11 A / 6</pre>
     */
    private Intervention unreachable(int joint, double q1, double v1, double a1, double dt) {
        JointBounds bound = bounds[joint];
        double h = dt / 3;
        double a0 = a[joint];
        double da = (a1 - a0) / h;
        double dv = (v1 - v[joint] - a0 * dt) / (h * h);
        double dq = (q1 - q[joint] - dt * (v[joint] + 0.5 * dt * a0)) / (h * h * h);
        double j1 = dq - dv + da / 3;
        double j2 = -2 * dq + 3 * dv - 7 * da / 6;
        double j3 = dq - 2 * dv + 11 * da / 6;
        double most = bound.acceleration() + JointBounds.SLACK;
        double between = bound.acceleration() * (1 + BULGE);
        if (!(Math.abs(a1) <= most && Math.abs(a0 + h * j1) <= between && Math.abs(a1 - h * j3) <= between)) {
            return q1 > bound.positionMax() || q1 < bound.positionMin()
                    ? Intervention.POSITION
                    : Intervention.ACCELERATION;
        }
        double jerk = bound.jerk() * (1 + 1e-6) + ROUNDING * Math.max(1, Math.abs(q1)) / (h * h * h);
        boolean reached = Math.abs(j1) <= jerk && Math.abs(j2) <= jerk && Math.abs(j3) <= jerk;
        return reached ? null : Intervention.JERK;
    }

    /** Draws one joint's sample towards its stop until it is viable, and plans the stop that then follows. */
    private void project(int joint) {
        JointBounds bound = bounds[joint];
        trial.plan(joint, wantedQ[joint], wantedV[joint], wantedA[joint]);
        Intervention reason = bound.violation(trial.stop(joint));
        if (reason == null) {
            return;
        }
        counters.count(reason);
        double good = 0;
        double bad = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double share = 0.5 * (good + bad);
            mix(joint, share);
            if (bound.violation(trial.stop(joint)) == null) {
                good = share;
            } else {
                bad = share;
            }
        }
        mix(joint, good);
        wantedQ[joint] = trial.position(joint);
        wantedV[joint] = trial.velocity(joint);
        wantedA[joint] = trial.acceleration(joint);
    }

    /** Draws all joints' samples towards the stop by the same share until every constraint holds along what follows. */
    private void projectTogether() {
        double good = 0;
        double bad = 1;
        for (int i = 0; i < COUPLED_HALVINGS; i++) {
            double share = 0.5 * (good + bad);
            if (viable(share)) {
                good = share;
            } else {
                bad = share;
            }
        }
        // With nothing in between, the stop goes on: it was looked at when it was stored.
        if (good > 0 && viable(good)) {
            commit(trial);
        } else {
            counters.count(Intervention.STORED_STOP);
            commit(stored);
        }
    }

    private boolean viable(double share) {
        for (int joint = 0; joint < joints; joint++) {
            mix(joint, share);
            if (bounds[joint].violation(trial.stop(joint)) != null) {
                return false;
            }
        }
        return trial.violation(constraints, enforced) == null;
    }

    /** Plans a joint's stop from between its stored stop (0) and what is wanted (1); at 0 the stored stop itself goes on. */
    private void mix(int joint, double share) {
        if (share == 0) {
            trial.follow(joint, stored);
            return;
        }
        double sq = stored.position(joint);
        double sv = stored.velocity(joint);
        double sa = stored.acceleration(joint);
        trial.plan(
                joint,
                sq + share * (wantedQ[joint] - sq),
                sv + share * (wantedV[joint] - sv),
                sa + share * (wantedA[joint] - sa));
    }

    private void commit(StopProfile next) {
        for (int joint = 0; joint < joints; joint++) {
            q[joint] = next.position(joint);
            v[joint] = next.velocity(joint);
            a[joint] = next.acceleration(joint);
        }
        if (next != stored) {
            stored.take(next);
        }
        if (enforced < constraints.length && stored.violation(constraints, constraints.length) == null) {
            enforced = constraints.length;
        }
    }

    private void issue(JointReference reference) {
        System.arraycopy(q, 0, reference.position(), 0, joints);
        System.arraycopy(v, 0, reference.velocity(), 0, joints);
        System.arraycopy(a, 0, reference.acceleration(), 0, joints);
    }
}
