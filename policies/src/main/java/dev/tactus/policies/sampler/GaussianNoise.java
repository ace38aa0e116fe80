package dev.tactus.policies.sampler;

/**
 * Seeded Gaussian noise that is the same on every platform: SplitMix64 (Steele, Lea, Flood, Fast Splittable
 * Pseudorandom Number Generators) gives uniform numbers of 53 bits, the polar method of Marsaglia makes pairs of
 * Gaussian ones, with StrictMath's logarithm. Bundles and reports call it {@value #ALGORITHM}.
 */
public final class GaussianNoise implements NoiseSource {
    /** The algorithm's name. */
    public static final String ALGORITHM = "splitmix64-polar";

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spare;
    private boolean hasSpare;

    /**
     * Makes a source.
     *
     * @param seed any number
     */
    public GaussianNoise(long seed) {
        reset(seed);
    }

    /**
     * Begins anew: the numbers that follow depend on the seed alone.
     *
     * @param seed any number
     */
    public void reset(long seed) {
        state = seed;
        hasSpare = false;
    }

    @Override
    public float next() {
        if (hasSpare) {
            hasSpare = false;
            return (float) spare;
        }
        double u;
        double v;
        double square;
        do {
            u = 2.0 * uniform() - 1.0;
            v = 2.0 * uniform() - 1.0;
            square = u * u + v * v;
        } while (square >= 1.0 || square == 0.0);
        double factor = Math.sqrt(-2.0 * StrictMath.log(square) / square);
        spare = v * factor;
        hasSpare = true;
        return (float) (u * factor);
    }

    private double uniform() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
