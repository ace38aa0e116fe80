package dev.tactus.control.controller;

import dev.tactus.control.controller.JointTrajectory.Status;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.Mailbox;

/**
 * Follows {@link JointTrajectory trajectories} by a reference that is continuous in position, velocity and acceleration,
 * also where a newer trajectory replaces one that is under way: a {@link QuinticSegment} leads from wherever the reference
 * is to the new motion, to its first point or, if that lies in the past or cannot be reached within the acceleration and
 * jerk limits, to where the motion is later ({@link SegmentPlanner}).
 *
 * <p>Otherwise it means what the ROS 2 joint trajectory controller means: points of the past are dropped, the last point is
 * held, a path tolerance stops the robot when it is violated, and a goal tolerance and goal time decide on success. A
 * trajectory that starts later waits, and the one before it goes on until then.
 *
 * <p>{@link #follow} may be called by any thread, everything else by the control thread.
 */
public final class JointTrajectoryController implements Controller {
    private static final long STOP_PERIOD_NS = 50_000_000L;

    private final Mailbox<JointTrajectory> arriving = new Mailbox<>();
    private final InterventionCounters counters;
    private final SegmentPlanner planner;
    private final int joints;
    private ControllerStatus status = ControllerStatus.WAITING;
    /** The trajectory that is followed, and the one that waits for its start; null for none. */
    private JointTrajectory followed;

    private JointTrajectory waiting;
    private long endNs;
    private boolean holdAsked;
    private double gripperOpening;

    /**
     * Makes the controller.
     *
     * @param robot joints with what their motion is planned with
     * @param counters counts deferred targets: trajectories that took longer, or were joined later, than they asked for
     */
    public JointTrajectoryController(RobotConfig robot, InterventionCounters counters) {
        this.counters = counters;
        joints = robot.joints().size();
        planner = new SegmentPlanner(robot.joints(), ChunkSettings.REFERENCE_SPEED, STOP_PERIOD_NS);
    }

    /**
     * Has a trajectory followed, in place of any other. Any thread; {@link JointTrajectory#status} says what becomes of it.
     *
     * @param trajectory made for this robot
     */
    public void follow(JointTrajectory trajectory) {
        JointTrajectory unseen = arriving.put(trajectory);
        if (unseen != null) {
            unseen.status(Status.REPLACED);
        }
    }

    @Override
    public void start(long nowNs, RobotState state) {
        JointTrajectory unseen = arriving.take();
        if (unseen != null) {
            unseen.status(Status.REPLACED);
        }
        replace();
        holdAsked = false;
        status = ControllerStatus.WAITING;
        gripperOpening = state.gripperOpening();
        planner.rest(nowNs, state.position());
    }

    @Override
    public void hold() {
        holdAsked = true;
    }

    @Override
    public long observationStampNs() {
        return NO_OBSERVATION;
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        if (holdAsked && status != ControllerStatus.HOLDING) {
            replace();
            planner.stop(nowNs);
            status = ControllerStatus.HOLDING;
        }
        if (status != ControllerStatus.HOLDING) {
            JointTrajectory newer = arriving.take();
            if (newer != null) {
                accept(newer, nowNs);
            }
            if (waiting != null && nowNs >= waiting.startNs()) {
                begin(waiting, nowNs);
            }
        }
        planner.evaluate(nowNs, reference);
        if (followed != null) {
            supervise(nowNs, state, reference);
        }
        reference.gripperOpening(gripperOpening);
        return status;
    }

    private void accept(JointTrajectory newer, long nowNs) {
        long startNs = newer.startNs();
        if (startNs != 0 && startNs + newer.endNs() < nowNs) {
            newer.status(Status.TOO_OLD);
            return;
        }
        if (waiting != null) {
            waiting.status(Status.REPLACED);
            waiting = null;
        }
        if (startNs > nowNs) {
            waiting = newer;
        } else {
            begin(newer, nowNs);
        }
    }

    private void begin(JointTrajectory trajectory, long nowNs) {
        waiting = null;
        replace();
        long startNs = trajectory.startNs() == 0 ? nowNs : trajectory.startNs();
        boolean deferred = planner.join(trajectory, startNs, nowNs);
        if (deferred || trajectory.stretch() > 1) {
            counters.count(Intervention.DEFERRED_TARGET);
        }
        endNs = Math.max(startNs + trajectory.endNs(), planner.segmentEndNs());
        followed = trajectory;
        trajectory.status(Status.ACTIVE);
        status = ControllerStatus.TRACKING;
    }

    private void replace() {
        if (followed != null) {
            followed.status(Status.REPLACED);
            followed = null;
        }
        if (waiting != null) {
            waiting.status(Status.REPLACED);
            waiting = null;
        }
    }

    private void supervise(long nowNs, RobotState state, JointReference reference) {
        JointTrajectory.Tolerances tolerances = followed.tolerances();
        if (nowNs < endNs) {
            if (tolerances.path() > 0 && !near(state, reference, tolerances.path())) {
                planner.stop(nowNs);
                end(Status.PATH_TOLERANCE_VIOLATED);
            }
        } else if (tolerances.goal() == 0 || near(state, reference, tolerances.goal())) {
            end(Status.SUCCEEDED);
        } else if (tolerances.goalTimeNs() > 0 && nowNs > endNs + tolerances.goalTimeNs()) {
            end(Status.GOAL_TOLERANCE_VIOLATED);
        }
    }

    private boolean near(RobotState state, JointReference reference, double tolerance) {
        boolean near = true;
        for (int joint = 0; joint < joints; joint++) {
            near &= Math.abs(reference.position()[joint] - state.position()[joint]) <= tolerance; // false for NaN
        }
        return near;
    }

    private void end(Status how) {
        followed.status(how);
        followed = null;
        status = ControllerStatus.STOPPED;
    }
}
