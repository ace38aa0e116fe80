package dev.tactus.policies.sampler;

/** Where unit Gaussian noise comes from: an input of every sampler, so that a run can be repeated. One thread's own. */
public interface NoiseSource {

    /**
     * The next number.
     *
     * @return drawn from N(0, 1)
     */
    float next();

    /**
     * Fills an array in its order.
     *
     * @param out receives {@code out.length} numbers
     */
    default void fill(float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = next();
        }
    }
}
