package dev.tactus.policies.denoiser;

/**
 * A network (or a closed form) that takes a noisy action chunk, a noise level and a condition, and predicts what its
 * parameterisation says: the noise, the clean chunk, a velocity. Everything is in normalised space. One thread at a
 * time; an evaluation writes only into the caller's array.
 */
public interface Denoiser extends AutoCloseable {

    /**
     * Chunks evaluated at once.
     *
     * @return B
     */
    int batch();

    /**
     * Rows of a chunk.
     *
     * @return H
     */
    int horizon();

    /**
     * Elements of a row.
     *
     * @return D
     */
    int actionSize();

    /**
     * Elements of a condition.
     *
     * @return C
     */
    int conditionSize();

    /**
     * Evaluates once.
     *
     * @param latent the noisy chunks, {@code [B, H, D]} row-major; not changed
     * @param level noise level as the network was trained: the index k, sigma or tau
     * @param condition {@code [B, C]}; not changed
     * @param prediction receives {@code [B, H, D]}
     */
    void evaluate(float[] latent, float level, float[] condition, float[] prediction);

    /** Frees native memory, if there is any. */
    @Override
    void close();
}
