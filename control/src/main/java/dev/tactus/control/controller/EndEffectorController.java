package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;

/**
 * Follows chunks of end-effector poses with a joint reference that is continuous in position, velocity and acceleration.
 *
 * <p>Policy tick n spans [start + n P, start + (n + 1) P). The chunk's row for a tick goes through inverse kinematics,
 * seeded by the target before it, and through a spring that takes the policy's noise out of it and lags behind it
 * ({@link TargetSmoother}). What comes out is the joint target for the tick's end: a {@link QuinticSegment} leads from
 * wherever the reference is to the cubic B-spline over the targets before, now and after ({@link SegmentPlanner}). The
 * spline passes a target at a distance of acceleration times P^2 / 6, 4 mrad at 10 rad/s2 and 50 ms, and in return does
 * not magnify the policy's noise; interpolating the targets exactly asked for three to six times the acceleration. A
 * target that the acceleration limits do not allow in time is put off. A newer chunk takes effect at once by a new
 * segment, or at the next tick if little of this one is left.
 *
 * <p>A tick without a usable row (the chunk ran out, a bad row, no solution) stops the reference within acceleration
 * limits; the next usable row moves it on. Everything of that kind is counted. Called by the control thread, which is
 * also the consumer of the chunk buffer.
 */
public final class EndEffectorController implements Controller {
    private final ChunkBuffer chunks;
    private final EndEffectorSettings settings;
    private final InterventionCounters counters;
    private final ChunkTargets targets;
    private final TargetSmoother smoother;
    private final SegmentPlanner planner;
    private final JointReference atBegin;
    private final double gripperOpen;
    private final double[] solved;
    private final double[] solvedAfter;
    private final double[] target;
    private final double[] after;

    private ControllerStatus status = ControllerStatus.WAITING;
    private boolean holdAsked;
    private boolean chunkSeen;
    private long startNs;
    private long plannedTick;
    private long stampNs = NO_OBSERVATION;
    private double gripperOpening;

    /**
     * Makes the controller.
     *
     * @param robot joints with their limits, and the gripper
     * @param kinematics inverse kinematics of the same joints; used by this controller only
     * @param chunks where the policy puts its chunks; this controller is the consumer
     * @param settings how to read and follow the chunks
     * @param counters counts reference speed, deferred targets, bad rows, failed kinematics, underruns, early chunks
     */
    public EndEffectorController(
            RobotConfig robot,
            InverseKinematics kinematics,
            ChunkBuffer chunks,
            EndEffectorSettings settings,
            InterventionCounters counters) {
        int joints = robot.joints().size();
        this.chunks = chunks;
        this.settings = settings;
        this.counters = counters;
        this.targets = new ChunkTargets(kinematics, settings);
        this.smoother = new TargetSmoother(joints, settings.controlPeriodNs() * 1e-9, settings.smoothingS());
        this.planner = new SegmentPlanner(robot.joints(), settings.referenceSpeed(), settings.controlPeriodNs());
        this.atBegin = new JointReference(joints);
        this.gripperOpen = robot.gripper().openingMax();
        this.solved = new double[joints];
        this.solvedAfter = new double[joints];
        this.target = new double[joints];
        this.after = new double[joints];
    }

    /**
     * {@inheritDoc}
     *
     * <p>A chunk that lies in the buffer is dropped: it belongs to an episode before this one. So start the controller
     * before the policy.
     */
    @Override
    public void start(long nowNs, RobotState state) {
        chunks.poll();
        chunkSeen = false;
        holdAsked = false;
        status = ControllerStatus.WAITING;
        startNs = nowNs;
        plannedTick = -1;
        stampNs = NO_OBSERVATION;
        gripperOpening = state.gripperOpening();
        planner.rest(nowNs, state.position());
        smoother.rest(state.position());
        System.arraycopy(state.position(), 0, solved, 0, solved.length);
    }

    @Override
    public void hold() {
        holdAsked = true;
    }

    @Override
    public long observationStampNs() {
        return stampNs;
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        boolean newer = chunks.poll();
        chunkSeen |= newer;
        if (holdAsked && status != ControllerStatus.HOLDING) {
            stop(nowNs);
            status = ControllerStatus.HOLDING;
            stampNs = NO_OBSERVATION;
        }
        if (status != ControllerStatus.HOLDING && chunkSeen) {
            follow(nowNs, newer);
        }
        planner.evaluate(nowNs, reference);
        reference.gripperOpening(gripperOpening);
        return status;
    }

    private void follow(long nowNs, boolean newer) {
        long period = settings.controlPeriodNs();
        long tick = Math.floorDiv(nowNs - startNs, period);
        long beginNs = startNs + tick * period;
        boolean worthwhile = settings.takeOverTick(nowNs - startNs) == tick;
        if (tick == plannedTick) {
            if (newer && worthwhile) {
                plan(tick, nowNs, beginNs + period);
            }
            return;
        }
        boolean successive = tick == plannedTick + 1 && status != ControllerStatus.WAITING;
        if (successive || worthwhile) {
            // The motion left off at the tick's beginning, however late this cycle is.
            long fromNs = successive ? beginNs : nowNs;
            planner.evaluate(fromNs, atBegin);
            if (successive && status == ControllerStatus.TRACKING) {
                smoother.advance();
            } else {
                smoother.rest(atBegin.position());
            }
            plan(tick, fromNs, beginNs + period);
            plannedTick = tick;
        }
    }

    private void plan(long tick, long fromNs, long untilNs) {
        ActionChunk chunk = chunks.current();
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
        ChunkTargets.Result result = targets.solve(chunk, row, solved, target);
        if (result != ChunkTargets.Result.DONE) {
            boolean bad = result == ChunkTargets.Result.BAD_ROW;
            counters.count(bad ? Intervention.BAD_ROW : Intervention.INVERSE_KINEMATICS);
            stop(fromNs);
            return;
        }
        System.arraycopy(target, 0, solved, 0, solved.length);
        boolean next = row + 1 < chunk.rows()
                && targets.solve(chunk, row + 1, solved, solvedAfter) == ChunkTargets.Result.DONE;
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
        gripperOpening = targets.opensGripper(chunk, row) ? gripperOpen : 0;
        stampNs = chunk.observationStampNs();
        status = ControllerStatus.TRACKING;
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
