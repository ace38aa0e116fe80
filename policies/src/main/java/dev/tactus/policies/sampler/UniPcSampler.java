package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;
import java.util.Arrays;

/**
 * UniPC of order 2 with B2(h) and data prediction (Zhao et al., UniPC: A Unified Predictor-Corrector Framework,
 * algorithms 1 and 2), on any schedule and with one evaluation a step. The predictor is the step of {@link
 * DpmSolverSampler}; the estimate at what it predicted corrects the step before the next one is taken:
 *
 * <pre>
 *   x'_c = (sigma' / sigma) x - alpha' B (x0_i + rho1 (x0_{i-1} - x0_i) / r + rho2 (x0' - x0_i)),   B = e^{-h} - 1
 *
 *   r = (lambda_{i-1} - lambda_i) / h,   phi = (e^{-h} - 1) / (-h) - 1
 *   rho1 + rho2 = phi / B,   r rho1 + rho2 = 2 (phi / (-h) - 1/2) / B
 * </pre>
 *
 * The first step is corrected with rho1 = 0 and rho2 = 1/2, the last one not at all. Where a denoiser moves the latent,
 * the estimate does not belong to what was predicted, and no step is corrected.
 */
public final class UniPcSampler extends GridSampler {
    private final Multistep weights;
    private final double[] correctedOfClean;
    private final double[] correctedOfBefore;
    private final double[] correctedOfAfter;
    private final float[] start;
    private float[] clean;
    private float[] before;
    private float[] after;

    /**
     * Makes a sampler.
     *
     * @param grid the levels
     * @param clip bound on every element of the predicted clean sample
     * @param latentSize elements of a latent, {@code B * H * D}
     */
    public UniPcSampler(LevelGrid grid, double clip, int latentSize) {
        super(grid, clip);
        int steps = grid.steps();
        this.weights = new Multistep(grid);
        this.correctedOfClean = new double[steps];
        this.correctedOfBefore = new double[steps];
        this.correctedOfAfter = new double[steps];
        this.start = new float[latentSize];
        this.clean = new float[latentSize];
        this.before = new float[latentSize];
        this.after = new float[latentSize];
        for (int i = 0; i < steps - 1; i++) {
            setCorrector(i);
        }
    }

    private void setCorrector(int i) {
        double overR = 0.0; // rho1 / r
        double rho2 = 0.5;
        if (i > 0) {
            double h = weights.h[i];
            double r = -weights.h[i - 1] / h;
            double b = Math.expm1(-h);
            double phi = b / -h - 1.0;
            double first = phi / b;
            double second = 2.0 * (phi / -h - 0.5) / b;
            double rho1 = (second - first) / (r - 1.0);
            overR = rho1 / r;
            rho2 = first - rho1;
        }
        correctedOfClean[i] = weights.beta[i] * (1.0 - overR - rho2);
        correctedOfBefore[i] = weights.beta[i] * overR;
        correctedOfAfter[i] = weights.beta[i] * rho2;
    }

    @Override
    boolean step(int i, Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        if (!estimate(denoiser, latent, grid().level(i), condition, after)) {
            return false;
        }
        if (i == 0) {
            Arrays.fill(clean, 0.0f); // has no weight in the first correction, but may hold NaN of a failed run
        } else if (!denoiser.movesLatent()) {
            correct(i - 1, latent);
        }
        float[] free = before;
        before = clean;
        clean = after;
        after = free;
        System.arraycopy(latent, 0, start, 0, latent.length);
        weights.step(i, latent, clean, before);
        return true;
    }

    private void correct(int i, float[] latent) {
        WeightedSum.of(latent, weights.ofNoisy[i], start, correctedOfClean[i], clean, correctedOfBefore[i], before);
        WeightedSum.of(latent, 1.0, latent, correctedOfAfter[i], after);
    }
}
