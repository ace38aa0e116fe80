package dev.tactus.sim.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.controller.ChunkSettings;
import dev.tactus.control.controller.Controller;
import dev.tactus.control.controller.ControllerStatus;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import dev.tactus.sim.task.Tasks;
import org.junit.jupiter.api.Test;

class HandOverProbeTest {
    private static final long MS = 1_000_000;
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    private static final ChunkSettings SETTINGS =
            ChunkSettings.endEffector(Tasks.named("fr3-lift").actionTerms(), 50 * MS, 0.08);

    private final ChunkBuffer arriving = new ChunkBuffer(15, 10);
    private final ChunkBuffer let = new ChunkBuffer(15, 10);
    private final RobotState state = new RobotState(7);

    private HandOverProbe probe(Controller controller) {
        return new HandOverProbe(
                arriving, let, controller, 7, Tasks.named("fr3-lift").actionTerms(), (chunk, atNs) -> {});
    }

    /** A motion that no segment follows exactly, and that a chunk moves by known steps. */
    private final class Stepping implements Controller {
        private int chunks;

        @Override
        public void start(long nowNs, RobotState at) {}

        @Override
        public ControllerStatus update(long nowNs, RobotState at, JointReference reference) {
            chunks += let.poll() ? 1 : 0;
            double t = nowNs * 1e-9;
            reference.position()[3] = Math.sin(t) + 0.25 * chunks;
            reference.velocity()[3] = Math.cos(t) - 0.5 * chunks;
            reference.acceleration()[3] = -Math.sin(t) + 2 * chunks;
            return ControllerStatus.TRACKING;
        }

        @Override
        public void hold() {}

        @Override
        public long observationStampNs() {
            return NO_OBSERVATION;
        }
    }

    @Test
    void stepsOfAReferenceAreMeasuredWhereAChunkTakesOver() {
        HandOverProbe probe = probe(new Stepping());
        probe.start(0, state);
        JointReference reference = new JointReference(7);
        for (long ms = 0; ms < 100; ms++) {
            probe.update(ms * MS, state, reference);
        }
        for (int derivative = 0; derivative < 3; derivative++) {
            assertEquals(0, probe.greatestJump(derivative), 1e-9);
        }
        arriving.writable().begin(0, 0, 1, 1);
        arriving.publish();
        probe.update(100 * MS, state, reference);
        assertEquals(0.25, probe.greatestJump(0), 1e-8);
        assertEquals(0.5, probe.greatestJump(1), 1e-8);
        assertEquals(2, probe.greatestJump(2), 1e-8);
    }

    @Test
    void plainSwitchingJumpsBlendingKinksAndOursIsC2() {
        double[] switching = jumps(HandOver.SWITCHING);
        double[] blending = jumps(HandOver.BLENDING);
        double[] ours = jumps(HandOver.C2);
        assertTrue(switching[0] > 1e-3, "position by " + switching[0]);
        assertTrue(blending[0] < 1e-12 && blending[1] > 0.05, "velocity by " + blending[1]);
        for (double jump : ours) {
            assertEquals(0, jump, 1e-9);
        }
    }

    /** Two chunks that contradict each other by 2 cm, the second one in the middle of a tick. */
    private double[] jumps(HandOver handOver) {
        HandOverProbe probe = probe(handOver.controller(ROBOT, let, SETTINGS, new InterventionCounters()));
        System.arraycopy(ROBOT.home(), 0, state.position(), 0, 7);
        probe.start(0, state);
        JointReference reference = new JointReference(7);
        double[] jumps = new double[3];
        for (long ms = 0; ms < 600; ms++) {
            if (ms == 0 || ms == 312) {
                publish(ms / 50, ms, ms == 0 ? 0 : 0.02);
            }
            probe.update(ms * MS, state, reference);
            if (ms == 300 && handOver != HandOver.BLENDING) {
                assertEquals(0, probe.greatestJump(0), 1e-9, "within a chunk there is no step");
                assertEquals(0, probe.greatestJump(1), 1e-8);
                assertEquals(0, probe.greatestJump(2), 1e-6);
            }
        }
        for (int derivative = 0; derivative < 3; derivative++) {
            jumps[derivative] = probe.greatestJump(derivative);
        }
        return jumps;
    }

    private void publish(long firstTick, long stampNs, double aside) {
        ActionChunk chunk = arriving.writable();
        chunk.begin(15, firstTick, stampNs, 1);
        double[] row = {0.4770, aside, 0.3837, 1, 0, 0, 0, -1, 0, 1};
        for (int i = 0; i < 15; i++) {
            for (int element = 0; element < 10; element++) {
                chunk.set(i, element, row[element]);
            }
            chunk.set(i, 2, 0.3837 - 0.003 * (firstTick + i));
        }
        arriving.publish();
    }
}
