package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;

/**
 * Follows chunks of any kind with a joint reference that is C2: continuous in position, velocity and acceleration,
 * whenever a chunk takes over from another.
 *
 * <p>Policy tick n spans [start + n P, start + (n + 1) P). The chunk's row for a tick becomes joints
 * ({@link RowTargets}), seeded by the target before it, and goes through a spring that takes the policy's noise out of it
 * and lags behind it ({@link TargetSmoother}). What comes out is the joint target for the tick's end: a
 * {@link QuinticSegment} leads from wherever the reference is to the cubic B-spline over the targets before, now and
 * after ({@link SegmentPlanner}). The spline passes a target at a distance of acceleration times P^2 / 6, 4 mrad at
 * 10 rad/s2 and 50 ms, and in return does not magnify the policy's noise; interpolating the targets exactly asked for
 * three to six times the acceleration. A target that the acceleration and jerk limits do not allow in time is put off. A
 * newer chunk takes effect at once by a new segment, or at the next tick if little of this one is left.
 *
 * <p>A tick without a usable row (the chunk ran out, a bad row, no solution) stops the reference within its limits; the
 * next usable row moves it on. Everything of that kind is counted. Called by the control thread, which is also the
 * consumer of the chunk buffer; allocates nothing after construction.
 */
final class ChunkFollower {
    private final ChunkSequence sequence;
    private final ChunkSettings settings;
    private final InterventionCounters counters;
    private final RowTargets targets;
    private final TargetSmoother smoother;
    private final SegmentPlanner planner;
    private final JointReference atBegin;
    private final int gripperElement;
    private final double gripperOpen;
    private final double[] solved;
    private final double[] solvedAfter;
    private final double[] target;
    private final double[] after;

    private ControllerStatus status = ControllerStatus.WAITING;
    private boolean holdAsked;
    private long startNs;
    private long plannedTick;
    private long stampNs = Controller.NO_OBSERVATION;
    private double gripperOpening;

    ChunkFollower(
            RobotConfig robot,
            RowTargets targets,
            ChunkBuffer chunks,
            ChunkSettings settings,
            InterventionCounters counters) {
        int joints = robot.joints().size();
        this.sequence = new ChunkSequence(chunks, counters);
        this.settings = settings;
        this.counters = counters;
        this.targets = targets;
        this.smoother = new TargetSmoother(joints, settings.controlPeriodNs() * 1e-9, settings.smoothingS());
        this.planner = new SegmentPlanner(robot.joints(), settings.referenceSpeed(), settings.controlPeriodNs());
        this.atBegin = new JointReference(joints);
        this.gripperElement = settings.gripperElement().orElse(-1);
        this.gripperOpen = robot.gripper().map(GripperConfig::openingMax).orElse(0.0);
        this.solved = new double[joints];
        this.solvedAfter = new double[joints];
        this.target = new double[joints];
        this.after = new double[joints];
    }

    /** See {@link Controller#start}. */
    void start(long nowNs, RobotState state) {
        sequence.begin();
        holdAsked = false;
        status = ControllerStatus.WAITING;
        startNs = nowNs;
        plannedTick = -1;
        stampNs = Controller.NO_OBSERVATION;
        gripperOpening = state.gripperOpening();
        planner.rest(nowNs, state.position());
        smoother.rest(state.position());
        System.arraycopy(state.position(), 0, solved, 0, solved.length);
    }

    /** See {@link Controller#hold}. */
    void hold() {
        holdAsked = true;
    }

    /** See {@link Controller#observationStampNs}. */
    long observationStampNs() {
        return stampNs;
    }

    /** See {@link Controller#update}. */
    ControllerStatus update(long nowNs, JointReference reference) {
        sequence.poll();
        if (holdAsked && status != ControllerStatus.HOLDING) {
            stop(nowNs);
            status = ControllerStatus.HOLDING;
            stampNs = Controller.NO_OBSERVATION;
        }
        if (status != ControllerStatus.HOLDING && sequence.any()) {
            follow(nowNs);
        }
        planner.evaluate(nowNs, reference);
        reference.gripperOpening(gripperOpening);
        return status;
    }

    private void follow(long nowNs) {
        long period = settings.controlPeriodNs();
        long tick = Math.floorDiv(nowNs - startNs, period);
        long beginNs = startNs + tick * period;
        boolean worthwhile = settings.takeOverTick(nowNs - startNs) == tick;
        if (tick == plannedTick) {
            if (worthwhile && sequence.takeOver(tick)) {
                plan(tick, nowNs, beginNs + period);
            }
            return;
        }
        boolean successive = tick == plannedTick + 1 && status != ControllerStatus.WAITING;
        if (successive || worthwhile) {
            sequence.takeOver(tick);
            // The motion left off at the tick's beginning, however late this cycle is.
            long fromNs = successive ? beginNs : nowNs;
            planner.evaluate(fromNs, atBegin);
            if (successive && status == ControllerStatus.TRACKING) {
                smoother.advance();
            } else {
                smoother.rest(atBegin.position());
                System.arraycopy(atBegin.position(), 0, solved, 0, solved.length);
            }
            plan(tick, fromNs, beginNs + period);
            plannedTick = tick;
        }
    }

    private void plan(long tick, long fromNs, long untilNs) {
        ActionChunk chunk = sequence.followed();
        int row = chunk.rowAt(tick);
        if (row < 0) {
            counters.count(Intervention.EARLY_CHUNK);
            row = 0;
        }
        if (row >= chunk.rows()) {
            counters.count(Intervention.UNDERRUN);
            stop(fromNs);
            return;
        }
        RowTargets.Result result = solve(chunk, row, solved, target);
        if (result != RowTargets.Result.DONE) {
            boolean bad = result == RowTargets.Result.BAD_ROW;
            counters.count(bad ? Intervention.BAD_ROW : Intervention.INVERSE_KINEMATICS);
            stop(fromNs);
            return;
        }
        System.arraycopy(target, 0, solved, 0, solved.length);
        boolean next = row + 1 < chunk.rows() && solve(chunk, row + 1, solved, solvedAfter) == RowTargets.Result.DONE;
        smoother.smooth(solved, target);
        if (planner.limitStep(atBegin.position(), target)) {
            counters.count(Intervention.REFERENCE_SPEED);
            smoother.drawBack(target);
        }
        if (next) {
            smoother.foresee(solvedAfter, after);
            planner.limitStep(target, after);
        }
        if (planner.lead(fromNs, untilNs, smoother.before(), target, next ? after : null)) {
            counters.count(Intervention.DEFERRED_TARGET);
        }
        if (gripperElement >= 0) {
            gripperOpening = chunk.get(row, gripperElement) > 0 ? gripperOpen : 0;
        }
        stampNs = chunk.observationStampNs();
        status = ControllerStatus.TRACKING;
    }

    private RowTargets.Result solve(ActionChunk chunk, int row, double[] seed, double[] out) {
        if (gripperElement >= 0 && !Double.isFinite(chunk.get(row, gripperElement))) {
            return RowTargets.Result.BAD_ROW;
        }
        return targets.solve(chunk, row, seed, out);
    }

    private void stop(long fromNs) {
        if (status == ControllerStatus.TRACKING) {
            planner.stop(fromNs);
        }
        if (status != ControllerStatus.WAITING) {
            status = ControllerStatus.STOPPED;
        }
    }
}
