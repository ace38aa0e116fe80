package dev.tactus.policies.schedule;

import dev.tactus.policies.bundle.PolicySpec.Parameterisation;
import dev.tactus.policies.command.BadInputException;

/**
 * Converts what a network predicts into the clean sample and the noise, at a level with {@code x = alpha x0 + sigma
 * epsilon}, {@code alpha^2 + sigma^2 = 1}:
 *
 * <pre>
 *   epsilon   x0 = (x - sigma e) / alpha      epsilon = e
 *   x0        x0 = c                          epsilon = (x - alpha c) / sigma
 *   v         x0 = alpha x - sigma v          epsilon = sigma x + alpha v       (v = alpha epsilon - sigma x0)
 * </pre>
 *
 * Both are linear in x and in the prediction, so a sampler precomputes the four factors of each of its steps.
 *
 * @param cleanOfNoisy factor of x in the clean sample
 * @param cleanOfPrediction factor of the prediction in the clean sample
 * @param noiseOfNoisy factor of x in the noise
 * @param noiseOfPrediction factor of the prediction in the noise
 */
public record Prediction(double cleanOfNoisy, double cleanOfPrediction, double noiseOfNoisy, double noiseOfPrediction) {

    /**
     * The factors at a level.
     *
     * @param parameterisation what the network predicts
     * @param alphaBar square of alpha, in (0, 1)
     * @return the factors
     * @throws BadInputException for a prediction that is not of a variance-preserving schedule
     */
    public static Prediction at(Parameterisation parameterisation, double alphaBar) {
        double alpha = Math.sqrt(alphaBar);
        double sigma = Math.sqrt(1.0 - alphaBar);
        return switch (parameterisation) {
            case EPSILON -> new Prediction(1.0 / alpha, -sigma / alpha, 0.0, 1.0);
            case X0 -> new Prediction(0.0, 1.0, 1.0 / sigma, -alpha / sigma);
            case V -> new Prediction(alpha, -sigma, sigma, alpha);
            case VELOCITY ->
                throw new BadInputException("policy.yaml: parameterisation velocity belongs to a flow; a diffusion"
                        + " sampler takes epsilon, x0 or v");
        };
    }

    /**
     * The clean sample.
     *
     * @param noisy x
     * @param prediction what the network predicted
     * @return x0
     */
    public double clean(double noisy, double prediction) {
        return cleanOfNoisy * noisy + cleanOfPrediction * prediction;
    }

    /**
     * The noise.
     *
     * @param noisy x
     * @param prediction what the network predicted
     * @return epsilon
     */
    public double noise(double noisy, double prediction) {
        return noiseOfNoisy * noisy + noiseOfPrediction * prediction;
    }
}
