package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;

/**
 * Makes a clean chunk out of a noisy one by asking a denoiser at falling noise levels, and clips each estimate of the
 * clean chunk itself. Made for one schedule and one size of latent. One thread at a time; allocates nothing.
 */
public sealed interface Sampler permits GridSampler, ConsistencySampler, MipSampler, EnergyDescent, DirectSampler {

    /**
     * Draws a latent from where this sampler begins when it is given nothing better.
     *
     * @param latent receives {@code [B, H, D]}
     * @param noise where noise comes from
     */
    void begin(float[] latent, NoiseSource noise);

    /**
     * Samples in place.
     *
     * @param denoiser what to ask; its schedule is the one that this sampler was made for
     * @param condition {@code [B, C]}, handed to the denoiser
     * @param latent {@code [B, H, D]}, taken as it stands for the first level; clean afterwards
     * @param noise what the steps add
     * @return whether every estimate was finite; if not, sampling stopped and the latent is of no use
     */
    boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise);
}
