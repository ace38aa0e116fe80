package dev.tactus.training.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OptimisationTest {
    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @Test
    void emaDecaysAreThoseOfTheReference() {
        assertEquals(0, Ema.decay(0, 0.75, 0.9999));
        assertEquals(0, Ema.decay(1, 0.75, 0.9999));
        assertEquals(1 - Math.pow(2, -0.75), Ema.decay(2, 0.75, 0.9999), 1e-15);
        assertEquals(0.9943766, Ema.decay(1000, 0.75, 0.9999), 1e-7); // 1 - 1000^-0.75
        assertEquals(0.9999, Ema.decay(10_000_000, 0.75, 0.9999));
    }

    @Test
    void emaFollowsItsRecurrence() {
        Parameters parameters = new Parameters(Map.of("w", List.of(3)));
        parameters.write(new float[] {1, 2, 3});
        Ema ema = new Ema(parameters, 0.75, 0.9999);
        double[] expected = {1, 2, 3};
        for (int update = 0; update < 20; update++) {
            float[] values = {update, -update, update * 0.5f};
            parameters.write(values);
            ema.update(update);
            double decay = Ema.decay(update, 0.75, 0.9999);
            for (int i = 0; i < 3; i++) {
                expected[i] = decay * expected[i] + (1 - decay) * values[i];
            }
        }
        float[] average = Parameters.read(ema.average());
        for (int i = 0; i < 3; i++) {
            assertEquals(expected[i], average[i], 1e-4);
        }
    }

    @Test
    void adamWTakesTheStepsOfItsAlgorithm() {
        int size = 70_000; // more than a block
        Parameters parameters = new Parameters(Map.of("w", List.of(size)));
        AdamW.Settings settings = new AdamW.Settings(0.95, 0.999, 1e-8, 1e-2);
        AdamW optimiser = new AdamW(parameters, settings);
        SplittableRandom random = new SplittableRandom(1);
        double[] theta = new double[size];
        double[] m = new double[size];
        double[] v = new double[size];
        for (int step = 1; step <= 5; step++) {
            float[] gradient = new float[size];
            for (int i = 0; i < size; i++) {
                gradient[i] = (float) random.nextGaussian();
                double g = 0.5 * gradient[i];
                theta[i] *= 1 - 1e-3 * settings.weightDecay();
                m[i] = settings.beta1() * m[i] + (1 - settings.beta1()) * g;
                v[i] = settings.beta2() * v[i] + (1 - settings.beta2()) * g * g;
                double mHat = m[i] / (1 - Math.pow(settings.beta1(), step));
                double vHat = v[i] / (1 - Math.pow(settings.beta2(), step));
                theta[i] -= 1e-3 * mHat / (Math.sqrt(vHat) + settings.epsilon());
            }
            Parameters.write(parameters.gradients(), gradient);
            optimiser.step(1e-3, 0.5);
        }
        float[] found = parameters.read();
        for (int i = 0; i < size; i++) {
            assertEquals(theta[i], found[i], 1e-7 + 1e-5 * Math.abs(theta[i]));
        }
    }

    @Test
    void theLearningRateWarmsUpAndFallsToZero() {
        LearningRate rate = new LearningRate(1e-3, 10, 110);
        assertEquals(1e-4, rate.at(0), 1e-12);
        assertEquals(1e-3, rate.at(9), 1e-12);
        assertEquals(0.5e-3, rate.at(59), 1e-12);
        assertEquals(0, rate.at(109), 1e-12);
    }

    @Test
    void aStreamIsAFunctionOfSeedPurposeAndPosition() {
        assertEquals(first(1, RandomStream.Purpose.NOISE, 7), first(1, RandomStream.Purpose.NOISE, 7));
        assertNotEquals(first(1, RandomStream.Purpose.NOISE, 7), first(2, RandomStream.Purpose.NOISE, 7));
        assertNotEquals(first(1, RandomStream.Purpose.NOISE, 7), first(1, RandomStream.Purpose.ORDER, 7));
        assertNotEquals(first(1, RandomStream.Purpose.NOISE, 7), first(1, RandomStream.Purpose.NOISE, 8));
    }

    @Test
    void gaussiansOfManyStreamsHaveUnitVarianceAndNoCorrelation() {
        double sum = 0;
        double squares = 0;
        double neighbours = 0;
        int n = 100_000;
        double before = 0;
        for (int i = 0; i < n; i++) {
            double value = new RandomStream(3, RandomStream.Purpose.NOISE, i).nextGaussian();
            sum += value;
            squares += value * value;
            neighbours += value * before;
            before = value;
        }
        double fourSigma = 4 / Math.sqrt(n);
        assertTrue(Math.abs(sum / n) < fourSigma);
        assertTrue(Math.abs(squares / n - 1) < fourSigma * Math.sqrt(2));
        assertTrue(Math.abs(neighbours / n) < fourSigma);
    }

    @Test
    void parametersLieOneAfterTheOther() {
        Parameters parameters = new Parameters(new ResidualMlp.Shape(2, 3, 4, 4, 5, 1).parameters());
        float[] flat = new float[parameters.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = i;
        }
        parameters.write(flat);
        assertArrayEquals(flat, parameters.read());
        assertArrayEquals(parameters.slice("input.bias", flat), Parameters.read(parameters.tensor("input.bias")));
    }

    private static long first(long seed, RandomStream.Purpose purpose, long position) {
        return new RandomStream(seed, purpose, position).nextLong();
    }
}
