package dev.tactus.policies.guidance;

import java.util.Arrays;

/**
 * A smooth function of one chunk in normalised space whose gradient is known in closed form, so that steering by it needs
 * no derivative of a network. Small is good. Immutable; nothing here allocates.
 */
public interface Cost {

    /**
     * Elements of a chunk.
     *
     * @return {@code H * D}
     */
    int chunkSize();

    /**
     * The cost of one chunk.
     *
     * @param chunks chunks one after the other, {@code [.., H, D]}
     * @param start where the chunk begins
     * @return the cost
     */
    double value(float[] chunks, int start);

    /**
     * Adds the gradient of one chunk's cost.
     *
     * @param chunks chunks one after the other, {@code [.., H, D]}
     * @param start where the chunk begins
     * @param weight factor of the gradient
     * @param gradient receives the sum, in the same places
     */
    void addGradient(float[] chunks, int start, double weight, float[] gradient);

    /**
     * The gradients of all chunks.
     *
     * @param chunks {@code [B, H, D]}
     * @param gradient receives {@code [B, H, D]}
     */
    default void gradient(float[] chunks, float[] gradient) {
        Arrays.fill(gradient, 0.0f);
        for (int start = 0; start < chunks.length; start += chunkSize()) {
            addGradient(chunks, start, 1.0, gradient);
        }
    }
}
