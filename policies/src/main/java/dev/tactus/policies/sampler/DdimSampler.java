package dev.tactus.policies.sampler;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.VariancePreserving;

/**
 * Denoising diffusion implicit sampling (Song, Meng, Ermon, ICLR 2021, equation 12) with leading spacing: levels are the
 * multiples of {@code floor(K / N)} below N times that, so the topmost level of the schedule is never visited.
 *
 * <pre>
 *   x0 = clamp(E[a | x], -clip, clip)
 *   x' = sqrt(alphaBar') x0 + sqrt(1 - alphaBar' - s^2) epsilon + s z
 *   s  = eta sqrt((1 - alphaBar') / (1 - alphaBar)) sqrt(1 - alphaBar / alphaBar')
 * </pre>
 *
 * with {@code alphaBar' = 1} below the last level. By default epsilon is that of the estimate before
 * it was clipped, not recomputed from the clipped x0 (diffusers' {@code use_clipped_model_output=False}).
 */
public final class DdimSampler implements Sampler {
    private final float clip;
    private final boolean recomputeNoise;
    private final int[] levels;
    private final double[] alpha;
    private final double[] sigma;
    private final double[] ofClean;
    private final double[] ofNoise;
    private final double[] deviation;
    private final float[] clean;
    private final float[] clipped;

    /**
     * Makes a sampler.
     *
     * @param schedule the noise schedule that the network was trained with
     * @param clip bound on every element of the predicted clean sample
     * @param steps N, 1 to K
     * @param eta 0 for a deterministic path, 1 for as much noise as ancestral sampling adds
     * @param recomputeNoise whether epsilon is recomputed from the clipped clean sample
     * @param latentSize elements of a latent, {@code B * H * D}
     * @throws BadInputException if there are more steps than levels
     */
    public DdimSampler(
            VariancePreserving schedule, double clip, int steps, double eta, boolean recomputeNoise, int latentSize) {
        if (steps < 1 || steps > schedule.steps()) {
            throw new BadInputException(
                    steps + " DDIM steps; this policy has " + schedule.steps() + " levels, so 1 to that are allowed");
        }
        if (eta < 0.0 || eta > 1.0) {
            throw new BadInputException("DDIM eta " + eta + " is out of range; allowed is 0 to 1");
        }
        this.clip = (float) clip;
        this.recomputeNoise = recomputeNoise;
        this.levels = new int[steps];
        this.alpha = new double[steps];
        this.sigma = new double[steps];
        this.ofClean = new double[steps];
        this.ofNoise = new double[steps];
        this.deviation = new double[steps];
        this.clean = new float[latentSize];
        this.clipped = new float[latentSize];
        int stride = schedule.steps() / steps;
        for (int i = 0; i < steps; i++) {
            int k = (steps - 1 - i) * stride;
            double now = schedule.alphaBar(k);
            double next = schedule.alphaBar(k - stride);
            double s = eta * Math.sqrt((1.0 - next) / (1.0 - now)) * Math.sqrt(1.0 - now / next);
            levels[i] = k;
            alpha[i] = schedule.alpha(k);
            sigma[i] = schedule.sigma(k);
            ofClean[i] = Math.sqrt(next);
            ofNoise[i] = Math.sqrt(Math.max(0.0, 1.0 - next - s * s));
            deviation[i] = s;
        }
    }

    @Override
    public void begin(float[] latent, NoiseSource noise) {
        noise.fill(latent);
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        for (int i = 0; i < levels.length; i++) {
            denoiser.denoise(latent, levels[i], condition, clean);
            System.arraycopy(clean, 0, clipped, 0, clean.length);
            if (!CleanSample.clip(clipped, clip)) {
                return false;
            }
            step(i, latent, noise);
        }
        return true;
    }

    private void step(int i, float[] latent, NoiseSource noise) {
        float[] source = recomputeNoise ? clipped : clean;
        double s = deviation[i];
        for (int j = 0; j < latent.length; j++) {
            double epsilon = (latent[j] - alpha[i] * source[j]) / sigma[i];
            double mean = ofClean[i] * clipped[j] + ofNoise[i] * epsilon;
            latent[j] = (float) (s == 0.0 ? mean : mean + s * noise.next());
        }
    }
}
