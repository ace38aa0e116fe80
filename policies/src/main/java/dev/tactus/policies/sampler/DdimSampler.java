package dev.tactus.policies.sampler;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * Denoising diffusion implicit sampling (Song, Meng, Ermon, ICLR 2021, equation 12), on any schedule: from (alpha,
 * sigma) to (alpha', sigma') of the next level,
 *
 * <pre>
 *   x0 = clamp(E[a | x], -clip, clip)
 *   x' = alpha' x0 + sqrt(sigma'^2 - s^2) epsilon + s z          epsilon = (x - alpha x0) / sigma
 *   s  = eta (sigma' / sigma) sqrt(sigma^2 - (alpha / alpha')^2 sigma'^2)
 * </pre>
 *
 * With eta = 0 this is the Euler method on the straight paths of a flow and of variance-exploding noise (Karras et al.,
 * algorithm 1 without churn); with eta above 0 the latter is the ancestral Euler method that BESO samples with. By
 * default epsilon is that of the estimate before it was clipped, not recomputed from the clipped x0 (diffusers' {@code
 * use_clipped_model_output=False}).
 */
public final class DdimSampler extends GridSampler {
    private final boolean recomputeNoise;
    private final double[] ofNoisy;
    private final double[] ofUnclipped;
    private final double[] ofClean;
    private final double[] deviation;
    private final float[] clean;
    private final float[] clipped;

    /**
     * Makes a sampler.
     *
     * @param grid the levels
     * @param clip bound on every element of the predicted clean sample
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param eta 0 for a deterministic path, 1 for as much noise as ancestral sampling adds
     * @param recomputeNoise whether epsilon is recomputed from the clipped clean sample
     * @throws BadInputException if eta is out of range
     */
    public DdimSampler(LevelGrid grid, double clip, int latentSize, double eta, boolean recomputeNoise) {
        super(grid, clip);
        if (!(eta >= 0.0 && eta <= 1.0)) {
            throw new BadInputException("DDIM eta " + eta + " is out of range; allowed is 0 to 1");
        }
        int steps = grid.steps();
        this.recomputeNoise = recomputeNoise;
        this.ofNoisy = new double[steps];
        this.ofUnclipped = new double[steps];
        this.ofClean = new double[steps];
        this.deviation = new double[steps];
        this.clean = new float[latentSize];
        this.clipped = new float[latentSize];
        NoiseSchedule schedule = grid.schedule();
        for (int i = 0; i < steps; i++) {
            double alpha = schedule.alpha(grid.level(i));
            double sigma = schedule.sigma(grid.level(i));
            double nextAlpha = schedule.alpha(grid.level(i + 1));
            double nextSigma = schedule.sigma(grid.level(i + 1));
            double kept = alpha / nextAlpha * nextSigma;
            double s = eta * nextSigma / sigma * Math.sqrt(Math.max(0.0, sigma * sigma - kept * kept));
            double ofNoise = Math.sqrt(Math.max(0.0, nextSigma * nextSigma - s * s));
            ofNoisy[i] = ofNoise / sigma;
            ofUnclipped[i] = -ofNoise * alpha / sigma;
            ofClean[i] = nextAlpha;
            deviation[i] = s;
        }
    }

    @Override
    boolean step(int i, Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        denoiser.denoise(latent, grid().level(i), condition, clean);
        if (!CleanSample.clip(clean, clip(), clipped)) {
            return false;
        }
        float[] behindNoise = recomputeNoise ? clipped : clean;
        WeightedSum.withNoise(
                latent, ofNoisy[i], latent, ofUnclipped[i], behindNoise, ofClean[i], clipped, deviation[i], noise);
        return true;
    }
}
