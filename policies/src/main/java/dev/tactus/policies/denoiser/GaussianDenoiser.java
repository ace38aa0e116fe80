package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.PolicySpec.Parameterisation;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * The exact denoiser of Gaussian data: every element of a chunk is N(mean, deviation^2), independently. What a network
 * would learn in the limit is known here in closed form, so samplers can be checked against it, and timed without one:
 *
 * <pre>
 *   E[x0 | x] = m + M (x - sqrt(alphaBar) m),   M = sqrt(alphaBar) s^2 / (alphaBar s^2 + 1 - alphaBar)
 * </pre>
 *
 * The condition is ignored. Allocates nothing.
 */
public final class GaussianDenoiser implements Denoiser {
    private final NoiseSchedule schedule;
    private final Parameterisation parameterisation;
    private final int batch;
    private final int horizon;
    private final int actionSize;
    private final int conditionSize;
    private final double mean;
    private final double deviation;

    /**
     * Makes a denoiser.
     *
     * @param schedule the noise schedule
     * @param parameterisation what it predicts: epsilon, x0 or v
     * @param batch B
     * @param horizon H
     * @param actionSize D
     * @param conditionSize C
     * @param mean mean of the data
     * @param deviation standard deviation of the data, 0 or more
     */
    public GaussianDenoiser(
            NoiseSchedule schedule,
            Parameterisation parameterisation,
            int batch,
            int horizon,
            int actionSize,
            int conditionSize,
            double mean,
            double deviation) {
        this.schedule = schedule;
        this.parameterisation = parameterisation;
        this.batch = batch;
        this.horizon = horizon;
        this.actionSize = actionSize;
        this.conditionSize = conditionSize;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * How strongly the predicted clean sample follows the noisy one: the derivative of {@code E[x0 | x]}.
     *
     * @param k the level
     * @return the gain M_k
     */
    public double gain(int k) {
        double alphaBar = schedule.alphaBar(k);
        double variance = deviation * deviation;
        return Math.sqrt(alphaBar) * variance / (alphaBar * variance + 1.0 - alphaBar);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public int horizon() {
        return horizon;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    @Override
    public int conditionSize() {
        return conditionSize;
    }

    @Override
    public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
        int k = (int) level;
        double alpha = Math.sqrt(schedule.alphaBar(k));
        double sigma = Math.sqrt(1.0 - schedule.alphaBar(k));
        double gain = gain(k);
        for (int i = 0; i < latent.length; i++) {
            double clean = mean + gain * (latent[i] - alpha * mean);
            double epsilon = (latent[i] - alpha * clean) / sigma;
            prediction[i] = (float)
                    switch (parameterisation) {
                        case EPSILON -> epsilon;
                        case X0 -> clean;
                        case V -> alpha * epsilon - sigma * clean;
                        case VELOCITY -> clean - epsilon;
                    };
        }
    }

    @Override
    public void close() {
        // owns nothing
    }
}
