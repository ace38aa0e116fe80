package dev.tactus.policies.guidance;

import static dev.tactus.policies.guidance.Descents.VP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ChunkMixture;
import dev.tactus.policies.sampler.DdpmSampler;
import dev.tactus.policies.sampler.GaussianNoise;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtrapolationTest {
    private static final int N = 16;

    private static GaussianDenoiser policy(double mean) {
        return new GaussianDenoiser(VP, 1, N, 1, 1, mean, 0.3);
    }

    private static float[] ask(Denoiser denoiser, double level, float condition) {
        float[] clean = new float[denoiser.latentSize()];
        denoiser.denoise(Descents.noise(clean.length, 1), level, new float[] {condition}, clean);
        return clean;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0.0, 0.5, 1.0, 1.6, 2.0})
    void betweenPoliciesOfEqualSpreadAndBeyondIsTheirGeometricMean(double weight) {
        Denoiser guided = ReinforcementLearningGuidance.of(policy(0.1), policy(0.4), weight, 0);
        // p_base^(1 - w) p_tuned^w is a Gaussian of the same deviation around (1 - w) 0.1 + w 0.4
        Denoiser known = policy((1.0 - weight) * 0.1 + weight * 0.4);
        for (int k : new int[] {99, 50, 10, 0}) {
            assertArrayEquals(ask(known, k, 0), ask(guided, k, 0), 1e-5f);
        }
        float[] drawn = Descents.draw(Descents.ancestral(N), guided, 2);
        assertArrayEquals(Descents.draw(Descents.ancestral(N), known, 2), drawn, 1e-4f);
    }

    @Test
    void weightsOfZeroAndOneAreEachPolicyAtOneEvaluation() {
        for (double weight : new double[] {0.0, 1.0}) {
            GaussianDenoiser alone = policy(weight);
            Denoiser guided = ReinforcementLearningGuidance.of(policy(0.0), policy(1.0), weight, 0);
            assertArrayEquals(ask(alone, 30, 0), ask(guided, 30, 0), 0.0f);
            assertEquals(1, guided.evaluations());
        }
    }

    @Test
    void theTunedPolicyAnswersAloneAtFirst() {
        Denoiser guided = ReinforcementLearningGuidance.of(policy(0.0), policy(1.0), 0.25, 2);
        for (int descent = 0; descent < 2; descent++) {
            assertArrayEquals(ask(policy(1.0), 90, 0), ask(guided, 90, 0), 0.0f);
            assertArrayEquals(ask(policy(1.0), 80, 0), ask(guided, 80, 0), 0.0f);
            assertArrayEquals(ask(policy(0.25), 70, 0), ask(guided, 70, 0), 1e-5f);
        }
        assertEquals(2 * (1 + 1 + 2), guided.evaluations());
    }

    @Test
    void clippingFollowsTheCombination() {
        // estimates 3 and -1.4, whose middle is 0.8; clipped to 1 first it would be -0.2
        Denoiser guided = ReinforcementLearningGuidance.of(certain(3.0), certain(-1.4), 0.5, 0);
        float[] latent = new float[N];
        assertTrue(new DdpmSampler(VP, 1.0, List.of(0), N).sample(guided, new float[1], latent, new GaussianNoise(0)));
        assertEquals(0.8f, latent[0], 1e-6f);
    }

    private static Denoiser certain(double chunk) {
        return new GaussianDenoiser(VP, 1, N, 1, 1, chunk, 0.0);
    }

    @Test
    void classifierFreeGuidanceExtrapolatesFromThePolicyWithoutItsGoal() {
        // the goal is added to the mean
        for (double lambda : new double[] {0.0, 1.0, 1.5, 2.0}) {
            ChunkMixture policy = new ChunkMixture(VP, 1, N, 1, 1, 0.3, new double[N]);
            Denoiser guided = ClassifierFreeGuidance.of(policy, new int[] {0}, new float[] {0.1f}, lambda);
            double mean = 0.1 + lambda * (0.5 - 0.1);
            assertArrayEquals(ask(policy(mean), 40, 0), ask(guided, 40, 0.5f), 1e-5f);
            assertEquals(lambda == 0.0 || lambda == 1.0 ? 1 : 2, guided.evaluations());
        }
    }

    @Test
    void classifierFreeGuidanceNeedsAGoal() {
        String message = assertThrows(
                        BadInputException.class,
                        () -> ClassifierFreeGuidance.of(policy(0), new int[0], new float[0], 2.0))
                .getMessage();
        assertTrue(message.contains("null terms"), message);
    }
}
