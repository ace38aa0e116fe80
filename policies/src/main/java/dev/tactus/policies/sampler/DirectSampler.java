package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import java.util.Arrays;

/**
 * One evaluation, {@code a = clamp(pi(o), -clip, clip)}: deterministic policies, and Gaussian ones, which act by their
 * mean. Where it starts from does not matter, and nothing is drawn.
 */
public final class DirectSampler implements Sampler {
    private final float clip;
    private final float[] clean;

    /**
     * Makes a sampler.
     *
     * @param clip bound on every element of the answer
     * @param latentSize elements of a latent, {@code B * H * D}
     */
    public DirectSampler(double clip, int latentSize) {
        this.clip = (float) clip;
        this.clean = new float[latentSize];
    }

    @Override
    public void begin(float[] latent, NoiseSource noise) {
        Arrays.fill(latent, 0.0f);
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        double level = denoiser.schedule().noisiest(); // nothing is known of the chunk
        boolean finite = CleanSample.estimate(denoiser, latent, level, condition, clip, clean);
        System.arraycopy(clean, 0, latent, 0, clean.length);
        return finite;
    }
}
