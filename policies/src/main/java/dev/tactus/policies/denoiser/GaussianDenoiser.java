package dev.tactus.policies.denoiser;

import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * The exact denoiser of Gaussian data: every element of a chunk is N(mean, deviation^2), independently. What a network
 * would learn in the limit is known here in closed form, so samplers can be checked against it, and timed without one:
 *
 * <pre>
 *   E[a | x] = m + M (x - alpha m),   M = alpha s^2 / (alpha^2 s^2 + sigma^2)
 * </pre>
 *
 * The condition is ignored. Allocates nothing.
 */
public final class GaussianDenoiser implements DifferentiableDenoiser {
    private final NoiseSchedule schedule;
    private final int batch;
    private final int horizon;
    private final int actionSize;
    private final int conditionSize;
    private final double mean;
    private final double deviation;
    private long evaluations;

    /**
     * Makes a denoiser.
     *
     * @param schedule the noise schedule
     * @param batch B
     * @param horizon H
     * @param actionSize D
     * @param conditionSize C
     * @param mean mean of the data
     * @param deviation standard deviation of the data, 0 or more
     */
    public GaussianDenoiser(
            NoiseSchedule schedule,
            int batch,
            int horizon,
            int actionSize,
            int conditionSize,
            double mean,
            double deviation) {
        this.schedule = schedule;
        this.batch = batch;
        this.horizon = horizon;
        this.actionSize = actionSize;
        this.conditionSize = conditionSize;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * How strongly the estimate follows the noisy sample: the derivative of {@code E[a | x]}.
     *
     * @param level a level of the schedule
     * @return the gain M
     */
    public double gain(double level) {
        double alpha = schedule.alpha(level);
        double sigma = schedule.sigma(level);
        double variance = deviation * deviation;
        return alpha * variance / (alpha * alpha * variance + sigma * sigma);
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
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        double alpha = schedule.alpha(level);
        double gain = gain(level);
        for (int i = 0; i < latent.length; i++) {
            clean[i] = (float) (mean + gain * (latent[i] - alpha * mean));
        }
        evaluations++;
    }

    @Override
    public void pullBack(float[] latent, double level, float[] condition, float[] cotangent, float[] gradient) {
        double gain = gain(level);
        for (int i = 0; i < cotangent.length; i++) {
            gradient[i] = (float) (gain * cotangent[i]);
        }
    }

    @Override
    public long evaluations() {
        return evaluations;
    }

    @Override
    public void close() {
        // owns nothing
    }
}
