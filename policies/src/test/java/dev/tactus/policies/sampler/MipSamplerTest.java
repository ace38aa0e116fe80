package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.fixture.CleanFormula;
import dev.tactus.policies.schedule.LinearFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

class MipSamplerTest {
    private static final float[] NO_CONDITION = new float[1];
    private final CleanFormula network =
            new CleanFormula(new LinearFlow(), 3, (x, t, i) -> 0.1 * (i + 1) + t * x).remembering();

    @Test
    void theSecondCallSeesTheFirstAnswerScaledAsTrained() {
        for (double scale : new double[] {1.0, 0.9}) {
            float[] latent = run(new MipSampler(1.0, 3, 0.9, scale), 1);
            assertEquals(List.of(0.0, 0.9), network.levels);
            assertArrayEquals(new float[3], network.latents.get(0));
            float[] second = {(float) (0.1 * scale), (float) (0.2 * scale), (float) (0.3 * scale)};
            assertArrayEquals(second, network.latents.get(1), 1e-7f);
            float[] expected = {0.1f + 0.9f * second[0], 0.2f + 0.9f * second[1], 0.3f + 0.9f * second[2]};
            assertArrayEquals(expected, latent, 1e-6f);
            network.levels.clear();
            network.latents.clear();
        }
    }

    @Test
    void theAnswerIsTheSameForEverySeed() {
        assertArrayEquals(run(new MipSampler(1.0, 3, 0.9, 1.0), 1), run(new MipSampler(1.0, 3, 0.9, 1.0), 2));
    }

    @Test
    void aWarmStartIsTheSecondCallAlone() {
        float[] guess = {0.2f, 0.4f, 0.6f};
        assertTrue(MipSampler.refining(1.0, 3, 0.9, 0.5)
                .sample(network, NO_CONDITION, guess, new RecordedNoise(new float[0])));
        assertEquals(List.of(0.9), network.levels);
        assertArrayEquals(new float[] {0.1f, 0.2f, 0.3f}, network.latents.getFirst(), 1e-7f);
    }

    private float[] run(Sampler sampler, long seed) {
        float[] latent = new float[3];
        GaussianNoise noise = new GaussianNoise(seed);
        sampler.begin(latent, noise);
        assertTrue(sampler.sample(network, NO_CONDITION, latent, noise));
        return latent;
    }
}
