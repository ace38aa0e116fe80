package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
    private static final double MEAN = 0.3;
    private static final double DEVIATION = 0.5;
    private static final double NO_CLIP = 1e6;
    private static final float[] NO_CONDITION = new float[1];

    private final VariancePreserving schedule = VariancePreserving.squaredCosine(100);

    private GaussianDenoiser gaussian(int size) {
        return new GaussianDenoiser(schedule, 1, size, 1, 1, MEAN, DEVIATION);
    }

    private DdpmSampler ddpm(List<Integer> levels, int size) {
        return new DdpmSampler(schedule, NO_CLIP, levels, size);
    }

    private DdimSampler ddim(int steps, double eta, int size) {
        return new DdimSampler(LevelGrid.leading(schedule, steps), NO_CLIP, size, eta, false);
    }

    private static float[] noise(int size, long seed) {
        float[] latent = new float[size];
        new GaussianNoise(seed).fill(latent);
        return latent;
    }

    @Test
    void ancestralSamplingOfAGaussianHasTheMomentsOfItsRecursion() {
        int size = 100_000;
        GaussianDenoiser denoiser = gaussian(size);
        float[] latent = noise(size, 1);
        assertTrue(ddpm(DdpmSampler.allLevels(schedule), size)
                .sample(denoiser, NO_CONDITION, latent, new GaussianNoise(2)));
        double mean = 0.0; // of x at level k, by the linear recursion that an exact denoiser makes of a step
        double variance = 1.0;
        for (int k = 99; k >= 0; k--) {
            double p = schedule.posteriorOfNoisy(k);
            double q = schedule.posteriorOfClean(k);
            double factor = p + q * denoiser.gain(k);
            mean = factor * mean + q * MEAN * (1.0 - denoiser.gain(k) * Math.sqrt(schedule.alphaBar(k)));
            variance = factor * factor * variance + Math.pow(schedule.posteriorDeviation(k), 2);
        }
        double[] sampled = moments(latent);
        assertEquals(mean, sampled[0], 5.0 * DEVIATION / Math.sqrt(size));
        assertEquals(variance, sampled[1], 5.0 * variance * Math.sqrt(2.0 / size));
        assertEquals(MEAN, mean, 1e-3);
        // the small posterior variance falls short of the data's by a few per cent, as is known of it
        assertTrue(variance < DEVIATION * DEVIATION && variance > 0.9 * DEVIATION * DEVIATION, "variance " + variance);
    }

    @Test
    void implicitSamplingFollowsTheExactFlowToFirstOrder() {
        double[] errors = new double[3];
        int[] steps = {10, 20, 100};
        for (int i = 0; i < steps.length; i++) {
            float[] latent = noise(64, 3);
            int first = (steps[i] - 1) * (100 / steps[i]);
            float[] start = latent.clone();
            ddim(steps[i], 0.0, 64).sample(gaussian(64), NO_CONDITION, latent, new GaussianNoise(0));
            for (int j = 0; j < latent.length; j++) {
                errors[i] = Math.max(errors[i], Math.abs(latent[j] - exactFlow(start[j], first)));
            }
        }
        assertTrue(errors[1] < 0.65 * errors[0], errors[0] + " then " + errors[1]);
        assertTrue(errors[2] < 0.3 * errors[1], errors[1] + " then " + errors[2]);
    }

    /** Probability-flow map of Gaussian data: keeps (x - mean) / standard deviation. */
    private double exactFlow(double x, int k) {
        double alphaBar = schedule.alphaBar(k);
        double spread = Math.sqrt(alphaBar * DEVIATION * DEVIATION + 1.0 - alphaBar);
        return MEAN + DEVIATION * (x - Math.sqrt(alphaBar) * MEAN) / spread;
    }

    @Test
    void implicitSamplingWithFullNoiseOverEveryLevelIsAncestralSampling() {
        float[] implicit = noise(32, 4);
        float[] ancestral = implicit.clone();
        GaussianDenoiser denoiser = gaussian(32);
        ddim(100, 1.0, 32).sample(denoiser, NO_CONDITION, implicit, new GaussianNoise(5));
        ddpm(DdpmSampler.allLevels(schedule), 32).sample(denoiser, NO_CONDITION, ancestral, new GaussianNoise(5));
        assertArrayEquals(ancestral, implicit, 2e-4f);
    }

    @Test
    void leadingSpacingNeverVisitsTheTopLevel() {
        ClosedForm zero = new ClosedForm(1, 1, 1, 1, (x, k, c, i) -> 0.0);
        ddim(16, 0.0, 1).sample(zero, NO_CONDITION, new float[1], new GaussianNoise(0));
        assertEquals(List.of(90, 84, 78, 72, 66, 60, 54, 48, 42, 36, 30, 24, 18, 12, 6, 0), zero.levels);
    }

    @Test
    void clippingHoldsTheCleanSampleWhereTheTopLevelWouldMakeItExplode() {
        float[] arrived = new float[1];
        ClosedForm wrong = new ClosedForm(1, 1, 1, 1, (x, k, c, i) -> {
            arrived[0] = x;
            return 0.9 * x;
        });
        double q = schedule.posteriorOfClean(99);
        double p = schedule.posteriorOfNoisy(99);
        ddpmOnce(1.0, wrong);
        assertEquals(q + p, arrived[0], 1e-6);
        ddpmOnce(NO_CLIP, wrong);
        assertTrue(arrived[0] > 3.0 * (q + p), "without clipping " + arrived[0]);
    }

    private void ddpmOnce(double clip, ClosedForm denoiser) {
        new DdpmSampler(schedule, clip, List.of(99, 0), 1)
                .sample(denoiser, NO_CONDITION, new float[] {1.0f}, new RecordedNoise(new float[1]));
    }

    @Test
    void noiseIsRecomputedFromTheClippedSampleOnlyIfAsked() {
        // the first step predicts noise -2, whose clean sample is far above the bound; the second predicts none
        ClosedForm wrong = new ClosedForm(1, 1, 1, 1, (x, k, c, i) -> k == 50 ? -2.0 : 0.0);
        double now = schedule.alphaBar(50);
        double next = schedule.alphaBar(0);
        double[] noises = {-2.0, (1.0 - Math.sqrt(now)) / Math.sqrt(1.0 - now)};
        for (int i = 0; i < 2; i++) {
            float[] latent = {1.0f};
            new DdimSampler(LevelGrid.leading(schedule, 2), 1.0, 1, 0.0, i == 1)
                    .sample(wrong, NO_CONDITION, latent, new GaussianNoise(0));
            double x = Math.sqrt(next) + Math.sqrt(1.0 - next) * noises[i];
            assertEquals(Math.min(1.0, x / Math.sqrt(next)), latent[0], 1e-6);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void onePredictionThatIsNotFiniteEndsSampling(float bad) {
        ClosedForm broken = new ClosedForm(1, 4, 1, 1, (x, k, c, i) -> k == 2 && i == 1 ? bad : 0.0);
        assertFalse(ddpm(List.of(5, 2, 0), 4).sample(broken, NO_CONDITION, new float[4], new GaussianNoise(0)));
        assertEquals(List.of(5, 2), broken.levels);
        ClosedForm brokenLate = new ClosedForm(1, 4, 1, 1, (x, k, c, i) -> k == 0 && i == 3 ? bad : 0.0);
        assertFalse(ddim(10, 0.0, 4).sample(brokenLate, NO_CONDITION, new float[4], new GaussianNoise(0)));
    }

    @Test
    void badStepListsSayWhatIsWrong() {
        assertMessage(() -> ddpm(List.of(3, 3, 0), 1), "3 follows 3");
        assertMessage(() -> ddpm(List.of(1, 3, 0), 1), "3 follows 1");
        assertMessage(() -> ddpm(List.of(100, 0), 1), "levels of this policy are 0 to 99");
        assertMessage(() -> ddpm(List.of(), 1), "at least one");
        assertMessage(() -> ddpm(List.of(5, 2), 1), "the last one must be 0");
        assertMessage(() -> ddim(101, 0.0, 1), "100 levels");
        assertMessage(() -> ddim(10, 1.5, 1), "0 to 1");
    }

    private static void assertMessage(Runnable task, String part) {
        String message = assertThrows(BadInputException.class, task::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void samplingAllocatesNothing() {
        GaussianDenoiser denoiser = gaussian(64);
        GaussianNoise source = new GaussianNoise(8);
        float[] latent = noise(64, 9);
        Sampler ancestral = ddpm(List.of(7, 5, 3, 1, 0), 64);
        Sampler implicit = ddim(4, 1.0, 64);
        assertEquals(0, Allocation.bytesOfThousandRuns(() -> ancestral.sample(denoiser, NO_CONDITION, latent, source)));
        assertEquals(0, Allocation.bytesOfThousandRuns(() -> implicit.sample(denoiser, NO_CONDITION, latent, source)));
    }

    @Test
    void noiseIsGaussianAndTheSameEverywhere() {
        float[] values = noise(200_000, 42);
        double[] moments = moments(values);
        assertEquals(0.0, moments[0], 0.012);
        assertEquals(1.0, moments[1], 0.016);
        GaussianNoise again = new GaussianNoise(7);
        again.next();
        again.reset(42);
        for (int i = 0; i < 100; i++) {
            assertEquals(values[i], again.next());
        }
        // computed from the published algorithms by a program in another language
        double[] other = {0.49295065581737485, -0.6940056672160174, -1.2810773478777024, -0.901557193497174};
        for (int i = 0; i < other.length; i++) {
            assertEquals((float) other[i], values[i]);
        }
    }

    private static double[] moments(float[] values) {
        double mean = 0.0;
        for (float value : values) {
            mean += value / values.length;
        }
        double variance = 0.0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        return new double[] {mean, variance};
    }
}
