package dev.tactus.policies.scheme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.guidance.PrefixGuidance.Jacobian;
import dev.tactus.policies.guidance.PrefixMask;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.sampler.Samplers;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RealTimeChunkingTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;
    private static final float[] CONDITION = new float[ReachPolicy.CONDITION];
    private static final int SERVED = H - 1; // To = 2

    private final PolicySpec spec = ReachPolicy.spec();

    /** Wide data, so that two samples without guidance have nothing in common. */
    private static Denoiser wide(int batch) {
        return new GaussianDenoiser(
                VariancePreserving.squaredCosine(100), batch, H, D, ReachPolicy.CONDITION, 0.0, 0.5);
    }

    private RealTimeChunking scheme(RealTimeChunking.Options options) {
        return (RealTimeChunking) Schemes.create(options, spec, RealTimeChunkingTest::wide, new GaussianNoise(5));
    }

    private static RealTimeChunking.Options options(int leastSteps, int delay, PrefixMask mask, double beta) {
        return new RealTimeChunking.Options(
                new SamplerChoice.Implicit(10),
                OptionalInt.of(leastSteps),
                delay,
                3,
                mask,
                beta,
                Jacobian.IDENTITY,
                false);
    }

    private static double rms(float[] old, float[] chunk, int elapsed, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            for (int i = 0; i < D; i++) {
                double difference = chunk[row * D + i] - old[(row + elapsed) * D + i];
                sum += difference * difference;
            }
        }
        return Math.sqrt(sum / ((to - from) * D));
    }

    @Test
    void theFirstChunkIsNotGuidedAndTheNextBeginsAsTheOldOneGoesOn() {
        RealTimeChunking scheme = scheme(options(4, 3, PrefixMask.EXPONENTIAL, 60.0));
        RecedingHorizon plain = (RecedingHorizon)
                Schemes.create(SchemeOptions.named("ddim"), spec, RealTimeChunkingTest::wide, new GaussianNoise(5));
        scheme.cycle(CONDITION, 0);
        plain.cycle(CONDITION, 0);
        assertArrayEquals(plain.chunk(), scheme.chunk());
        float[] old = scheme.chunk().clone();
        assertEquals(CycleStatus.SAME_CHUNK, scheme.cycle(CONDITION, 3));
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 4));
        assertEquals(CycleKind.STEADY, scheme.kind());
        double held = rms(old, scheme.chunk(), 4, 0, 4); // the row before now, and three of delay
        double soft = rms(old, scheme.chunk(), 4, 4, 12);
        assertTrue(held < 0.05, "held rows are off by " + held);
        assertTrue(soft > 2 * held, "soft rows are off by " + soft);
    }

    @Test
    void withTheHardMaskHeldRowsGoToTheOldChunkAndTheOthersAreFree() {
        RealTimeChunking scheme = scheme(options(4, 3, PrefixMask.HARD, 100.0));
        scheme.cycle(CONDITION, 0);
        float[] old = scheme.chunk().clone();
        scheme.cycle(CONDITION, 4);
        assertEquals(0.0, rms(old, scheme.chunk(), 4, 0, 4), 5e-3);
        assertTrue(rms(old, scheme.chunk(), 4, 4, 12) > 0.1);
    }

    @Test
    void aFreeGripperIsHeldForTheDelayOnly() {
        RealTimeChunking.Options held = options(4, 3, PrefixMask.ONES, 60.0);
        RealTimeChunking scheme = scheme(new RealTimeChunking.Options(
                held.sampler(), held.leastSteps(), 3, 3, PrefixMask.ONES, 60.0, Jacobian.IDENTITY, true));
        scheme.cycle(CONDITION, 0);
        float[] old = scheme.chunk().clone();
        scheme.cycle(CONDITION, 4);
        double gripper = 0;
        double others = 0;
        for (int row = 0; row < H - 4; row++) {
            for (int i = 0; i < D; i++) {
                double off = Math.abs(scheme.chunk()[row * D + i] - old[(row + 4) * D + i]);
                if (i == ReachPolicy.GRIPPER && row > 3) {
                    gripper = Math.max(gripper, off);
                } else {
                    others = Math.max(others, off);
                }
            }
        }
        assertTrue(gripper > 0.2 && others < 0.1, "gripper off by " + gripper + ", others by " + others);
    }

    /** A loop whose inferences take a given number of ticks: what is executed, tick by tick. */
    @Test
    void injectedDelayLeavesNoGapAndHeldRowsAreExecutedFromTheOldChunkToTheBit() {
        int[] delays = {2, 1, 3, 0, 2, 4, 1, 1, 1, 2};
        RealTimeChunking scheme = scheme(options(4, 4, PrefixMask.EXPONENTIAL, 20.0));
        Deque<Integer> lastThree = new ArrayDeque<>();
        float[] executing = null;
        long executingTick = 0;
        float[] ready = null;
        long due = 0;
        int inferences = 0;
        for (long tick = 0; tick < 60; tick++) {
            if (ready == null && scheme.cycle(CONDITION, tick) == CycleStatus.NEW_CHUNK) {
                ready = scheme.chunk().clone();
                due = tick + (inferences == 0 ? 7 : delays[inferences % delays.length]); // a slow first one
                inferences++;
            }
            if (ready != null && due == tick) {
                assertTrue(scheme.delivered(tick));
                if (scheme.kind() == CycleKind.STEADY) {
                    lastThree.addLast((int) (tick - scheme.chunkTick()));
                }
                if (lastThree.size() > 3) {
                    lastThree.removeFirst();
                }
                executing = ready;
                executingTick = scheme.chunkTick();
                ready = null;
            }
            assertEquals(lastThree.stream().mapToInt(d -> d).max().orElse(4), scheme.delayTicks());
            assertTrue(tick < 7 || tick - executingTick < SERVED, "nothing to execute at " + tick);
            if (executing != null && ready == null) {
                assertArrayEquals(scheme.chunk(), executing); // what is executed is the scheme's own to the bit
            }
        }
        assertTrue(inferences > 8);
        assertEquals(0, scheme.underruns());
        assertEquals(0, scheme.restarts());
    }

    @Test
    void delaysAreTheGreatestOfTheLastMeasuredTheFirstInferenceDoesNotCountAndLateOnesDo() {
        RealTimeChunking scheme = scheme(options(1, 0, PrefixMask.EXPONENTIAL, 5.0));
        long tick = 0;
        scheme.cycle(CONDITION, tick);
        scheme.delivered(tick + 9);
        assertEquals(0, scheme.delayTicks());
        int[] measured = {2, 3, 1, 1, 1};
        int[] greatest = {2, 3, 3, 3, 1};
        for (int i = 0; i < measured.length; i++) {
            tick += 10;
            scheme.cycle(CONDITION, tick);
            scheme.delivered(tick + measured[i]);
            assertEquals(greatest[i], scheme.delayTicks(), "after " + (i + 1));
        }
        assertEquals(2, scheme.lateChunks(), "2 beyond 0, and 3 beyond 2");
        assertEquals(0, scheme.underruns());
        scheme.cycle(CONDITION, tick + 10);
        scheme.delivered(tick + SERVED + 1);
        assertEquals(1, scheme.underruns());
        scheme.reset();
        assertEquals(0, scheme.delayTicks() + scheme.lateChunks() + scheme.underruns());
    }

    @Test
    void inferenceWaitsForTheDelayBeforeItBeginsAnew() {
        RealTimeChunking scheme = scheme(options(2, 5, PrefixMask.EXPONENTIAL, 5.0));
        scheme.cycle(CONDITION, 0);
        for (int tick = 1; tick < 5; tick++) {
            assertEquals(CycleStatus.SAME_CHUNK, scheme.cycle(CONDITION, tick));
        }
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 5));
        // a delay beyond what a chunk serves cannot stop it from inferring
        scheme.delivered(5 + 40);
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 5 + SERVED - 1));
        assertFalse(scheme.restarts() > 0);
    }

    @Test
    void aStallResetsToAnUnguidedChunk() {
        RealTimeChunking scheme = scheme(options(4, 0, PrefixMask.EXPONENTIAL, 5.0));
        scheme.cycle(CONDITION, 0);
        scheme.cycle(CONDITION, SERVED);
        assertEquals(CycleKind.RESTART, scheme.kind());
        scheme.cycle(CONDITION, 3);
        assertEquals(CycleKind.RESTART, scheme.kind());
        assertEquals(2, scheme.restarts());
    }

    @Test
    void everyRobotOfABatchKeepsItsOwnLeftovers() {
        Denoiser denoiser = wide(2);
        RealTimeChunking scheme = new RealTimeChunking(
                spec,
                denoiser,
                Samplers.implicit(spec, 10, denoiser.latentSize()),
                1.0,
                new GaussianNoise(3),
                options(4, 3, PrefixMask.HARD, 100.0));
        float[] condition = new float[2 * ReachPolicy.CONDITION];
        scheme.cycle(condition, 0);
        float[] old = scheme.chunk().clone();
        scheme.cycle(condition, 4);
        for (int robot = 0; robot < 2; robot++) {
            for (int i = 0; i < 4 * D; i++) {
                assertEquals(old[robot * H * D + i + 4 * D], scheme.chunk()[robot * H * D + i], 0.05);
            }
        }
    }
}
