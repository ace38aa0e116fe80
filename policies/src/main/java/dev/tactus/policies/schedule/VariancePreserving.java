package dev.tactus.policies.schedule;

import dev.tactus.policies.command.BadInputException;
import java.util.List;

/**
 * A variance-preserving noise schedule of K discrete levels (Ho, Jain, Abbeel, Denoising Diffusion Probabilistic
 * Models): a sample at level k is {@code x_k = sqrt(alphaBar_k) a + sqrt(1 - alphaBar_k) epsilon}, with {@code
 * alphaBar_k} the product of {@code 1 - beta_i} for i up to k, and {@code alphaBar_-1 = 1}. Between whole levels the
 * logarithm of the signal-to-noise ratio is interpolated linearly. Immutable.
 */
public final class VariancePreserving implements NoiseSchedule {
    private static final String SQUARED_COSINE = "squared_cosine";
    private static final double COSINE_OFFSET = 0.008;
    private static final double GREATEST_BETA = 0.999;

    private final double[] betas;
    private final double[] alphaBars;
    private final double[] lambdas;

    private VariancePreserving(double[] betas) {
        this.betas = betas;
        this.alphaBars = new double[betas.length];
        double product = 1.0;
        for (int k = 0; k < betas.length; k++) {
            product *= 1.0 - betas[k];
            alphaBars[k] = product;
        }
        this.lambdas = new double[betas.length];
        for (int k = 0; k < betas.length; k++) {
            lambdas[k] = 0.5 * Math.log(alphaBars[k] / (1.0 - alphaBars[k]));
        }
    }

    /**
     * The names that {@link #named} knows: those that need nothing but K.
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
    public static VariancePreserving named(String name, int steps) {
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
    public static VariancePreserving squaredCosine(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(steps + " steps; at least 1 is needed");
        }
        double[] betas = new double[steps];
        for (int i = 0; i < steps; i++) {
            betas[i] = Math.min(
                    1.0 - squaredCosineAt((i + 1.0) / steps) / squaredCosineAt((double) i / steps), GREATEST_BETA);
        }
        return new VariancePreserving(betas);
    }

    /**
     * Betas that rise linearly (Ho, Jain, Abbeel).
     *
     * @param steps K, at least 2
     * @param betaStart the first beta, above 0
     * @param betaEnd the last beta, below 1
     * @return the schedule
     */
    public static VariancePreserving linear(int steps, double betaStart, double betaEnd) {
        double[] betas = new double[steps];
        for (int i = 0; i < steps; i++) {
            betas[i] = betaStart + (betaEnd - betaStart) * i / (steps - 1);
        }
        return new VariancePreserving(betas);
    }

    /**
     * Betas whose square roots rise linearly, what diffusers calls {@code scaled_linear}.
     *
     * @param steps K, at least 2
     * @param betaStart the first beta, above 0
     * @param betaEnd the last beta, below 1
     * @return the schedule
     */
    public static VariancePreserving scaledLinear(int steps, double betaStart, double betaEnd) {
        double[] betas = new double[steps];
        for (int i = 0; i < steps; i++) {
            double root = Math.sqrt(betaStart) + (Math.sqrt(betaEnd) - Math.sqrt(betaStart)) * i / (steps - 1);
            betas[i] = root * root;
        }
        return new VariancePreserving(betas);
    }

    private static double squaredCosineAt(double u) {
        double cosine = StrictMath.cos((u + COSINE_OFFSET) / (1.0 + COSINE_OFFSET) * Math.PI / 2.0);
        return cosine * cosine;
    }

    @Override
    public double alpha(double level) {
        return Math.sqrt(alphaBarAt(level));
    }

    @Override
    public double sigma(double level) {
        return Math.sqrt(1.0 - alphaBarAt(level));
    }

    private double alphaBarAt(double level) {
        int below = (int) Math.floor(level);
        double part = level - below;
        if (part == 0.0 || below < 0 || below >= betas.length - 1) {
            return alphaBar(Math.min(below, betas.length - 1));
        }
        double lambda = (1.0 - part) * lambdas[below] + part * lambdas[below + 1];
        return 1.0 / (1.0 + Math.exp(-2.0 * lambda));
    }

    @Override
    public double level(double logSnr) {
        if (logSnr >= lambdas[0]) {
            return 0.0;
        }
        int low = 0; // lambda falls with k: lambdas[low] > logSnr >= lambdas[high] once the two are neighbours
        int high = lambdas.length - 1;
        if (logSnr <= lambdas[high]) {
            return high;
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (lambdas[middle] > logSnr) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (lambdas[low] - logSnr) / (lambdas[low] - lambdas[high]);
    }

    @Override
    public double noisiest() {
        return betas.length - 1;
    }

    @Override
    public double cleanest() {
        return 0.0;
    }

    @Override
    public double noiseless() {
        return -1.0;
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
     * What levels 0 to k keep together.
     *
     * @param k -1 to K - 1
     * @return the product of {@code 1 - beta_i} for i up to k; 1 for k = -1
     */
    public double alphaBar(int k) {
        return k < 0 ? 1.0 : alphaBars[k];
    }

    /**
     * Weight of the noisy sample in the mean of the posterior of level k - 1.
     *
     * @param k 0 to K - 1
     * @return p_k = sqrt(1 - beta_k) (1 - alphaBar_{k-1}) / (1 - alphaBar_k); 0 for k = 0
     */
    public double posteriorOfNoisy(int k) {
        return posteriorOfNoisy(k, k - 1);
    }

    /**
     * Weight of the noisy sample in the mean of the posterior of a lower level.
     *
     * @param k 0 to K - 1
     * @param lower j, -1 to k - 1
     * @return sqrt(alphaBar_k / alphaBar_j) (1 - alphaBar_j) / (1 - alphaBar_k); 0 for j = -1
     */
    public double posteriorOfNoisy(int k, int lower) {
        return Math.sqrt(kept(k, lower)) * (1.0 - alphaBar(lower)) / (1.0 - alphaBar(k));
    }

    /**
     * Weight of the clean sample in the mean of the posterior of level k - 1.
     *
     * @param k 0 to K - 1
     * @return q_k = sqrt(alphaBar_{k-1}) beta_k / (1 - alphaBar_k); 1 for k = 0
     */
    public double posteriorOfClean(int k) {
        return posteriorOfClean(k, k - 1);
    }

    /**
     * Weight of the clean sample in the mean of the posterior of a lower level.
     *
     * @param k 0 to K - 1
     * @param lower j, -1 to k - 1
     * @return sqrt(alphaBar_j) (1 - alphaBar_k / alphaBar_j) / (1 - alphaBar_k); 1 for j = -1
     */
    public double posteriorOfClean(int k, int lower) {
        return lower < 0 ? 1.0 : Math.sqrt(alphaBar(lower)) * (1.0 - kept(k, lower)) / (1.0 - alphaBar(k));
    }

    /**
     * Standard deviation of the posterior of level k - 1, the choice that diffusers calls {@code fixed_small}.
     *
     * @param k 0 to K - 1
     * @return sqrt(max(beta_k (1 - alphaBar_{k-1}) / (1 - alphaBar_k), 1e-20)); 0 for k = 0, where no noise is added
     */
    public double posteriorDeviation(int k) {
        return posteriorDeviation(k, k - 1);
    }

    /**
     * Standard deviation of the posterior of a lower level.
     *
     * @param k 0 to K - 1
     * @param lower j, -1 to k - 1
     * @return sqrt(max((1 - alphaBar_k / alphaBar_j) (1 - alphaBar_j) / (1 - alphaBar_k), 1e-20)); 0 for j = -1
     */
    public double posteriorDeviation(int k, int lower) {
        double variance = (1.0 - kept(k, lower)) * (1.0 - alphaBar(lower)) / (1.0 - alphaBar(k));
        return lower < 0 ? 0.0 : Math.sqrt(Math.max(variance, 1e-20));
    }

    /** What levels above the lower one, up to k, keep together. */
    private double kept(int k, int lower) {
        return lower == k - 1 ? 1.0 - betas[k] : alphaBar(k) / alphaBar(lower);
    }
}
