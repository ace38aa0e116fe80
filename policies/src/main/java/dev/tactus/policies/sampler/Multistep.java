package dev.tactus.policies.sampler;

import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * Weights of the exponential integrator in log-SNR that DPM-Solver++ 2M and UniPC share. One step from level i, with
 * lambda = ln(alpha / sigma), h the step in lambda and r how the step before compares with it:
 *
 * <pre>
 *   x' = (sigma' / sigma) x + beta ((1 + 1/(2r)) x0_i - 1/(2r) x0_{i-1}),    beta = -alpha' (e^{-h} - 1)
 * </pre>
 *
 * The first step, and the last, whose h is infinite, are of first order: without the term in x0_{i-1}. beta is computed
 * as {@code alpha' - alpha sigma' / sigma}, which is the same and holds where lambda is infinite.
 */
final class Multistep {
    final double[] ofNoisy;
    final double[] beta;
    /** Step in lambda. */
    final double[] h;

    private final int steps;
    private final double[] ofClean;
    private final double[] ofBefore;

    Multistep(LevelGrid grid) {
        steps = grid.steps();
        ofNoisy = new double[steps];
        beta = new double[steps];
        ofClean = new double[steps];
        ofBefore = new double[steps];
        h = new double[steps];
        NoiseSchedule schedule = grid.schedule();
        for (int i = 0; i < steps; i++) {
            double level = grid.level(i);
            double next = grid.level(i + 1);
            ofNoisy[i] = schedule.sigma(next) / schedule.sigma(level);
            beta[i] = schedule.alpha(next) - schedule.alpha(level) * ofNoisy[i];
            h[i] = schedule.logSnr(next) - schedule.logSnr(level);
            double extrapolation = isFirstOrder(i) ? 0.0 : 0.5 * h[i] / h[i - 1];
            ofClean[i] = beta[i] * (1.0 + extrapolation);
            ofBefore[i] = -beta[i] * extrapolation;
        }
    }

    private boolean isFirstOrder(int i) {
        return i == 0 || i == steps - 1;
    }

    /** Takes a step in place; a step of first order does not read the estimate of the level before. */
    void step(int i, float[] latent, float[] clean, float[] before) {
        if (isFirstOrder(i)) {
            WeightedSum.of(latent, ofNoisy[i], latent, beta[i], clean);
        } else {
            WeightedSum.of(latent, ofNoisy[i], latent, ofClean[i], clean, ofBefore[i], before);
        }
    }
}
