package dev.tactus.policies.scheme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.sampler.DdpmSampler;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.RecordedNoise;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RealTimeIterationTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;
    private static final int C = ReachPolicy.CONDITION;
    private static final float[] CONDITION = new float[C];

    private final VariancePreserving schedule = VariancePreserving.squaredCosine(100);
    private final PolicySpec spec = ReachPolicy.spec();

    private RealTimeIteration rti(Denoiser denoiser, List<Integer> levels, NoiseSource noise, int stallTicks) {
        return rti(spec, denoiser, levels, noise, stallTicks, 1e6);
    }

    private RealTimeIteration rti(
            PolicySpec policy,
            Denoiser denoiser,
            List<Integer> levels,
            NoiseSource noise,
            int stallTicks,
            double clip) {
        int size = denoiser.batch() * H * D;
        return new RealTimeIteration(
                policy,
                denoiser,
                new DdpmSampler(schedule, clip, DdpmSampler.allLevels(schedule), size),
                new DdpmSampler(schedule, clip, levels, size),
                levels.getFirst(),
                noise,
                (RealTimeIteration.Options) SchemeOptions.named("rti:stall_ticks=" + stallTicks));
    }

    private GaussianDenoiser gaussian(double deviation) {
        return new GaussianDenoiser(schedule, 1, H, D, C, 0.2, deviation);
    }

    /** Predicts the clean chunk that a rule says, whatever the latent. */
    private ClosedForm knows(int batch, ClosedForm.Element clean) {
        return new ClosedForm(batch, H, D, C, (x, k, c, i) -> {
            double alphaBar = schedule.alphaBar(k);
            return (x - Math.sqrt(alphaBar) * clean.at(x, k, c, i)) / Math.sqrt(1.0 - alphaBar);
        });
    }

    @Test
    void anErrorOfTheGuessShrinksByTheProductOfTheStepFactors() {
        List<Integer> levels = List.of(7, 5, 3, 1, 0);
        GaussianDenoiser denoiser = gaussian(0.4);
        RealTimeIteration one = rti(denoiser, levels, new GaussianNoise(1), 8);
        RealTimeIteration other = rti(denoiser, levels, new GaussianNoise(1), 8);
        one.cycle(CONDITION, 0);
        other.cycle(CONDITION, 0);
        for (int i = 0; i < H * D; i++) {
            other.chunk()[i] += 0.5f;
        }
        one.cycle(CONDITION, 1);
        other.cycle(CONDITION, 1);
        double factor = 1.0;
        for (int k : levels) {
            factor *= schedule.posteriorOfNoisy(k) + schedule.posteriorOfClean(k) * denoiser.gain(k);
        }
        for (int i = 0; i < H * D; i++) {
            assertEquals(0.5 * factor, other.chunk()[i] - one.chunk()[i], 1e-5);
        }
    }

    @Test
    void allLevelsFromNoiseInsteadOfAGuessIsTheFullSamplerToTheBit() {
        // noise whose last two rows are equal, so that a shift by one row can produce it
        float[] start = new float[H * D];
        new GaussianNoise(9).fill(start);
        System.arraycopy(start, (H - 2) * D, start, (H - 1) * D, D);
        float[] steps = new float[99 * H * D];
        new GaussianNoise(10).fill(steps);
        float[] both = Arrays.copyOf(start, start.length + steps.length);
        System.arraycopy(steps, 0, both, start.length, steps.length);

        RealTimeIteration full = rti(gaussian(0.4), List.of(0), new RecordedNoise(both), 8);
        full.cycle(CONDITION, 0);

        float[] twice = Arrays.copyOf(both, both.length + steps.length);
        System.arraycopy(steps, 0, twice, both.length, steps.length);
        RealTimeIteration warm = rti(gaussian(0.4), DdpmSampler.allLevels(schedule), new RecordedNoise(twice), 8);
        warm.cycle(CONDITION, 0);
        System.arraycopy(start, 0, warm.chunk(), D, (H - 1) * D);
        warm.cycle(CONDITION, 1);
        assertEquals(CycleKind.STEADY, warm.kind());
        assertArrayEquals(full.chunk(), warm.chunk());
    }

    @Test
    void theGuessIsShiftedWithoutAddedNoiseAndItsLastRowRepeated() {
        RealTimeIteration scheme = rti(gaussian(0.4), List.of(0), new GaussianNoise(1), 8);
        float[] guess = scheme.chunk();
        for (int i = 0; i < guess.length; i++) {
            guess[i] = i;
        }
        scheme.shift(3);
        for (int row = 0; row < H; row++) {
            int from = Math.min(row + 3, H - 1);
            for (int d = 0; d < D; d++) {
                assertEquals(from * D + d, guess[row * D + d], "row " + row);
            }
        }
    }

    @Test
    void theFirstStepSeesTheShiftedGuessItself() {
        float[][] seen = new float[1][];
        int[] calls = {0};
        ClosedForm ramp = new ClosedForm(1, H, D, C, (x, k, c, i) -> {
            if (calls[0] >= 100 * H * D && calls[0] < 101 * H * D) {
                seen[0] = seen[0] == null ? new float[H * D] : seen[0];
                seen[0][i] = x;
            }
            calls[0]++;
            double alphaBar = schedule.alphaBar(k);
            return (x - Math.sqrt(alphaBar) * 0.01 * (i / D)) / Math.sqrt(1.0 - alphaBar);
        });
        RealTimeIteration scheme = rti(ramp, List.of(3, 1, 0), new GaussianNoise(1), 8);
        scheme.cycle(CONDITION, 10);
        float[] first = scheme.chunk().clone();
        scheme.cycle(CONDITION, 11);
        assertArrayEquals(Arrays.copyOfRange(first, D, H * D), Arrays.copyOf(seen[0], (H - 1) * D));
        assertArrayEquals(
                Arrays.copyOfRange(first, (H - 1) * D, H * D), Arrays.copyOfRange(seen[0], (H - 1) * D, H * D));
    }

    @Test
    void aRampIsTrackedWithoutAJump() {
        double[] now = {0.0};
        RealTimeIteration scheme =
                rti(knows(1, (x, k, c, i) -> 0.01 * (now[0] + i / D)), List.of(3, 1, 0), new GaussianNoise(1), 8);
        for (int tick = 0; tick < 50; tick++) {
            now[0] = tick;
            scheme.cycle(CONDITION, tick);
            assertEquals(0.01 * (tick + 1), scheme.chunk()[D], 1e-5);
        }
        assertEquals(0, scheme.restarts());
    }

    @Test
    void timeIsCountedInTicksNotInCalls() {
        RealTimeIteration scheme = rti(gaussian(0.4), List.of(0), new GaussianNoise(1), 8);
        scheme.cycle(CONDITION, 100);
        float[] before = scheme.chunk().clone();
        assertEquals(CycleStatus.SAME_CHUNK, scheme.cycle(CONDITION, 100));
        assertArrayEquals(before, scheme.chunk());
        scheme.cycle(CONDITION, 103);
        assertEquals(103, scheme.chunkTick());
        assertEquals(CycleKind.STEADY, scheme.kind());
        // level 0 returns the clean sample of the guess, a known line of it
        GaussianDenoiser denoiser = gaussian(0.4);
        double m = denoiser.gain(0);
        for (int i = 0; i < H * D; i++) {
            int from = Math.min(i / D + 3, H - 1) * D + i % D;
            double clean = 0.2 + m * (before[from] - Math.sqrt(schedule.alphaBar(0)) * 0.2);
            assertEquals(clean, scheme.chunk()[i], 1e-4);
        }
    }

    @Test
    void resetClearsTheWarmStart() {
        GaussianNoise noise = new GaussianNoise(3);
        RealTimeIteration scheme = rti(gaussian(0.4), List.of(3, 1, 0), noise, 8);
        scheme.cycle(CONDITION, 0);
        float[] first = scheme.chunk().clone();
        scheme.cycle(CONDITION, 1);
        assertEquals(3, scheme.evaluations());
        scheme.reset();
        noise.reset(3);
        scheme.cycle(CONDITION, 2);
        assertEquals(CycleKind.FIRST, scheme.kind());
        assertEquals(100, scheme.evaluations());
        assertArrayEquals(first, scheme.chunk());
        assertEquals(0, scheme.restarts());
    }

    @Test
    void aStallAndTimeRunningBackwardsDenoiseFully() {
        RealTimeIteration scheme = rti(gaussian(0.4), List.of(3, 1, 0), new GaussianNoise(3), 5);
        scheme.cycle(CONDITION, 0);
        scheme.cycle(CONDITION, 4);
        assertEquals(CycleKind.STEADY, scheme.kind());
        scheme.cycle(CONDITION, 9);
        assertEquals(CycleKind.RESTART, scheme.kind());
        assertEquals(100, scheme.evaluations());
        scheme.cycle(CONDITION, 8);
        assertEquals(CycleKind.RESTART, scheme.kind());
        assertEquals(2, scheme.restarts());
    }

    @Test
    void aStallLimitBeyondTheChunkIsRefused() {
        String message = assertThrows(
                        BadInputException.class, () -> rti(gaussian(0.4), List.of(0), new GaussianNoise(1), 16))
                .getMessage();
        assertTrue(message.contains("1 to that") && message.contains("serves 15"), message);
        rti(gaussian(0.4), List.of(0), new GaussianNoise(1), 15);
    }

    @Test
    void afterSomethingNotFiniteTheNextCycleDenoisesFully() {
        boolean[] broken = {false};
        ClosedForm network = new ClosedForm(1, H, D, C, (x, k, c, i) -> broken[0] ? Double.NaN : x);
        RealTimeIteration scheme = rti(network, List.of(3, 1, 0), new GaussianNoise(1), 8);
        scheme.cycle(CONDITION, 0);
        broken[0] = true;
        assertEquals(CycleStatus.NON_FINITE, scheme.cycle(CONDITION, 1));
        broken[0] = false;
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 2));
        assertEquals(CycleKind.RESTART, scheme.kind());
        for (float value : scheme.chunk()) {
            assertTrue(Float.isFinite(value));
        }
    }

    @Test
    void everyElementOfABatchKeepsItsOwnGuess() {
        // each element is its own constant, told by its condition; the guess of another would show
        ClosedForm network = new ClosedForm(3, H, D, C, (x, k, c, i) -> {
            double alphaBar = schedule.alphaBar(k);
            double clean = 0.9 * x + 0.1 * c[i / (H * D) * C];
            return (x - Math.sqrt(alphaBar) * clean) / Math.sqrt(1.0 - alphaBar);
        });
        RealTimeIteration scheme = rti(network, List.of(0), new GaussianNoise(1), 8);
        float[] condition = new float[3 * C];
        for (int b = 0; b < 3; b++) {
            condition[b * C] = b;
        }
        scheme.cycle(condition, 0);
        float[] before = scheme.chunk().clone();
        scheme.cycle(condition, 1);
        for (int b = 0; b < 3; b++) {
            for (int row = 0; row < H; row++) {
                int from = (b * H + Math.min(row + 1, H - 1)) * D;
                for (int d = 0; d < D; d++) {
                    assertEquals(0.9 * before[from + d] + 0.1 * b, scheme.chunk()[(b * H + row) * D + d], 1e-5);
                }
            }
        }
    }

    @Test
    void theClipVariantLeavesATenthOfTheSignInTheGuessAndTheScaleVariantLeavesTheGuessAlone() {
        PolicySpec clipped = ReachPolicy.spec(DiscreteVariant.CLIP, H);
        ClosedForm network = knows(1, (x, k, c, i) -> i % D == ReachPolicy.GRIPPER ? (i / D < 8 ? 0.98 : -0.97) : 0.5);
        RealTimeIteration clip = rti(clipped, network, List.of(3, 1, 0), new GaussianNoise(1), 8, 1.0);
        RealTimeIteration scale = rti(spec, network, List.of(3, 1, 0), new GaussianNoise(1), 8, 1.0);
        clip.cycle(CONDITION, 0);
        scale.cycle(CONDITION, 0);
        for (int row = 0; row < H; row++) {
            int gripper = row * D + ReachPolicy.GRIPPER;
            assertEquals(row < 8 ? 0.1f : -0.1f, clip.chunk()[gripper]);
            assertEquals(row < 8 ? 0.98 : -0.97, scale.chunk()[gripper], 1e-5);
            assertEquals(0.5, clip.chunk()[row * D], 1e-5);
        }
    }

    /** A scheme as {@link Schemes} makes it, over a network that knows the clean chunk. */
    private RealTimeIteration made(String settings, Denoiser denoiser) {
        return (RealTimeIteration)
                Schemes.create(SchemeOptions.named("rti:" + settings), spec, batch -> denoiser, new GaussianNoise(4));
    }

    @Test
    void whenTheSceneJumpsTheGuessIsGivenUpOnce() {
        double[] where = {-0.4};
        ClosedForm network = knows(1, (x, k, c, i) -> i % D == ReachPolicy.GRIPPER ? where[0] : 0.5 * where[0]);
        RealTimeIteration scheme = made("disagreement=0.3", network);
        scheme.cycle(CONDITION, 0);
        scheme.cycle(CONDITION, 1);
        assertEquals(CycleKind.STEADY, scheme.kind());
        where[0] = 0.4; // every joint by 0.4
        scheme.cycle(CONDITION, 2);
        assertEquals(CycleKind.DISAGREEMENT, scheme.kind());
        assertEquals(103, scheme.evaluations());
        assertEquals(0.2, scheme.chunk()[D], 1e-5);
        scheme.cycle(CONDITION, 3);
        assertEquals(CycleKind.STEADY, scheme.kind());
        assertEquals(1, scheme.restarts());
        where[0] = -0.4;
        scheme.cycle(CONDITION, 5); // two ticks allow twice as much
        assertEquals(CycleKind.STEADY, scheme.kind());
    }

    @Test
    void aGripperThatFlipsIsNoDisagreement() {
        double[] gripper = {1.0};
        RealTimeIteration scheme =
                made("disagreement=0.01", knows(1, (x, k, c, i) -> i % D == ReachPolicy.GRIPPER ? gripper[0] : 0.2));
        scheme.cycle(CONDITION, 0);
        gripper[0] = -1.0;
        scheme.cycle(CONDITION, 1);
        assertEquals(CycleKind.STEADY, scheme.kind());
        assertTrue(scheme.chunk()[D + ReachPolicy.GRIPPER] < 0);
    }

    @Test
    void oneRobotOfABatchBeginsAnewAndTheOthersGoOn() {
        double[] where = {0.1, 0.2, 0.3};
        ClosedForm network = knows(3, (x, k, c, i) -> where[i / (H * D)] + 0.001 * (i / D % H));
        RealTimeIteration scheme = rti(network, List.of(3, 1, 0), new GaussianNoise(1), 8);
        float[] conditions = new float[3 * C];
        scheme.cycle(conditions, 0);
        scheme.cycle(conditions, 1);
        assertEquals(3, scheme.evaluations());
        scheme.reset(1);
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(conditions, 1), "its first chunk does not wait for a tick");
        assertEquals(CycleKind.FIRST, scheme.kind(1));
        assertEquals(CycleKind.STEADY, scheme.kind(0));
        assertEquals(100, scheme.evaluations());
        scheme.reset(2);
        where[2] = -0.3;
        scheme.cycle(conditions, 2);
        assertEquals(103, scheme.evaluations());
        assertEquals(
                List.of(CycleKind.STEADY, CycleKind.STEADY, CycleKind.FIRST),
                List.of(scheme.kind(0), scheme.kind(1), scheme.kind(2)));
        for (int robot = 0; robot < 3; robot++) {
            assertEquals(where[robot], scheme.chunk()[robot * H * D], 1e-4);
        }
        assertEquals(0, scheme.restarts());
    }

    @Test
    void theFirstStepSeesTheGuessScaledOrWithNoiseWhereAskedFor() {
        for (RealTimeIteration.Start start : RealTimeIteration.Start.values()) {
            float[] seen = new float[H * D];
            boolean[] look = {false};
            ClosedForm network = knows(1, (x, k, c, i) -> {
                if (look[0] && k == 20) {
                    seen[i] = x;
                }
                return 0.5;
            });
            RealTimeIteration scheme = made("steps=20/5/0,start=" + start.name().toLowerCase(Locale.ROOT), network);
            scheme.cycle(CONDITION, 0);
            look[0] = true;
            scheme.cycle(CONDITION, 1);
            double mean = 0;
            double square = 0;
            for (float value : seen) {
                mean += value / seen.length;
                square += value * value / seen.length;
            }
            double deviation = Math.sqrt(Math.max(0, square - mean * mean));
            double alpha = start == RealTimeIteration.Start.CLEAN ? 1.0 : schedule.alpha(20);
            double sigma = start == RealTimeIteration.Start.RENOISED ? schedule.sigma(20) : 0.0;
            assertEquals(0.5 * alpha, mean, 1e-4 + 3 * sigma / 8);
            assertEquals(sigma, deviation, 1e-3 + 0.3 * sigma);
        }
    }

    /** Respaced steps add the noise of what lies between two levels, and leave that of a chunk denoised by all. */
    @Test
    void respacedStepsShrinkAnErrorAsAllLevelsWould() {
        double[] factor = new double[2];
        String[] settings = {"respaced=false", "respaced=true"};
        for (int i = 0; i < 2; i++) {
            RealTimeIteration[] pair = new RealTimeIteration[2];
            for (int j = 0; j < 2; j++) {
                pair[j] = made("steps=20/10/0,first_steps=5," + settings[i], gaussian(0.4));
                pair[j].cycle(CONDITION, 0);
            }
            for (int k = 0; k < H * D; k++) {
                pair[1].chunk()[k] += 0.01f;
            }
            pair[0].cycle(CONDITION, 1);
            pair[1].cycle(CONDITION, 1);
            factor[i] = (pair[1].chunk()[0] - pair[0].chunk()[0]) / 0.01;
        }
        GaussianDenoiser denoiser = gaussian(0.4);
        double dropped = denoiser.gain(0);
        double respaced = denoiser.gain(0);
        int[][] steps = {{20, 10}, {10, 0}};
        for (int[] step : steps) {
            dropped *= schedule.posteriorOfNoisy(step[0]) + schedule.posteriorOfClean(step[0]) * denoiser.gain(step[0]);
            respaced *= schedule.posteriorOfNoisy(step[0], step[1])
                    + schedule.posteriorOfClean(step[0], step[1]) * denoiser.gain(step[0]);
        }
        assertEquals(dropped, factor[0], 1e-3);
        assertEquals(respaced, factor[1], 1e-3);
    }

    @Test
    void cyclesAllocateNothing() {
        RealTimeIteration scheme = rti(gaussian(0.4), List.of(3, 1, 0), new GaussianNoise(1), 8);
        RecedingHorizon horizon = new RecedingHorizon(
                spec,
                gaussian(0.4),
                new DdpmSampler(schedule, 1.0, List.of(9, 3, 1, 0), H * D),
                new GaussianNoise(1),
                RecedingHorizon.Options.full().withActionSteps(1));
        long[] tick = {0};
        assertEquals(0, Allocation.bytesOfThousandRuns(() -> {
            tick[0]++;
            scheme.cycle(CONDITION, tick[0]);
            horizon.cycle(CONDITION, tick[0]);
        }));
        assertEquals(0, scheme.restarts());
    }

    @Test
    void recedingHorizonInfersEveryTaTicksAndAfterAJump() {
        ClosedForm network = new ClosedForm(1, H, D, C, (x, k, c, i) -> x);
        RecedingHorizon scheme = new RecedingHorizon(
                spec,
                network,
                new DdpmSampler(schedule, 1.0, DdpmSampler.allLevels(schedule), H * D),
                new GaussianNoise(1),
                RecedingHorizon.Options.full());
        int inferred = 0;
        for (int tick = 0; tick < 80; tick++) {
            boolean fresh = scheme.cycle(CONDITION, tick) == CycleStatus.NEW_CHUNK;
            assertEquals(tick % 8 == 0, fresh);
            inferred += fresh ? 1 : 0;
            assertEquals(tick - tick % 8, scheme.chunkTick());
        }
        assertEquals(10, inferred);
        assertEquals(1000, network.levels.size());
        assertEquals(CycleKind.STEADY, scheme.kind());
        assertEquals(CycleStatus.NEW_CHUNK, scheme.cycle(CONDITION, 5));
        assertEquals(CycleKind.RESTART, scheme.kind());
        scheme.reset();
        scheme.cycle(CONDITION, 6);
        assertEquals(CycleKind.FIRST, scheme.kind());
        assertNotEquals(0, scheme.evaluations());
    }
}
