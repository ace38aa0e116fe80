package dev.tactus.policies.guidance;

import static dev.tactus.policies.guidance.Descents.VP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.GaussianDenoiser;
import dev.tactus.policies.fixture.ChunkMixture;
import dev.tactus.policies.schedule.LinearFlow;
import org.junit.jupiter.api.Test;

class ScoreCorrectionTest {
    private static final float[] NO_CONDITION = new float[1];

    @Test
    void aChunkMovesUpTheGradientOfTheLogDensity() {
        GaussianDenoiser data = new GaussianDenoiser(VP, 1, 4, 1, 1, 0.2, 0.3);
        double alpha = VP.alpha(10);
        double variance = alpha * alpha * 0.09 + VP.sigma(10) * VP.sigma(10);
        float[] chunk = {0.9f, 0.2f, -0.5f, 0.0f};
        double eta = 0.02;
        assertTrue(new ScoreCorrection(data, data, 10, eta, 1, 9.0).finish(NO_CONDITION, chunk));
        // x = alpha a is N(alpha 0.2, variance) under the data with noise
        assertEquals(0.9 - eta * alpha * (0.9 - 0.2) / variance, chunk[0], 1e-6);
        assertEquals(0.2, chunk[1], 1e-6);
    }

    @Test
    void aChunkOffTheDemonstrationsComesToTheNearestOfThem() {
        Denoiser data =
                new ChunkMixture(new LinearFlow(), 1, 2, 1, 1, 0.02, new double[] {0.5, 0.5}, new double[] {-0.5, 0.5});
        float[] chunk = {0.3f, 0.7f};
        double tau = 0.85;
        double eta = 0.5 * (1 - tau) * (1 - tau) / tau;
        assertTrue(new ScoreCorrection(data, data, tau, eta, 20, 1.0).finish(NO_CONDITION, chunk));
        assertEquals(0.5, chunk[0], 0.02);
        assertEquals(0.5, chunk[1], 0.02);
    }

    @Test
    void correctedChunksStayInTheirBoundsAndBrokenOnesAreReported() {
        GaussianDenoiser data = new GaussianDenoiser(VP, 1, 1, 1, 1, 3.0, 0.1);
        float[] chunk = {0.9f};
        double all = VP.sigma(10) * VP.sigma(10) / VP.alpha(10);
        assertTrue(new ScoreCorrection(data, data, 10, all, 1, 1.0).finish(NO_CONDITION, chunk));
        assertEquals(1.0f, chunk[0]);
        GaussianDenoiser broken = new GaussianDenoiser(VP, 1, 1, 1, 1, Double.NaN, 0.1);
        assertFalse(new ScoreCorrection(data, broken, 10, all, 2, 1.0).finish(NO_CONDITION, chunk));
    }

    @Test
    void stepsThatWouldOvershootAreRefused() {
        Denoiser data = new GaussianDenoiser(VP, 1, 1, 1, 1, 0.0, 0.1);
        assertThrows(BadInputException.class, () -> new ScoreCorrection(data, data, 10, 0.1, 1, 1.0));
        assertThrows(BadInputException.class, () -> new ScoreCorrection(data, data, -1, 0.1, 1, 1.0));
    }
}
