package dev.tactus.policies.schedule;

/**
 * How signal and noise are mixed at each level: a sample at level t is {@code x = alpha(t) a + sigma(t) epsilon}, with
 * a the clean sample and epsilon from N(0, 1). What a level is depends on the family: the index k of a discrete
 * schedule, sigma itself, or the time tau of a flow. Two families meet where {@code alpha / sigma} is equal, which is
 * what {@link #logSnr} and {@link #level} are for. Double precision, immutable.
 */
public sealed interface NoiseSchedule permits VariancePreserving, VarianceExploding, LinearFlow {

    /**
     * Factor of the clean sample.
     *
     * @param level a level of this family
     * @return alpha, 0 or more
     */
    double alpha(double level);

    /**
     * Factor of the noise.
     *
     * @param level a level of this family
     * @return sigma, 0 or more
     */
    double sigma(double level);

    /**
     * Half the logarithm of the signal-to-noise ratio, which falls as noise grows.
     *
     * @param level a level of this family
     * @return lambda = ln(alpha / sigma); infinite where one of them is 0
     */
    default double logSnr(double level) {
        return Math.log(alpha(level) / sigma(level));
    }

    /**
     * The level at which {@link #logSnr} has a value; the nearest that exists where none has.
     *
     * @param logSnr lambda
     * @return the level
     */
    double level(double logSnr);

    /**
     * The level at which sampling from pure noise begins.
     *
     * @return K - 1, the greatest sigma, or tau = 0
     */
    double noisiest();

    /**
     * The least noisy level that a network of this family was trained at.
     *
     * @return 0, the least sigma, or tau = 1
     */
    double cleanest();

    /**
     * The level at which a sample is the clean one: alpha is 1 and sigma 0. Sampling ends there; no network is asked
     * there.
     *
     * @return -1 on a discrete schedule, sigma = 0, or tau = 1
     */
    double noiseless();
}
