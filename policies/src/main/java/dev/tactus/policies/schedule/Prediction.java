package dev.tactus.policies.schedule;

import dev.tactus.policies.command.BadInputException;

/**
 * Converts what a network predicts into the clean sample at a level with {@code x = alpha a + sigma epsilon}:
 *
 * <pre>
 *   epsilon             a = (x - sigma e) / alpha
 *   x0                  a = p
 *   v                   a = alpha x - sigma v                      (alpha^2 + sigma^2 = 1)
 *   velocity            a = (x + sigma u) / (alpha + sigma)        (u = a - epsilon)
 *   score               a = (x + sigma^2 s) / alpha
 *   Karras              a = c_skip x + c_out F(c_in x)             (alpha = 1)
 *   consistency         f: the same with c_skip = 1, c_out = 0 at sigma_min
 *   trajectory          a = r x + (1 - r) f                        (r = sigma_min / sigma)
 * </pre>
 *
 * All are linear in x and in the prediction, so a level has three factors. The noise follows from the clean sample:
 * {@code epsilon = (x - alpha a) / sigma}. Holds the factors of one level at a time; one thread's own; allocates
 * nothing.
 */
public final class Prediction {
    private final Parameterisation parameterisation;
    private final NoiseSchedule schedule;
    private final double sigmaData;
    private double level = Double.NaN;
    private double ofInput;
    private double ofNoisy;
    private double ofPrediction;

    /**
     * Makes a conversion.
     *
     * @param parameterisation what the network predicts
     * @param schedule the schedule it was trained with
     * @param sigmaData standard deviation of the data that preconditioning assumes; read by KARRAS, CONSISTENCY and
     *     TRAJECTORY only
     * @throws BadInputException if the two do not go together
     */
    public Prediction(Parameterisation parameterisation, NoiseSchedule schedule, double sigmaData) {
        requireFits(parameterisation, schedule);
        this.parameterisation = parameterisation;
        this.schedule = schedule;
        this.sigmaData = sigmaData;
    }

    /**
     * Moves to a level.
     *
     * @param newLevel a level of the schedule
     */
    public void at(double newLevel) {
        if (newLevel == level) {
            return;
        }
        level = newLevel;
        double alpha = schedule.alpha(newLevel);
        double sigma = schedule.sigma(newLevel);
        switch (parameterisation) {
            case EPSILON -> set(1.0, 1.0 / alpha, -sigma / alpha);
            case X0 -> set(1.0, 0.0, 1.0);
            case V -> set(1.0, alpha, -sigma);
            case VELOCITY -> set(1.0, 1.0 / (alpha + sigma), sigma / (alpha + sigma));
            case NEGATIVE_VELOCITY -> set(1.0, 1.0 / (alpha + sigma), -sigma / (alpha + sigma));
            case SCORE -> set(1.0, 1.0 / alpha, sigma * sigma / alpha);
            case KARRAS -> precondition(sigma, sigma);
            case CONSISTENCY -> precondition(sigma, sigma - schedule.cleanest());
            case TRAJECTORY -> {
                precondition(sigma, sigma - schedule.cleanest());
                double kept = schedule.cleanest() / sigma;
                set(ofInput, kept + (1.0 - kept) * ofNoisy, (1.0 - kept) * ofPrediction);
            }
        }
    }

    private void set(double input, double noisy, double prediction) {
        ofInput = input;
        ofNoisy = noisy;
        ofPrediction = prediction;
    }

    /** {@code beyond} is sigma, or what sigma is above the boundary. */
    private void precondition(double sigma, double beyond) {
        double total = Math.sqrt(sigma * sigma + sigmaData * sigmaData);
        set(1.0 / total, sigmaData * sigmaData / (beyond * beyond + sigmaData * sigmaData), sigmaData * beyond / total);
    }

    private static void requireFits(Parameterisation parameterisation, NoiseSchedule schedule) {
        boolean fits = switch (parameterisation) {
            case X0 -> true;
            case EPSILON, SCORE -> !(schedule instanceof LinearFlow);
            case V -> schedule instanceof VariancePreserving;
            case VELOCITY, NEGATIVE_VELOCITY -> schedule instanceof LinearFlow;
            case KARRAS, CONSISTENCY, TRAJECTORY -> schedule instanceof VarianceExploding;
        };
        if (!fits) {
            throw new BadInputException("parameterisation " + parameterisation + " does not go with a "
                    + schedule.getClass().getSimpleName() + " schedule; allowed: x0 with any, epsilon and score with a"
                    + " discrete schedule or edm, v with a discrete schedule, velocity and negative_velocity with flow,"
                    + " karras and consistency with edm (policy.yaml, parameterisation and schedule)");
        }
    }

    /**
     * Factor of x on its way into the network.
     *
     * @return c_in; 1 without preconditioning
     */
    public double ofInput() {
        return ofInput;
    }

    /**
     * The clean sample.
     *
     * @param noisy x
     * @param prediction what the network predicted
     * @return a
     */
    public double clean(double noisy, double prediction) {
        return ofNoisy * noisy + ofPrediction * prediction;
    }

    /**
     * What a perfect network would have predicted: the inverse of {@link #clean}.
     *
     * @param noisy x
     * @param clean a
     * @return the prediction
     */
    public double predictionOf(double noisy, double clean) {
        return (clean - ofNoisy * noisy) / ofPrediction;
    }
}
