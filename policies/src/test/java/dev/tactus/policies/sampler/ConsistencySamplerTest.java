package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.fixture.CleanFormula;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.VarianceExploding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the exact consistency function of data from N(0, s^2), which keeps x over the standard deviation at its level. */
class ConsistencySamplerTest {
    private static final double S = 0.5;
    private static final double SIGMA_MIN = 0.3;
    private static final double NO_CLIP = 1e6;
    private static final float[] NO_CONDITION = new float[1];
    private static final VarianceExploding EDM = new VarianceExploding(SIGMA_MIN, 80.0);

    /** Takes any level to the one with standard deviation {@code end}: sigma_min for consistency models, 0 for CTM. */
    private static CleanFormula function(int size, double end) {
        double arrived = Math.sqrt(S * S + end * end);
        return new CleanFormula(EDM, size, (x, sigma, i) -> x * (arrived / Math.sqrt(S * S + sigma * sigma)));
    }

    @Test
    void severalStepsKeepTheMarginalVariance() {
        int size = 40_000;
        LevelGrid grid = LevelGrid.of(EDM, 80.0, 2.0, 0.5);
        double model = variance(new ConsistencySampler(grid, NO_CLIP, size, SIGMA_MIN), function(size, SIGMA_MIN));
        assertEquals(S * S + SIGMA_MIN * SIGMA_MIN, model, 0.01);
        double chain = variance(new ConsistencySampler(grid, NO_CLIP, size, 0.0), function(size, 0.0));
        assertEquals(S * S, chain, 0.01);
        // the chain's noise on a consistency model is too much
        double wrong = variance(new ConsistencySampler(grid, NO_CLIP, size, 0.0), function(size, SIGMA_MIN));
        assertTrue(wrong > 1.1 * model, wrong + " and " + model);
    }

    private static double variance(Sampler sampler, CleanFormula function) {
        float[] latent = new float[function.latentSize()];
        GaussianNoise noise = new GaussianNoise(3);
        sampler.begin(latent, noise);
        assertTrue(sampler.sample(function, NO_CONDITION, latent, noise));
        double variance = 0.0;
        for (float x : latent) {
            variance += (double) x * x / latent.length;
        }
        return variance;
    }

    @Test
    void atTheBoundaryAFurtherStepChangesNothingAndDrawsNothing() {
        float[] one = {60.0f, -100.0f};
        float[] two = one.clone();
        NoiseSource none = new RecordedNoise(new float[0]);
        new ConsistencySampler(LevelGrid.of(EDM, 80.0), NO_CLIP, 2, SIGMA_MIN)
                .sample(function(2, SIGMA_MIN), NO_CONDITION, one, none);
        new ConsistencySampler(LevelGrid.of(EDM, 80.0, SIGMA_MIN), NO_CLIP, 2, SIGMA_MIN)
                .sample(function(2, SIGMA_MIN), NO_CONDITION, two, none);
        assertArrayEquals(one, two);
    }

    @Test
    void oneStepBeginsWithAsMuchNoiseAsTheBundleSaysAndIsToldTheFullLevel() {
        CleanFormula function = function(4, 0.0).remembering();
        float[] latent = new float[4];
        float[] noise = {1.0f, -0.5f, 2.0f, 0.1f};
        Sampler reduced = new ConsistencySampler(LevelGrid.of(EDM, 80.0).startingWith(1.0), NO_CLIP, 4, 0.0);
        reduced.begin(latent, new RecordedNoise(noise));
        assertTrue(reduced.sample(function, NO_CONDITION, latent, new RecordedNoise(new float[0])));
        assertEquals(List.of(80.0), function.levels);
        assertArrayEquals(noise, function.latents.getFirst());
        new ConsistencySampler(LevelGrid.of(EDM, 80.0), NO_CLIP, 4, 0.0).begin(latent, new RecordedNoise(noise));
        assertArrayEquals(new float[] {80.0f, -40.0f, 160.0f, 8.0f}, latent, 1e-5f);
    }

    @Test
    void aWarmStartAddsTheNoiseOfItsFirstLevel() {
        CleanFormula function = function(2, SIGMA_MIN).remembering();
        float[] guess = {0.5f, -0.5f};
        Sampler warm = ConsistencySampler.continuing(LevelGrid.of(EDM, 0.5), NO_CLIP, 2, SIGMA_MIN);
        assertTrue(warm.sample(function, NO_CONDITION, guess, new RecordedNoise(new float[] {1.0f, 2.0f})));
        assertEquals(List.of(0.5), function.levels);
        // sqrt(0.5^2 - 0.3^2) = 0.4
        assertArrayEquals(new float[] {0.9f, 0.3f}, function.latents.getFirst(), 1e-6f);
    }
}
