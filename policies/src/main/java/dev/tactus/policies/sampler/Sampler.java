package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;

/** Makes a clean chunk out of a noisy one by evaluating a denoiser at falling noise levels. One thread at a time. */
public sealed interface Sampler permits DdpmSampler, DdimSampler {

    /**
     * Network evaluations of one {@link #sample}.
     *
     * @return the number
     */
    int evaluations();

    /**
     * Samples in place; allocates nothing.
     *
     * @param denoiser what to evaluate
     * @param condition {@code [B, C]}, handed to the denoiser
     * @param latent {@code [B, H, D]}, taken as it stands for the first level; clean afterwards
     * @param noise what the steps add
     * @return whether every prediction was finite; if not, sampling stopped and the latent is of no use
     */
    boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise);
}
