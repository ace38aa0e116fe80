package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TargetSmootherTest {
    private static final double PERIOD_S = 0.05;
    private static final double TIME_CONSTANT_S = 0.08;

    private final double[] out = new double[1];

    @Test
    void aStepIsAnsweredAsByTwoLagsInARow() {
        TargetSmoother smoother = new TargetSmoother(1, PERIOD_S, TIME_CONSTANT_S);
        smoother.rest(new double[1]);
        double kept = Math.exp(-PERIOD_S / TIME_CONSTANT_S);
        for (int n = 1; n <= 40; n++) {
            smoother.advance();
            smoother.smooth(new double[] {1}, out);
            // n-th sum of share^2 (i) kept^(i-1): the closed form of the second lag's answer
            double expected = 1 - Math.pow(kept, n) * (1 + n * (1 - kept));
            assertEquals(expected, out[0], 1e-12, "tick " + n);
        }
    }

    @Test
    void noSmoothingPassesTargetsUnchanged() {
        TargetSmoother smoother = new TargetSmoother(1, PERIOD_S, 0);
        smoother.rest(new double[1]);
        smoother.smooth(new double[] {0.3}, out);
        assertEquals(0.3, out[0]);
        smoother.foresee(new double[] {0.4}, out);
        assertEquals(0.4, out[0]);
    }

    @Test
    void whatIsForeseenIsWhatComes() {
        TargetSmoother smoother = new TargetSmoother(1, PERIOD_S, TIME_CONSTANT_S);
        smoother.rest(new double[] {0.1});
        smoother.smooth(new double[] {0.2}, out);
        double[] foreseen = new double[1];
        smoother.foresee(new double[] {0.5}, foreseen);
        smoother.advance();
        smoother.smooth(new double[] {0.5}, out);
        assertEquals(foreseen[0], out[0], 1e-15);
    }

    @Test
    void aNewerTargetOfTheSameTickReplacesTheFirst() {
        TargetSmoother smoother = new TargetSmoother(1, PERIOD_S, TIME_CONSTANT_S);
        smoother.rest(new double[1]);
        smoother.smooth(new double[] {5}, out);
        smoother.smooth(new double[] {1}, out);
        double newer = out[0];
        smoother.rest(new double[1]);
        smoother.smooth(new double[] {1}, out);
        assertEquals(out[0], newer);
    }

    @Test
    void whiteNoiseIsAskedForWithAFractionOfItsAcceleration() {
        TargetSmoother smoother = new TargetSmoother(1, PERIOD_S, TIME_CONSTANT_S);
        smoother.rest(new double[1]);
        SplittableRandom random = new SplittableRandom(1);
        double[] raw = new double[3];
        double[] smooth = new double[3];
        double rawSquares = 0;
        double smoothSquares = 0;
        for (int n = 0; n < 20_000; n++) {
            raw = new double[] {raw[1], raw[2], random.nextGaussian()};
            smoother.advance();
            smoother.smooth(new double[] {raw[2]}, out);
            smooth = new double[] {smooth[1], smooth[2], out[0]};
            rawSquares += Math.pow(raw[0] - 2 * raw[1] + raw[2], 2);
            smoothSquares += Math.pow(smooth[0] - 2 * smooth[1] + smooth[2], 2);
        }
        assertTrue(Math.sqrt(smoothSquares / rawSquares) < 0.15, "share " + Math.sqrt(smoothSquares / rawSquares));
    }
}
