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
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InpaintingTest {
    private static final int H = 6;
    private static final int D = 3;

    private static Denoiser gaussian(int batch) {
        return new GaussianDenoiser(VP, batch, H, D, 4, 0.2, 0.4);
    }

    @Test
    void knownElementsComeOutAsGivenUnderEverySamplerAndIndependentOnesAsWithout() {
        int[] elements = {0, 4, 17};
        float[] values = {0.9f, -0.3f, 0.5f};
        for (NoiseSchedule schedule : Descents.SCHEDULES) {
            for (Sampler sampler : Descents.all(schedule, 2 * H * D)) {
                Denoiser policy = new GaussianDenoiser(schedule, 2, H, D, 4, 0.2, 0.4);
                // nothing known; some samplers work otherwise where a latent may be moved, so it is wrapped all the
                // same
                Denoiser nothing = Inpainting.of(policy, new int[0], new float[0]);
                float[] free = Descents.draw(sampler, nothing, 1);
                float[] held = Descents.draw(sampler, Inpainting.of(policy, elements, values), 1);
                for (int chunk = 0; chunk < 2; chunk++) {
                    for (int i = 0; i < elements.length; i++) {
                        int at = chunk * H * D + elements[i];
                        assertEquals(values[i], held[at], 1e-6f, sampler + " on " + schedule);
                        free[at] = held[at];
                    }
                }
                assertArrayEquals(free, held, 0.0f, sampler + " on " + schedule);
            }
        }
    }

    @Test
    void theNetworkSeesKnownElementsWithoutNoise() {
        float[] latent = Descents.noise(H * D, 2);
        float[] before = latent.clone();
        Denoiser guided = Inpainting.firstRows(gaussian(1), new float[] {1.0f, 2.0f, 3.0f});
        guided.denoise(latent, 60, new float[4], new float[H * D]);
        assertArrayEquals(new float[] {1.0f, 2.0f, 3.0f}, Arrays.copyOf(latent, 3));
        assertArrayEquals(Arrays.copyOfRange(before, 3, H * D), Arrays.copyOfRange(latent, 3, H * D));
        assertTrue(guided.movesLatent());
    }

    @Test
    void aForcedFirstRowPullsTheRestToTheModeItBelongsTo() {
        // two ways to go, all rows of one sign; without forcing both are drawn
        double[] up = new double[H];
        Arrays.fill(up, 0.6);
        double[] down = new double[H];
        Arrays.fill(down, -0.6);
        Denoiser policy = new ChunkMixture(VP, 200, H, 1, 1, 0.1, up, down);
        Sampler sampler = Descents.ancestral(200 * H);
        assertEquals(0.5, Descents.share(Descents.draw(sampler, policy, 3), 0.6), 0.15);
        Denoiser forced = Inpainting.firstRows(policy, new float[] {0.6f, 0.6f, 0.6f});
        assertTrue(Descents.share(Descents.draw(sampler, forced, 3), 0.6) > 0.95);
    }

    @Test
    void latentsWithObservationsTakeThemFromEachChunksOwnCondition() {
        // row: [action, action, observation]; two rows of observation
        Denoiser guided = Inpainting.fromCondition(gaussian(2), new int[] {2, 5}, new int[] {1, 3});
        float[] condition = {10, 11, 12, 13, 20, 21, 22, 23};
        float[] clean = new float[2 * H * D];
        guided.denoise(new float[2 * H * D], 50, condition, clean);
        assertEquals(11.0f, clean[2]);
        assertEquals(13.0f, clean[5]);
        assertEquals(21.0f, clean[H * D + 2]);
        assertEquals(23.0f, clean[H * D + 5]);
    }

    @Test
    void elementsThatAreNotThereAreRefused() {
        assertThrows(BadInputException.class, () -> Inpainting.of(gaussian(1), new int[] {H * D}, new float[1]));
        assertThrows(BadInputException.class, () -> Inpainting.firstRows(gaussian(1), new float[H * D + 1]));
        assertThrows(
                BadInputException.class, () -> Inpainting.fromCondition(gaussian(1), new int[] {0}, new int[] {4}));
    }
}
