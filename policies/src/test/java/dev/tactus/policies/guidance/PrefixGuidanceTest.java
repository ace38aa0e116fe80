package dev.tactus.policies.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ClosedForm;
import dev.tactus.policies.guidance.PrefixGuidance.Jacobian;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VarianceExploding;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixGuidanceTest {
    private static final int H = 10;
    private static final int D = 2;
    private static final float[] CONDITION = new float[1];
    private static final double NO_CLIP = Double.POSITIVE_INFINITY;

    private static GaussianDenoiser gaussian(NoiseSchedule schedule) {
        return new GaussianDenoiser(schedule, 1, H, D, 1, 0.3, 0.5);
    }

    private static float[] noise(long seed) {
        float[] noise = new float[H * D];
        new GaussianNoise(seed).fill(noise);
        return noise;
    }

    private static float[] ones() {
        float[] ones = new float[H * D];
        Arrays.fill(ones, 1.0f);
        return ones;
    }

    @Test
    void masksAreThePublishedOnes() {
        double[] exponential = {1, 1, .5706, .2871, .1145, .0258, 0, 0, 0, 0};
        double[] linear = {1, 1, .8, .6, .4, .2, 0, 0, 0, 0};
        for (int row = 0; row < H; row++) {
            assertEquals(exponential[row], PrefixMask.EXPONENTIAL.weight(row, 2, 6), 5e-5);
            assertEquals(linear[row], PrefixMask.LINEAR.weight(row, 2, 6), 1e-12);
            assertEquals(row < 2 ? 1.0 : 0.0, PrefixMask.HARD.weight(row, 2, 6));
            assertEquals(row < 6 ? 1.0 : 0.0, PrefixMask.ONES.weight(row, 2, 6));
        }
        assertEquals(1.0, PrefixMask.EXPONENTIAL.weight(-1, 0, 6), "rows before now were executed already");
    }

    /** Unclipped weights that the specification lists, and beta where there is none. */
    @Test
    void theWeightIsClippedAndAtNoiseItIsBeta() {
        PrefixGuidance guidance = new PrefixGuidance(gaussian(new LinearFlow()), 5.0, Jacobian.IDENTITY, NO_CLIP);
        double[] tau = {0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95};
        double[] weight = {5.0, 5.0, 4.25, 2.1667, 2.1667, 4.25, 5.0};
        for (int i = 0; i < tau.length; i++) {
            assertEquals((1 - tau[i]) * weight[i], guidance.strength(tau[i]), 1e-4);
        }
    }

    @Test
    void everyScheduleIsGuidedAsAFlowOfTheSameSignalToNoiseRatio() {
        PrefixGuidance flow = new PrefixGuidance(gaussian(new LinearFlow()), 5.0, Jacobian.IDENTITY, NO_CLIP);
        for (NoiseSchedule schedule :
                new NoiseSchedule[] {VariancePreserving.squaredCosine(100), new VarianceExploding(0.02, 80.0)}) {
            PrefixGuidance other = new PrefixGuidance(gaussian(schedule), 5.0, Jacobian.IDENTITY, NO_CLIP);
            for (double level : new double[] {1, 10, 50}) {
                double tau = new LinearFlow().level(schedule.logSnr(level));
                assertEquals(flow.strength(tau), other.strength(level), 1e-12);
            }
        }
    }

    @Test
    void theGuidedVelocityIsThePapers() {
        double tau = 0.3;
        double gain = gaussian(new LinearFlow()).gain(tau);
        float[] latent = noise(1);
        float[] target = noise(2);
        float[] weights = new float[H * D];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i / (float) weights.length;
        }
        for (Jacobian jacobian : Jacobian.values()) {
            PrefixGuidance guidance = new PrefixGuidance(gaussian(new LinearFlow()), 5.0, jacobian, NO_CLIP);
            guidance.guide(target, weights);
            float[] clean = new float[H * D];
            guidance.denoise(latent, tau, CONDITION, clean);
            double w = (tau * tau + 0.7 * 0.7) / (tau * 0.7);
            for (int i = 0; i < clean.length; i++) {
                double estimate = 0.3 + gain * (latent[i] - tau * 0.3);
                double velocity = (estimate - latent[i]) / (1 - tau);
                double pulled = (jacobian == Jacobian.IDENTITY ? 1.0 : gain) * (target[i] - estimate) * weights[i];
                double guided = velocity + w * pulled;
                assertEquals(latent[i] + (1 - tau) * guided, clean[i], 2e-4, jacobian + " " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, 80})
    void theDirectionalDerivativeOfAPosteriorMeanIsItsVectorJacobianProduct(int level) {
        NoiseSchedule schedule = VariancePreserving.squaredCosine(100);
        float[] latent = noise(3);
        float[] target = noise(4);
        float[][] clean = new float[2][H * D];
        Jacobian[] both = {Jacobian.DIRECTIONAL, Jacobian.FULL};
        for (int i = 0; i < 2; i++) {
            PrefixGuidance guidance = new PrefixGuidance(gaussian(schedule), 5.0, both[i], NO_CLIP);
            guidance.guide(target, ones());
            guidance.denoise(latent, level, CONDITION, clean[i]);
        }
        assertArrayEquals(clean[1], clean[0], 1e-3f);
    }

    /** Euler steps along the guided flow, beta growing with their number: the last one ends 1 / n of the way short. */
    @Test
    void withTheHardMaskAndTheIdentityHeldRowsGoToTheTargetAsStepsGrow() {
        float[] target = noise(2);
        float[] weights = new float[H * D];
        Arrays.fill(weights, 0, 3 * D, 1.0f);
        double before = Double.POSITIVE_INFINITY;
        for (int n : new int[] {5, 20, 80, 320}) {
            PrefixGuidance guidance = new PrefixGuidance(gaussian(new LinearFlow()), n, Jacobian.IDENTITY, NO_CLIP);
            guidance.guide(target, weights);
            float[] x = noise(1);
            float[] clean = new float[H * D];
            for (int i = 0; i < n; i++) {
                double tau = (double) i / n;
                guidance.denoise(x, tau, CONDITION, clean);
                for (int j = 0; j < x.length; j++) {
                    x[j] += (float) ((clean[j] - x[j]) / (1 - tau) / n);
                }
            }
            double held = 0;
            for (int j = 0; j < 3 * D; j++) {
                held = Math.max(held, Math.abs(x[j] - target[j]));
            }
            assertTrue(held < before / 2, n + " steps: off by " + held + ", before by " + before);
            before = held;
        }
        assertTrue(before < 0.01, "off by " + before);
    }

    @Test
    void withoutATargetItIsWhatItWrapsToTheBit() {
        NoiseSchedule schedule = VariancePreserving.squaredCosine(100);
        PrefixGuidance guidance = new PrefixGuidance(gaussian(schedule), 5.0, Jacobian.DIRECTIONAL, 1.0);
        float[] plain = new float[H * D];
        float[] wrapped = new float[H * D];
        gaussian(schedule).denoise(noise(1), 40, CONDITION, plain);
        guidance.denoise(noise(1), 40, CONDITION, wrapped);
        assertArrayEquals(plain, wrapped);
        assertEquals(1, guidance.evaluations());
        guidance.guide(noise(2), ones());
        guidance.denoise(noise(1), 40, CONDITION, wrapped);
        assertEquals(3, guidance.evaluations(), "a finite difference costs one more");
        guidance.reset();
        guidance.denoise(noise(1), 40, CONDITION, wrapped);
        assertArrayEquals(plain, wrapped);
    }

    @Test
    void anEstimateBeyondTheBoundIsPulledByTheErrorOfTheClippedOne() {
        ClosedForm explodes = new ClosedForm(1, H, D, 1, (x, k, c, i) -> -1000.0);
        PrefixGuidance guidance = new PrefixGuidance(explodes, 5.0, Jacobian.IDENTITY, 1.0);
        float[] plain = new float[H * D];
        float[] guided = new float[H * D];
        explodes.denoise(noise(1), 90, CONDITION, plain);
        guidance.guide(new float[H * D], ones());
        guidance.denoise(noise(1), 90, CONDITION, guided);
        for (int i = 0; i < plain.length; i++) {
            assertEquals(plain[i] - guidance.strength(90), guided[i], 1e-2);
        }
    }

    @Test
    void whatCannotWorkIsRefused() {
        Denoiser plain = new ClosedForm(1, H, D, 1, (x, k, c, i) -> x);
        assertRefused(() -> new PrefixGuidance(plain, 0.0, Jacobian.IDENTITY, 1.0), "beta");
        assertRefused(() -> new PrefixGuidance(plain, 5.0, Jacobian.FULL, 1.0), "vector-Jacobian product");
    }

    private static void assertRefused(Runnable what, String part) {
        String message = assertThrows(BadInputException.class, what::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
