package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;

/** The first half of every step: the estimate of the clean chunk, clipped before it is used. */
final class CleanSample {
    private CleanSample() {}

    /**
     * Asks a denoiser and clips what it answers.
     *
     * @param denoiser what to ask
     * @param latent {@code [B, H, D]}; moved only by a denoiser that says so
     * @param level a level of the denoiser's schedule
     * @param condition {@code [B, C]}
     * @param bound on the magnitude of every element; infinity for none
     * @param clean receives the estimate, clipped
     * @return whether every element was finite before
     */
    static boolean estimate(
            Denoiser denoiser, float[] latent, double level, float[] condition, float bound, float[] clean) {
        denoiser.denoise(latent, level, condition, clean);
        return clip(clean, bound, clean);
    }

    /**
     * Clips.
     *
     * @param clean the estimate
     * @param bound on the magnitude of every element; infinity for none
     * @param clipped receives it clipped; may be the same array
     * @return whether every element was finite before
     */
    static boolean clip(float[] clean, float bound, float[] clipped) {
        float finite = 0.0f;
        for (int i = 0; i < clean.length; i++) {
            float value = clean[i];
            finite += value * 0.0f; // becomes NaN and stays so; clipping would hide an infinity
            clipped[i] = value > bound ? bound : value < -bound ? -bound : value;
        }
        return finite == 0.0f;
    }
}
