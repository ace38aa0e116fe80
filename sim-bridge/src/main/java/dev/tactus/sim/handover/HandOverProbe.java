package dev.tactus.sim.handover;

import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.sim.evaluation.MotionStatistics;
import java.util.List;
import java.util.function.ObjLongConsumer;

/**
 * Measures, around a controller, how far its reference jumps. Before a cycle at t the controller is asked where it is at
 * t - 2 ns and t - 1 ns, while a chunk that has arrived is still kept from it; extrapolated to t that is the reference's
 * left limit, and what it says at t, with the chunk, the right limit. Every cycle is measured, so wherever a chunk really
 * took over is among them.
 */
final class HandOverProbe implements Controller {
    private final ChunkBuffer arriving;
    private final ChunkBuffer let;
    private final Controller controller;
    private final MotionStatistics motion;
    private final ObjLongConsumer<ActionChunk> recorder;
    private final JointReference earlier;
    private final JointReference left;
    private final double[] greatestJump = new double[3];
    private long startNs;
    private boolean begun;

    /**
     * Stands between a loop and a controller.
     *
     * @param arriving where the loop's chunks arrive
     * @param let where the controller takes its chunks from
     * @param controller the controller
     * @param joints joints
     * @param terms the action's terms
     * @param recorder is told each chunk and when it arrived, ns since the episode's start
     */
    HandOverProbe(
            ChunkBuffer arriving,
            ChunkBuffer let,
            Controller controller,
            int joints,
            List<ActionTerm> terms,
            ObjLongConsumer<ActionChunk> recorder) {
        this.arriving = arriving;
        this.let = let;
        this.controller = controller;
        this.recorder = recorder;
        motion = new MotionStatistics(joints, terms, arriving.rows());
        earlier = new JointReference(joints);
        left = new JointReference(joints);
    }

    @Override
    public void start(long nowNs, RobotState state) {
        arriving.poll();
        startNs = nowNs;
        begun = false;
        motion.begin(arriving.current());
        controller.start(nowNs, state);
    }

    @Override
    public ControllerStatus update(long nowNs, RobotState state, JointReference reference) {
        if (begun) {
            controller.update(nowNs - 2, state, earlier);
            controller.update(nowNs - 1, state, left);
        }
        if (arriving.poll()) {
            let.writable().copyFrom(arriving.current());
            let.publish();
            recorder.accept(arriving.current(), nowNs - startNs);
        }
        ControllerStatus status = controller.update(nowNs, state, reference);
        if (begun) {
            compare(reference);
        }
        begun = true;
        motion.cycle(nowNs, reference, arriving.current(), 0);
        return status;
    }

    private void compare(JointReference right) {
        for (int joint = 0; joint < right.joints(); joint++) {
            double a = 2 * left.acceleration()[joint] - earlier.acceleration()[joint];
            double v = left.velocity()[joint] + 1e-9 * a;
            double q = left.position()[joint] + 1e-9 * v;
            grow(0, right.position()[joint] - q);
            grow(1, right.velocity()[joint] - v);
            grow(2, right.acceleration()[joint] - a);
        }
    }

    private void grow(int derivative, double jump) {
        greatestJump[derivative] = Math.max(greatestJump[derivative], Math.abs(jump));
    }

    /** The greatest jump of any joint: of position 0, velocity 1 or acceleration 2, in rad, rad/s, rad/s2. */
    double greatestJump(int derivative) {
        return greatestJump[derivative];
    }

    /** Jerk of the reference as the controller gives it, before any limit is enforced on it. */
    MotionStatistics motion() {
        return motion;
    }

    @Override
    public void hold() {
        controller.hold();
    }

    @Override
    public long observationStampNs() {
        return controller.observationStampNs();
    }
}
