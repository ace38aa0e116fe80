package dev.tactus.policies.sampler;

/** What every sampler does with an estimate of the clean chunk before it uses it. */
final class CleanSample {
    private CleanSample() {}

    /**
     * Clips in place.
     *
     * @param clean the estimate
     * @param bound on the magnitude of every element; infinity for none
     * @return whether every element was finite before
     */
    static boolean clip(float[] clean, float bound) {
        float finite = 0.0f;
        for (int i = 0; i < clean.length; i++) {
            float value = clean[i];
            finite += value * 0.0f; // becomes NaN and stays so; clipping would hide an infinity
            clean[i] = value > bound ? bound : value < -bound ? -bound : value;
        }
        return finite == 0.0f;
    }
}
