package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.fixture.Mixture;
import dev.tactus.policies.sampler.OdeSampler.Churn;
import dev.tactus.policies.sampler.OdeSampler.Method;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Samplers against {@link SlowSamplers}, and against each other where two names mean the same thing. */
class SamplerParityTest {
    private static final double NO_CLIP = 1e6;
    private static final int SIZE = 32;
    private static final float[] NO_CONDITION = new float[1];
    private static final Mixture DATA = Mixture.UNEVEN;
    private static final VariancePreserving DISCRETE = VariancePreserving.squaredCosine(100);
    private static final VarianceExploding EDM = new VarianceExploding(0.02, 10.0);
    private static final LinearFlow FLOW = new LinearFlow();
    private static final Churn CHURN = new Churn(4.0, 0.05, 5.0, 1.003);

    private static float[] start(double std) {
        float[] latent = new float[SIZE];
        new GaussianNoise(17).fill(latent);
        for (int i = 0; i < SIZE; i++) {
            latent[i] *= (float) std;
        }
        return latent;
    }

    private static float[] sampled(Sampler sampler, NoiseSchedule schedule, float[] start, NoiseSource noise) {
        float[] latent = start.clone();
        assertTrue(sampler.sample(DATA.denoiser(schedule, SIZE), NO_CONDITION, latent, noise));
        return latent;
    }

    private static SlowSamplers slow(LevelGrid grid) {
        NoiseSchedule schedule = grid.schedule();
        return new SlowSamplers(grid, (x, level) -> DATA.clean(x, schedule.alpha(level), schedule.sigma(level)));
    }

    private static Arguments row(String name, LevelGrid grid, Sampler sampler, DoubleUnaryOperator slow) {
        return Arguments.of(name, grid, sampler, slow);
    }

    private static Stream<Arguments> deterministicSamplers() {
        List<Arguments> rows = new ArrayList<>();
        for (LevelGrid grid : List.of(
                LevelGrid.leading(DISCRETE, 12),
                LevelGrid.logSnr(DISCRETE, 9),
                LevelGrid.karras(EDM, 12, 7.0),
                LevelGrid.logSnr(FLOW, 12),
                LevelGrid.of(FLOW, 0.1, 0.15, 0.4, 0.8, 0.95))) {
            rows.add(row("dpm", grid, new DpmSolverSampler(grid, NO_CLIP, SIZE), slow(grid)::dpmSolver2M));
            rows.add(row("unipc", grid, new UniPcSampler(grid, NO_CLIP, SIZE), slow(grid)::uniPc));
        }
        LevelGrid discrete = LevelGrid.trailing(DISCRETE, 7);
        rows.add(row("ddim", discrete, ddim(discrete, 0.0), x -> slow(discrete).ddim(x, 0.0, new double[7])));
        LevelGrid edm = LevelGrid.logSnr(EDM, 8);
        double[] none = new double[8];
        rows.add(row("beso ddim", edm, ddim(edm, 0.0), x -> slow(edm).eulerAncestral(x, 0.0, none)));
        rows.add(row("heun", edm, ode(edm, Method.HEUN), x -> slow(edm).edmHeun(x, 0.0, 0.0, 0.0, 1.0, none)));
        LevelGrid flow = LevelGrid.linspace(FLOW, 8);
        rows.add(row("flow euler", flow, ode(flow, Method.EULER), slow(flow)::flowEuler));
        rows.add(row("flow midpoint", flow, ode(flow, Method.MIDPOINT), slow(flow)::flowMidpoint));
        rows.add(row("flow heun", flow, ode(flow, Method.HEUN), slow(flow)::flowHeun));
        return rows.stream();
    }

    private static Sampler ddim(LevelGrid grid, double eta) {
        return new DdimSampler(grid, NO_CLIP, SIZE, eta, false);
    }

    private static Sampler ode(LevelGrid grid, Method method) {
        return new OdeSampler(grid, NO_CLIP, SIZE, method, Churn.NONE);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deterministicSamplers")
    void aSamplerComputesThePaper(String name, LevelGrid grid, Sampler sampler, DoubleUnaryOperator slow) {
        float[] start = start(grid.initialStd());
        float[] sampled = sampled(sampler, grid.schedule(), start, new RecordedNoise(new float[0]));
        for (int i = 0; i < SIZE; i++) {
            assertEquals(slow.applyAsDouble(start[i]), sampled[i], 4e-6);
        }
    }

    @Test
    void samplersThatAddNoiseComputeThePaper() {
        LevelGrid discrete = LevelGrid.leading(DISCRETE, 10);
        assertNoisy(discrete, ddim(discrete, 0.7), (slow, x, z) -> slow.ddim(x, 0.7, z));
        LevelGrid beso = LevelGrid.linearSigma(new VarianceExploding(0.005, 1.0), 3);
        assertNoisy(beso, ddim(beso, 1.0), (slow, x, z) -> slow.eulerAncestral(x, 1.0, z));
        LevelGrid edm = LevelGrid.karras(EDM, 10, 7.0);
        Sampler churned = new OdeSampler(edm, NO_CLIP, SIZE, Method.HEUN, CHURN);
        assertNoisy(edm, churned, (slow, x, z) -> slow.edmHeun(x, 4.0, 0.05, 5.0, 1.003, z));
    }

    private interface Noisy {
        double at(SlowSamplers slow, double x, double[] z);
    }

    /** Noise is drawn for a whole chunk at a time, and only in steps that add some. */
    private static void assertNoisy(LevelGrid grid, Sampler sampler, Noisy noisy) {
        int steps = grid.steps();
        float[] zs = new float[SIZE * steps];
        new GaussianNoise(5).fill(zs);
        float[] start = start(grid.initialStd());
        float[] sampled = sampled(sampler, grid.schedule(), start, new RecordedNoise(zs));
        boolean churns = sampler instanceof OdeSampler;
        for (int i = 0; i < SIZE; i++) {
            double[] z = new double[steps];
            int draws = 0;
            for (int k = 0; k < steps; k++) {
                boolean inside = grid.level(k) >= CHURN.min() && grid.level(k) <= CHURN.max();
                boolean draw = churns ? inside : k < steps - 1;
                z[k] = draw ? zs[draws++ * SIZE + i] : 0.0;
            }
            assertEquals(noisy.at(slow(grid), start[i], z), sampled[i], 4e-6);
        }
    }

    @Test
    void eulerOnAFlowAndInSigmaIsDdim() {
        for (LevelGrid grid : List.of(LevelGrid.linspace(FLOW, 9), LevelGrid.karras(EDM, 9, 7.0))) {
            float[] start = start(grid.initialStd());
            NoiseSource none = new RecordedNoise(new float[0]);
            assertArrayEquals(
                    sampled(ddim(grid, 0.0), grid.schedule(), start, none),
                    sampled(ode(grid, Method.EULER), grid.schedule(), start, none),
                    1e-6f);
        }
        LevelGrid flow = LevelGrid.linspace(FLOW, 9); // to the last bits, in double
        for (float x : start(1.0)) {
            double implicit = x;
            for (int i = 0; i < 9; i++) {
                double tau = flow.level(i);
                double next = flow.level(i + 1);
                double clean = DATA.clean(implicit, tau, 1.0 - tau);
                implicit = next * clean + (1.0 - next) * (implicit - tau * clean) / (1.0 - tau);
            }
            assertEquals(implicit, slow(flow).flowEuler(x), 1e-12);
        }
    }

    @Test
    void ddimWithFullNoiseIsRespacedAncestralSampling() {
        List<Integer> levels = List.of(40, 22, 9, 4, 0);
        LevelGrid grid = LevelGrid.of(DISCRETE, 40, 22, 9, 4, 0);
        Sampler respaced = new DdpmSampler(DISCRETE, 0.5, levels, DdpmSampler.Skipping.RESPACED, SIZE);
        Sampler implicit = new DdimSampler(grid, 0.5, SIZE, 1.0, true);
        float[] start = start(1.0);
        assertArrayEquals(
                sampled(respaced, DISCRETE, start, new GaussianNoise(3)),
                sampled(implicit, DISCRETE, start, new GaussianNoise(3)),
                2e-6f);
        // and not what the same list does when it drops levels
        float[] dropped = sampled(new DdpmSampler(DISCRETE, 0.5, levels, SIZE), DISCRETE, start, new GaussianNoise(3));
        assertTrue(!Arrays.equals(dropped, sampled(respaced, DISCRETE, start, new GaussianNoise(3))));
    }

    @Test
    void uniPcDoesWithoutCorrectionWhereTheDenoiserMovesTheLatent() {
        LevelGrid grid = LevelGrid.karras(EDM, 6, 7.0);
        float[] moved = start(10.0);
        float[] predicted = moved.clone();
        NoiseSource none = new RecordedNoise(new float[0]);
        new UniPcSampler(grid, NO_CLIP, SIZE)
                .sample(new Moving(DATA.denoiser(EDM, SIZE), 0.0f), NO_CONDITION, moved, none);
        new DpmSolverSampler(grid, NO_CLIP, SIZE).sample(DATA.denoiser(EDM, SIZE), NO_CONDITION, predicted, none);
        assertArrayEquals(predicted, moved);
    }

    @Test
    void heunGoesOnFromWhereTheDenoiserPutTheLatent() {
        double shift = 0.125;
        LevelGrid grid = LevelGrid.of(FLOW, 0.0, 0.5);
        float[] start = start(1.0);
        float[] latent = start.clone();
        ode(grid, Method.HEUN)
                .sample(
                        new Moving(DATA.denoiser(FLOW, SIZE), (float) shift),
                        NO_CONDITION,
                        latent,
                        new RecordedNoise(new float[0]));
        for (int i = 0; i < SIZE; i++) {
            double x = start[i] + shift;
            double u = DATA.clean(x, 0.0, 1.0) - x;
            double euler = x + 0.5 * u + shift;
            double uThere = (DATA.clean(euler, 0.5, 0.5) - euler) / 0.5;
            double next = x + 0.5 * (0.5 * u + 0.5 * uThere) + shift;
            assertEquals(DATA.clean(next, 0.5, 0.5), latent[i], 2e-6);
        }
    }
}
