package dev.tactus.policies.denoiser;

import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * Estimates the clean chunk from a noisy one: {@code E[a | x, level, condition]}, not clipped. This is all that samplers,
 * guidance and composition know of a policy; noise, velocity and score follow from it by the schedule. Guidance wraps a
 * denoiser and is one. Everything is in normalised space. One thread at a time; nothing here allocates or throws, and an
 * estimate that could not be made is NaN.
 */
public interface Denoiser extends AutoCloseable {

    /**
     * Chunks denoised at once.
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
     * Elements of a latent.
     *
     * @return {@code B * H * D}
     */
    default int latentSize() {
        return batch() * horizon() * actionSize();
    }

    /**
     * The schedule that levels belong to.
     *
     * @return the schedule
     */
    NoiseSchedule schedule();

    /**
     * Estimates once.
     *
     * @param latent the noisy chunks, {@code [B, H, D]} row-major; not changed unless {@link #movesLatent}
     * @param level a level of {@link #schedule}
     * @param condition {@code [B, C]}; not changed
     * @param clean receives the estimate, {@code [B, H, D]}
     */
    void denoise(float[] latent, double level, float[] condition, float[] clean);

    /**
     * Has the last word on chunks that a sampler has finished, before they leave: guidance that chooses among candidates
     * or moves a chunk toward the data does so here. Schemes call it once after each sampling.
     *
     * @param condition the condition that they were sampled under
     * @param chunks {@code [B, H, D]}, clean and finite
     * @return whether they still are finite
     */
    default boolean finish(float[] condition, float[] chunks) {
        return true;
    }

    /**
     * Whether {@link #denoise} may put the latent elsewhere: guidance that overwrites rows or draws noise anew does.
     * Where the same latent is shown to several denoisers, such a one has no place.
     *
     * @return whether it may
     */
    default boolean movesLatent() {
        return false;
    }

    /**
     * Tells that the first rows of every latent are clean from now on, whatever level is asked for: a network that takes
     * a level for every row is told so, and what it says of those rows means nothing.
     *
     * @param rows how many, 0 to H; 0 is ordinary
     * @return whether this denoiser can be told; one that cannot goes on as before
     */
    default boolean cleanRows(int rows) {
        return rows == 0;
    }

    /**
     * Evaluations of a network so far, all networks behind this denoiser together.
     *
     * @return a number that only grows
     */
    long evaluations();

    /**
     * Why an estimate is NaN, if the reason is known.
     *
     * @return the reason; empty if there is none
     */
    default String failure() {
        return "";
    }

    /** An episode begins: whatever was carried from cycle to cycle is forgotten. */
    default void reset() {}

    /** The chunk of a cycle was accepted: what is carried from cycle to cycle moves on. */
    default void commit() {}

    /** Frees what is owned, the denoisers inside included. */
    @Override
    void close();
}
