package dev.tactus.sim.handover;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;

/**
 * The two plain hand-overs. Switching: the newer chunk's curve counts from the moment that it arrives. Linear blending: over
 * a fixed window W the reference goes from one curve to the other, {@code q = (1 - s) old + s new, s = t / W}; a chunk that
 * arrives within the window waits for its end. Both drop a chunk that is older than the one that they follow, as the
 * product does. A controller of the study: it allocates.
 */
final class PlainHandOver implements Controller {
    private final ChunkBuffer chunks;
    private final InverseKinematics kinematics;
    private final ChunkSettings settings;
    private final double windowS;
    private final double gripperOpen;
    private final JointReference newer;
    private ActionChunk waiting;
    private ActionChunk followed;
    private ChunkCurve old;
    private ChunkCurve curve;
    private double blendFromS;
    private long startNs;
    private double gripperOpening;

    /** A window of 0 s switches. */
    PlainHandOver(
            ChunkBuffer chunks,
            InverseKinematics kinematics,
            ChunkSettings settings,
            int joints,
            double gripperOpen,
            double windowS) {
        this.chunks = chunks;
        this.kinematics = kinematics;
        this.settings = settings;
        this.windowS = windowS;
        this.gripperOpen = gripperOpen;
        this.newer = new JointReference(joints);
    }

    @Override
    public void start(long nowNs, RobotState state) {
        chunks.poll();
        startNs = nowNs;
        curve = new ChunkCurve(state.position(), settings.controlPeriodNs() * 1e-9);
        old = curve;
        blendFromS = Double.NEGATIVE_INFINITY;
        followed = new ActionChunk(chunks.rows(), chunks.actionSize());
        waiting = null;
        gripperOpening = state.gripperOpening();
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        double seconds = (nowNs - startNs) * 1e-9;
        long tick = Math.floorDiv(nowNs - startNs, settings.controlPeriodNs());
        if (chunks.poll() && chunks.current().observationStampNs() >= followed.observationStampNs()) {
            waiting = new ActionChunk(chunks.rows(), chunks.actionSize());
            waiting.copyFrom(chunks.current());
        }
        if (waiting != null && seconds >= blendFromS + windowS - 1e-10) {
            followed = waiting;
            waiting = null;
            old = curve;
            curve = new ChunkCurve(old, tick, followed, kinematics, settings);
            blendFromS = seconds;
        }
        blend(seconds, reference);
        int row = followed.rowAt(tick);
        if (row >= 0 && row < followed.rows()) {
            boolean open = followed.get(row, settings.gripperElement().orElseThrow()) > 0;
            gripperOpening = open ? gripperOpen : 0;
        }
        reference.gripperOpening(gripperOpening);
        return followed.rows() > 0 ? ControllerStatus.TRACKING : ControllerStatus.WAITING;
    }

    private void blend(double seconds, JointReference reference) {
        double since = seconds - blendFromS;
        if (since >= windowS - 1e-10) {
            curve.evaluate(seconds, reference);
            return;
        }
        double s = since / windowS;
        old.evaluate(seconds, reference);
        curve.evaluate(seconds, newer);
        for (int joint = 0; joint < reference.joints(); joint++) {
            double dq = newer.position()[joint] - reference.position()[joint];
            double dv = newer.velocity()[joint] - reference.velocity()[joint];
            double da = newer.acceleration()[joint] - reference.acceleration()[joint];
            reference.position()[joint] += s * dq;
            reference.velocity()[joint] += s * dv + dq / windowS;
            reference.acceleration()[joint] += s * da + 2 * dv / windowS;
        }
    }

    @Override
    public void hold() {
        throw new UnsupportedOperationException("the study ends episodes by themselves");
    }

    @Override
    public long observationStampNs() {
        return followed.rows() > 0 ? followed.observationStampNs() : NO_OBSERVATION;
    }
}
