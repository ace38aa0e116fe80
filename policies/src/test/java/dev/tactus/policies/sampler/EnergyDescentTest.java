package dev.tactus.policies.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.CleanFormula;
import dev.tactus.policies.schedule.LinearFlow;
import org.junit.jupiter.api.Test;

/** On the energy {@code |x - 0.4|^2 / 2}, whose gradient step with eta = 0.5 halves the distance. */
class EnergyDescentTest {
    private static final float[] NO_CONDITION = new float[1];
    private static final double ETA = 0.5;

    private static CleanFormula quadratic(int batch, int horizon) {
        return new CleanFormula(new LinearFlow(), batch, horizon, (x, level, i) -> x - ETA * (x - 0.4));
    }

    @Test
    void descendsToTheMinimumAndStopsThere() {
        CleanFormula energy = quadratic(1, 2);
        float[] latent = {1.4f, 0.4f};
        assertTrue(new EnergyDescent(10.0, 2, 100, 0.001, 0.0)
                .sample(energy, NO_CONDITION, latent, new RecordedNoise(new float[0])));
        assertArrayEquals(new float[] {0.4f, 0.4f}, latent, 1.0e-3f);
        // steps are 1/2, 1/4, ...: 2^-10 is the first below 0.001
        assertEquals(10, energy.evaluations());
    }

    @Test
    void everyChunkOfABatchComesToRest() {
        CleanFormula energy = quadratic(2, 2);
        float[] latent = {0.4f, 0.4f, 1.4f, 0.4f};
        new EnergyDescent(10.0, 4, 100, 0.001, 0.0)
                .sample(energy, NO_CONDITION, latent, new RecordedNoise(new float[0]));
        assertEquals(10, energy.evaluations());
        assertEquals(0.4f, latent[2], 1e-3f);
    }

    @Test
    void aMinimumOutsideTheBoundEndsAtTheBound() {
        CleanFormula energy = quadratic(1, 1);
        float[] latent = {-0.3f};
        new EnergyDescent(0.25, 1, 100, 1e-6, 0.0)
                .sample(energy, NO_CONDITION, latent, new RecordedNoise(new float[0]));
        assertEquals(0.25f, latent[0]);
        assertEquals(4, energy.evaluations()); // to 0.05, to 0.225, to the bound, and a step that goes nowhere
    }

    @Test
    void withoutAToleranceEveryStepIsTaken() {
        CleanFormula energy = quadratic(1, 1);
        new EnergyDescent(10.0, 1, 7, 0.0, 0.0)
                .sample(energy, NO_CONDITION, new float[] {5.0f}, new RecordedNoise(new float[0]));
        assertEquals(7, energy.evaluations());
    }

    @Test
    void langevinNoiseSpreadsSamplesAsItsRecursionSays() {
        int size = 40_000;
        float[] latent = new float[size];
        new EnergyDescent(10.0, size, 30, 0.0, 0.3)
                .sample(quadratic(1, size), NO_CONDITION, latent, new GaussianNoise(6));
        double variance = 0.0;
        for (float x : latent) {
            variance += (x - 0.4) * (x - 0.4) / size;
        }
        // x' = x / 2 + 0.3 z is at rest at 0.09 / (1 - 1/4); the last step halves without adding
        assertEquals(0.25 * 0.09 / 0.75, variance, 0.001);
    }

    @Test
    void noStepIsRefused() {
        assertThrows(BadInputException.class, () -> new EnergyDescent(1.0, 1, 0, 0.0, 0.0));
    }
}
