package dev.tactus.sim.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.sim.task.Tasks;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MotionStatisticsTest {
    private static final long MS = 1_000_000L;

    private final List<ActionTerm> terms = Tasks.named("fr3-lift").actionTerms();
    private final MotionStatistics motion = new MotionStatistics(2, terms, 4);
    private final JointReference reference = new JointReference(2);
    private final ActionChunk chunk = new ActionChunk(4, 10);

    private void cycle(long nowNs, DoubleUnaryOperator first, DoubleUnaryOperator second, long tick) {
        reference.position()[0] = first.applyAsDouble(nowNs * 1e-9);
        reference.position()[1] = second.applyAsDouble(nowNs * 1e-9);
        motion.cycle(nowNs, reference, chunk, tick);
    }

    @Test
    void theJerkOfACubicIsItsThirdDerivativeHoweverUnevenTheCycles() {
        motion.begin(chunk);
        long nowNs = 5_000 * MS;
        for (int i = 0; i < 200; i++) {
            cycle(nowNs, t -> 7 * Math.pow(t - 5, 3) - t, t -> -t * t, 0);
            nowNs += MS + i % 3 * MS / 2;
        }
        assertEquals(42 / Math.sqrt(2), motion.jerkRms(), 1e-3, "the other joint's is 0");
        assertEquals(42, motion.jerkAt(99), 0.05);
        assertEquals(0, motion.jerkAt(40), 0.05);
    }

    @Test
    void theJerkOfASineIsThatOfItsThirdDerivative() {
        motion.begin(chunk);
        for (int i = 0; i < 6284; i++) {
            cycle(i * MS, t -> Math.sin(2 * t), t -> Math.sin(2 * t), 0);
        }
        assertEquals(8 / Math.sqrt(2), motion.jerkRms(), 0.01);
        assertEquals(8, motion.jerkAt(100), 0.02);
    }

    @Test
    void anEpisodeIsNotComparedWithTheOneBefore() {
        for (int episode = 0; episode < 2; episode++) {
            double offset = 3 * episode;
            motion.begin(chunk);
            for (int i = 0; i < 100; i++) {
                cycle(i * MS, t -> offset + 0.3 * t, t -> offset - 0.4 * t, 0);
            }
        }
        assertEquals(0, motion.jerkAt(100), 1e-2);
        assertEquals(0.5 * 0.099, motion.jointPathPerEpisode(), 1e-9);
    }

    @Test
    void aHandOverIsTheDistanceOfTheRowsForTheTickOfTheHandOver() {
        motion.begin(chunk);
        for (int i = 0; i < 5; i++) {
            fill(i, 20 * i, i); // rows at x = 0, 1, 2, 3 mm, the later chunks off by 2 mm each, the gripper flips
            cycle(i * MS, t -> 0, t -> 0, i);
        }
        assertEquals(4, motion.handOverCount(), "the first takes over from nothing");
        HandOverStep pose = motion.handOvers().getFirst();
        assertEquals("end_effector_pose", pose.term());
        assertEquals("mm", pose.unit());
        assertEquals(Math.hypot(1, 2), pose.at(50), 0.003);
        assertEquals(Math.hypot(1, 2), pose.at(100), 0.003);
        HandOverStep gripper = motion.handOvers().get(1);
        assertEquals("normalised_rms", gripper.unit());
        assertEquals(0.2, gripper.at(50), 1e-3, "from -1 to 1, a tenth of it in network space");
    }

    @Test
    void aChunkWhoseTimeIsOverHandsNothingOver() {
        motion.begin(chunk);
        fill(0, 1, 0);
        cycle(0, t -> 0, t -> 0, 0);
        fill(4, 2, 1);
        cycle(MS, t -> 0, t -> 0, 4);
        assertEquals(0, motion.handOverCount());
        assertTrue(Double.isNaN(motion.handOvers().getFirst().at(50)));
    }

    private void fill(long firstTick, long stampNs, int number) {
        chunk.begin(4, firstTick, stampNs + 1, number + 1);
        for (int row = 0; row < 4; row++) {
            for (int element = 0; element < 10; element++) {
                chunk.set(row, element, 0);
            }
            chunk.set(row, 0, 1e-3 * row);
            chunk.set(row, 1, 2e-3 * number);
            chunk.set(row, 9, number % 2 == 0 ? 1 : -1);
        }
    }
}
