package dev.tactus.policies.denoiser;

/**
 * A policy's network as it is: noisy chunk, level and condition in, prediction out, everything in normalised space. What
 * the prediction means, and which level is which noise, a {@link NetworkDenoiser} knows. One thread at a time; an
 * evaluation writes only into the caller's array and allocates nothing.
 */
public interface Network extends AutoCloseable {

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
     * Evaluates once. Never throws: a network that fails fills the prediction with NaN and says why in {@link #failure}.
     *
     * @param latent the noisy chunks, {@code [B, H, D]} row-major; not changed
     * @param level the level as the network takes it, encoded
     * @param condition {@code [B, C]}; not changed
     * @param prediction receives {@code [B, H, D]}
     */
    void evaluate(float[] latent, float level, float[] condition, float[] prediction);

    /**
     * Whether the level input takes a level for every row.
     *
     * @return whether {@link #evaluateRows} may be called
     */
    default boolean levelPerRow() {
        return false;
    }

    /**
     * Evaluates with a level of its own for every row of every chunk; only where {@link #levelPerRow}.
     *
     * @param latent the noisy chunks, {@code [B, H, D]}; not changed
     * @param levels {@code [B, H]}, encoded; not changed
     * @param condition {@code [B, C]}; not changed
     * @param prediction receives {@code [B, H, D]}
     */
    default void evaluateRows(float[] latent, float[] levels, float[] condition, float[] prediction) {
        throw new UnsupportedOperationException("this network takes one level a chunk");
    }

    /**
     * Why the last evaluation failed.
     *
     * @return the reason; empty if none failed
     */
    default String failure() {
        return "";
    }

    /** An episode begins: recurrent state goes back to where it starts. */
    default void reset() {}

    /** The chunk of a cycle was accepted: recurrent state becomes what the last evaluation made of it. */
    default void commit() {}

    /** Frees native memory, if there is any. */
    @Override
    void close();
}
