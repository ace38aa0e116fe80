package dev.tactus.policies.denoiser;

/** A denoiser that can also differentiate itself: closed forms, and graphs exported together with their gradient. */
public interface DifferentiableDenoiser extends Denoiser {

    /**
     * Multiplies a vector by the transposed Jacobian of the estimate, {@code (d clean / d latent)^T cotangent}.
     *
     * @param latent {@code [B, H, D]}, where to differentiate; not changed
     * @param level a level of {@link #schedule}
     * @param condition {@code [B, C]}; not changed
     * @param cotangent {@code [B, H, D]}; not changed
     * @param gradient receives {@code [B, H, D]}
     */
    void pullBack(float[] latent, double level, float[] condition, float[] cotangent, float[] gradient);
}
