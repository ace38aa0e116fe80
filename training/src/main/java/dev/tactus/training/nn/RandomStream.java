package dev.tactus.training.nn;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers that is a pure function of a seed, a purpose and a position: SplitMix64 (Steele, Lea,
 * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014) started at a hash of the three. Training asks
 * for the stream of a step by the step's number, so a run that resumes at that step draws what it would have drawn, and
 * the seed and the step are the whole state to keep.
 */
public final class RandomStream implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private long state;

    /** What a stream's numbers are for; streams of different purposes are independent. */
    public enum Purpose {
        /** First values of a network's parameters. */
        INITIALISATION,
        /** The order in which windows are visited. */
        ORDER,
        /** Noise and noise levels of a training step. */
        NOISE,
        /** Inputs of the checks that an export makes. */
        CHECK
    }

    /**
     * The stream at a position.
     *
     * @param seed the run's seed
     * @param purpose what the numbers are for
     * @param position which of the purpose's streams, for example a step or an epoch
     */
    public RandomStream(long seed, Purpose purpose, long position) {
        state = mix(mix(mix(seed + GOLDEN_GAMMA) + purpose.ordinal() + 1) + position);
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
