package dev.tactus.policies.schedule;

import dev.tactus.policies.command.BadInputException;
import java.util.List;

/**
 * A variance-preserving noise schedule of K levels, in double precision: a sample at level k is {@code x_k =
 * sqrt(alphaBar_k) a + sqrt(1 - alphaBar_k) epsilon}, with {@code alphaBar_k} the product of {@code 1 - beta_i} for i up
 * to k, and {@code alphaBar_-1 = 1}. Immutable.
 */
public final class NoiseSchedule {
    private static final String SQUARED_COSINE = "squared_cosine";
    private static final double COSINE_OFFSET = 0.008;
    private static final double GREATEST_BETA = 0.999;

    private final double[] betas;
    private final double[] alphaBars;

    private NoiseSchedule(double[] betas) {
        this.betas = betas;
        this.alphaBars = new double[betas.length];
        double product = 1.0;
        for (int k = 0; k < betas.length; k++) {
            product *= 1.0 - betas[k];
            alphaBars[k] = product;
        }
    }

    /**
     * The names that {@link #named} knows.
     *
     * @return the names
     */
    public static List<String> names() {
        return List.of(SQUARED_COSINE);
    }

    /**
     * A schedule by the name that a bundle records.
     *
     * @param name one of {@link #names}
     * @param steps K
     * @return the schedule
     * @throws BadInputException if the name is unknown
     */
    public static NoiseSchedule named(String name, int steps) {
        if (name.equals(SQUARED_COSINE)) {
            return squaredCosine(steps);
        }
        throw new BadInputException(
                "noise schedule '" + name + "' is unknown; allowed is one of " + names() + " (policy.yaml, schedule)");
    }

    /**
     * The squared-cosine schedule (Nichol and Dhariwal, Improved Denoising Diffusion Probabilistic Models): {@code f(u)
     * = cos^2(((u + 0.008) / 1.008) pi / 2)}, {@code beta_i = min(1 - f((i + 1) / K) / f(i / K), 0.999)}.
     *
     * @param steps K
     * @return the schedule
     */
    public static NoiseSchedule squaredCosine(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(steps + " steps; at least 1 is needed");
        }
        double[] betas = new double[steps];
        for (int i = 0; i < steps; i++) {
            betas[i] = Math.min(
                    1.0 - squaredCosineAt((i + 1.0) / steps) / squaredCosineAt((double) i / steps), GREATEST_BETA);
        }
        return new NoiseSchedule(betas);
    }

    private static double squaredCosineAt(double u) {
        double cosine = StrictMath.cos((u + COSINE_OFFSET) / (1.0 + COSINE_OFFSET) * Math.PI / 2.0);
        return cosine * cosine;
    }

    /**
     * How many levels there are.
     *
     * @return K
     */
    public int steps() {
        return betas.length;
    }

    /**
     * Variance that level k adds.
     *
     * @param k 0 to K - 1
     * @return beta_k
     */
    public double beta(int k) {
        return betas[k];
    }

    /**
     * What level k keeps.
     *
     * @param k 0 to K - 1
     * @return alpha_k = 1 - beta_k
     */
    public double alpha(int k) {
        return 1.0 - betas[k];
    }

    /**
     * What levels 0 to k keep together.
     *
     * @param k -1 to K - 1
     * @return the product of the alphas; 1 for k = -1
     */
    public double alphaBar(int k) {
        return k < 0 ? 1.0 : alphaBars[k];
    }

    /**
     * Weight of the noisy sample in the mean of the posterior of level k - 1.
     *
     * @param k 0 to K - 1
     * @return p_k = sqrt(alpha_k) (1 - alphaBar_{k-1}) / (1 - alphaBar_k); 0 for k = 0
     */
    public double posteriorOfNoisy(int k) {
        return Math.sqrt(alpha(k)) * (1.0 - alphaBar(k - 1)) / (1.0 - alphaBar(k));
    }

    /**
     * Weight of the clean sample in the mean of the posterior of level k - 1.
     *
     * @param k 0 to K - 1
     * @return q_k = sqrt(alphaBar_{k-1}) beta_k / (1 - alphaBar_k); 1 for k = 0
     */
    public double posteriorOfClean(int k) {
        return k == 0 ? 1.0 : Math.sqrt(alphaBar(k - 1)) * beta(k) / (1.0 - alphaBar(k));
    }

    /**
     * Standard deviation of the posterior of level k - 1, the choice that diffusers calls {@code fixed_small}.
     *
     * @param k 0 to K - 1
     * @return sqrt(max(beta_k (1 - alphaBar_{k-1}) / (1 - alphaBar_k), 1e-20)); 0 for k = 0, where no noise is added
     */
    public double posteriorDeviation(int k) {
        return k == 0 ? 0.0 : Math.sqrt(Math.max(beta(k) * (1.0 - alphaBar(k - 1)) / (1.0 - alphaBar(k)), 1e-20));
    }
}
