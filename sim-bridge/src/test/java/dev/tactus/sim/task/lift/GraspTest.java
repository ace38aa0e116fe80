package dev.tactus.sim.task.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.loop.CycleStatus;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.sim.run.TaskLoop;
import dev.tactus.sim.task.Expert;
import org.junit.jupiter.api.Test;

class GraspTest {
    private static final int HOLD_TICKS = 400;
    private static final double ALLOWED_SLIP_M = 0.002;

    private final Fr3Lift task = new Fr3Lift();
    private final ManualClock clock = new ManualClock(0);
    private final float[] action = new float[task.actionSize()];

    @Test
    void aGraspedCubeSlipsAtMostTwoMillimetresInTwentySeconds() {
        try (TaskLoop loop = new TaskLoop(task, RobotCatalogue.load(task.robot()), clock, 1, 0.08)) {
            LiftScene scene = (LiftScene) loop.scene();
            assertEquals(CycleStatus.OK, loop.reset(7, clock.nowNs()));
            Expert expert = scene.expert(7);
            int tick = 0;
            while (!loop.won()) {
                assertTrue(tick < task.maxTicks(), "the expert did not lift the cube");
                expert.act(new float[action.length], action, new float[action.length]);
                tick(loop, tick++);
            }
            double[] grasped = cubeInHand(scene);
            double slip = 0;
            for (int i = 0; i < HOLD_TICKS; i++) {
                tick(loop, tick++);
                double[] now = cubeInHand(scene);
                slip = Math.max(slip, distance(grasped, now));
            }
            assertTrue(slip <= ALLOWED_SLIP_M, "slip " + slip * 1e3 + " mm");
        }
    }

    private void tick(TaskLoop loop, int tick) {
        ActionChunk chunk = loop.chunks().writable();
        chunk.begin(1, tick, clock.nowNs(), tick + 1);
        for (int i = 0; i < action.length; i++) {
            chunk.set(0, i, action[i]);
        }
        loop.chunks().publish();
        loop.observe(tick, clock.nowNs());
        for (long ns = 0; ns < task.controlPeriodNs(); ns += loop.cycle().periodNs()) {
            assertEquals(CycleStatus.OK, loop.cycle().run(clock.nowNs()));
            clock.advance(loop.cycle().periodNs());
        }
    }

    /** The cube's centre relative to the tool centre point; the hand neither turns nor tilts while it holds. */
    private static double[] cubeInHand(LiftScene scene) {
        double[] offset = new double[3];
        for (int i = 0; i < 3; i++) {
            offset[i] = scene.cubePosition(i) - scene.toolPosition(i);
        }
        return offset;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
    }
}
