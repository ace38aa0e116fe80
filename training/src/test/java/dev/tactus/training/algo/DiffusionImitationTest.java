package dev.tactus.training.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.nn.AdamW;
import dev.tactus.training.nn.LearningRate;
import dev.tactus.training.nn.Parameters;
import dev.tactus.training.nn.ResidualMlp;
import dev.tactus.training.nn.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DiffusionImitationTest {
    private static final int STEPS = 400;

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @Test
    void theLossFallsFarBelowThatOfKnowingNothing() {
        DiffusionImitation run = run(1);
        double first = run.step();
        assertEquals(1.0, first, 0.2); // a network that predicts nothing leaves the noise's unit variance
        double last = 0;
        int tail = 50;
        for (int i = 1; i < STEPS; i++) {
            double loss = run.step();
            last += i >= STEPS - tail ? loss / tail : 0;
        }
        assertTrue(last < 0.35, "loss at the end " + last);
    }

    @Test
    void theSameSeedGivesTheSameParametersAndAnotherSeedOthers() {
        assertEquals(hashAfter(1), hashAfter(1));
        assertNotEquals(hashAfter(1), hashAfter(2));
    }

    @Test
    void theGradientIsClippedToTheGivenNorm() {
        DiffusionImitation run = run(1, 1e-3);
        run.step();
        double squares = 0;
        for (float gradient : Parameters.read(run.network().parameters().gradients())) {
            squares += (double) gradient * gradient;
        }
        assertEquals(1e-3, Math.sqrt(squares), 1e-6);
    }

    @Test
    void aStepWhoseGradientIsNotFiniteIsNotTaken() {
        DiffusionImitation run = run(1);
        run.step();
        float[] values = run.network().parameters().read();
        values[0] = Float.POSITIVE_INFINITY;
        run.network().parameters().write(values);
        String before = Parameters.sha256(Parameters.read(run.ema().average()));
        assertTrue(Double.isNaN(run.step()));
        assertEquals(1, run.steps());
        assertEquals(
                Parameters.sha256(values),
                Parameters.sha256(run.network().parameters().read()));
        assertEquals(before, Parameters.sha256(Parameters.read(run.ema().average())));
    }

    @Test
    void aNetworkThatDoesNotFitTheWindowsIsRefused() {
        ResidualMlp network = new ResidualMlp(new ResidualMlp.Shape(7, 2, 50, 16, 64, 1), 1);
        DiffusionImitation.Settings settings = settings(1, 1.0);
        assertThrows(
                IllegalArgumentException.class,
                () -> new DiffusionImitation(settings, windows(), VariancePreserving.squaredCosine(50), network));
    }

    private static String hashAfter(long seed) {
        DiffusionImitation run = run(seed);
        for (int i = 0; i < 10; i++) {
            run.step();
        }
        return Parameters.sha256(Parameters.read(run.ema().average()));
    }

    private static DiffusionImitation run(long seed) {
        return run(seed, 1.0);
    }

    private static DiffusionImitation run(long seed, double maxGradientNorm) {
        ResidualMlp network = new ResidualMlp(new ResidualMlp.Shape(8, 2, 50, 16, 64, 1), seed);
        return new DiffusionImitation(
                settings(seed, maxGradientNorm), windows(), VariancePreserving.squaredCosine(50), network);
    }

    private static DiffusionImitation.Settings settings(long seed, double maxGradientNorm) {
        return new DiffusionImitation.Settings(
                seed,
                64,
                new LearningRate(3e-3, 20, STEPS),
                new AdamW.Settings(0.95, 0.999, 1e-8, 1e-6),
                maxGradientNorm,
                0.75,
                0.9999);
    }

    /** Episodes whose action repeats the observation. */
    private static WindowSampler windows() {
        SplittableRandom random = new SplittableRandom(5);
        List<WindowSampler.Track> tracks = new ArrayList<>();
        for (int episode = 0; episode < 20; episode++) {
            float[] values = new float[2 * 10];
            java.util.Arrays.fill(values, (float) random.nextDouble(-1, 1));
            tracks.add(new WindowSampler.Track(values, values));
        }
        return new WindowSampler(tracks, 2, 2, 1, 4);
    }
}
