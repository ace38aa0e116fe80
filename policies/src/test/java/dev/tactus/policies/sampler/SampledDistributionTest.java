package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.Mixture;
import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples of data with two modes have its mean, its variance and as many of them in each mode. */
class SampledDistributionTest {
    private static final double NO_CLIP = 1e6;
    private static final int SIZE = 20_000;
    private static final Mixture DATA = new Mixture(0.3, -0.6, 0.4, 0.1);
    private static final VariancePreserving DISCRETE = VariancePreserving.squaredCosine(100);
    private static final VarianceExploding EDM = new VarianceExploding(0.005, 20.0);
    private static final Churn CHURN = new Churn(10.0, 0.01, 10.0, 1.0);

    private static Stream<Arguments> samplers() {
        LevelGrid every = LevelGrid.leading(DISCRETE, 100);
        LevelGrid sigma = LevelGrid.karras(EDM, 40, 7.0);
        LevelGrid flow = LevelGrid.linspace(new LinearFlow(), 40);
        return Stream.of(
                Arguments.of(
                        "ddpm", DISCRETE, new DdpmSampler(DISCRETE, NO_CLIP, DdpmSampler.allLevels(DISCRETE), SIZE)),
                Arguments.of("ddim, eta 0", DISCRETE, new DdimSampler(every, NO_CLIP, SIZE, 0.0, false)),
                Arguments.of("ddim, eta 1", DISCRETE, new DdimSampler(every, NO_CLIP, SIZE, 1.0, false)),
                Arguments.of(
                        "dpm-solver", DISCRETE, new DpmSolverSampler(LevelGrid.logSnr(DISCRETE, 20), NO_CLIP, SIZE)),
                Arguments.of("unipc", EDM, new UniPcSampler(sigma, NO_CLIP, SIZE)),
                Arguments.of("heun", EDM, new OdeSampler(sigma, NO_CLIP, SIZE, Method.HEUN, Churn.NONE)),
                Arguments.of("heun, churn", EDM, new OdeSampler(sigma, NO_CLIP, SIZE, Method.HEUN, CHURN)),
                Arguments.of(
                        "midpoint", flow.schedule(), new OdeSampler(flow, NO_CLIP, SIZE, Method.MIDPOINT, Churn.NONE)),
                Arguments.of("heun", flow.schedule(), new OdeSampler(flow, NO_CLIP, SIZE, Method.HEUN, Churn.NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samplers")
    void meanVarianceAndModesAreThoseOfTheData(String name, NoiseSchedule schedule, Sampler sampler) {
        float[] latent = new float[SIZE];
        GaussianNoise noise = new GaussianNoise(11);
        sampler.begin(latent, noise);
        assertTrue(sampler.sample(DATA.denoiser(schedule, SIZE), new float[1], latent, noise));
        double mean = 0.0;
        double square = 0.0;
        double low = 0.0;
        for (float x : latent) {
            mean += x / SIZE;
            square += x * x / SIZE;
            low += (x < -0.1 ? 1.0 : 0.0) / SIZE;
        }
        assertEquals(0.3, low, 0.02); // five standard errors
        assertEquals(DATA.mean(), mean, 0.02);
        assertEquals(DATA.variance(), square - mean * mean, 0.01);
    }

    @Test
    void churnKeepsTheMarginalAndItsNoiseFactorRaisesIt() {
        LevelGrid grid = LevelGrid.karras(EDM, 60, 7.0);
        double[] variances = new double[2];
        for (int i = 0; i < 2; i++) {
            Churn churn = new Churn(30.0, 0.0, 20.0, i == 0 ? 1.0 : 1.1);
            float[] latent = new float[SIZE];
            GaussianNoise noise = new GaussianNoise(12);
            Sampler sampler = new OdeSampler(grid, NO_CLIP, SIZE, Method.HEUN, churn);
            sampler.begin(latent, noise);
            sampler.sample(new GaussianDenoiser(EDM, 1, SIZE, 1, 1, 0.0, 0.5), new float[1], latent, noise);
            for (float x : latent) {
                variances[i] += x * x / SIZE;
            }
        }
        assertEquals(0.25, variances[0], 0.01);
        assertTrue(variances[1] > 1.1 * variances[0], variances[0] + " and " + variances[1]);
    }
}
