package dev.tactus.policies.compose;

import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.Arrays;

/**
 * Weights that follow the log densities of the parents along the path of the sampler (Skreta et al., The Superposition of
 * Diffusion Models Using the Ito Density Estimator). In coordinates {@code y = x / alpha} with noise {@code nu = sigma /
 * alpha} the drift is gone, the score is {@code s_j = (E_j[a | x] - y) / nu^2}, and a move dy from nu to nu' changes a log
 * density by
 *
 * <pre>
 *   d log p_j = &lt;dy, s_j&gt; - (nu^2 - nu'^2) / 2 |s_j|^2
 * </pre>
 *
 * when the sampler adds the full noise of the reverse diffusion; a deterministic one leaves out terms that are equal for
 * policies of equal spread. Only differences between parents matter. For "and", a move {@code dy = (nu^2 - nu'^2) (s_2 +
 * kappa (s_1 - s_2))} changes {@code log p_1 - log p_2} by {@code (nu^2 - nu'^2) |s_1 - s_2|^2 (kappa - 1/2)}; kappa makes
 * up over the remaining descent, to nu' = 0, for the difference that noise has left.
 */
final class DensityWeighting implements Weighting {
    private static final double INDISTINCT = 1e-12;

    private final NoiseSchedule schedule;
    private final Operator operator;
    private final float[][] estimates;
    private final int chunk;
    private final double[] logDensities;
    private final double[] weights;
    private final double[] previous;
    private double previousNoise;

    /** {@code estimates} are the arrays that the parents answer into, {@code [B, H, D]} each. */
    DensityWeighting(NoiseSchedule schedule, Operator operator, float[][] estimates, int batch) {
        this.schedule = schedule;
        this.operator = operator;
        this.estimates = estimates;
        this.chunk = estimates[0].length / batch;
        this.logDensities = new double[batch * estimates.length];
        this.weights = new double[batch * estimates.length];
        this.previous = new double[estimates[0].length];
    }

    @Override
    public void enter(double level, float[] latent) {
        double alpha = schedule.alpha(level);
        double noise = schedule.sigma(level) / alpha;
        if (noise > previousNoise || previousNoise == 0.0) {
            Arrays.fill(logDensities, 0.0); // another descent begins
        } else if (noise < previousNoise && previousNoise < Double.POSITIVE_INFINITY) {
            follow(latent, alpha, noise);
        }
        for (int i = 0; i < latent.length; i++) {
            previous[i] = latent[i] / alpha;
        }
        previousNoise = noise;
    }

    private void follow(float[] latent, double alpha, double noise) {
        double before = previousNoise * previousNoise;
        double half = 0.5 * (before - noise * noise);
        for (int parent = 0; parent < estimates.length; parent++) {
            for (int i = 0; i < latent.length; i++) {
                double score = (estimates[parent][i] - previous[i]) / before;
                double move = latent[i] / alpha - previous[i];
                logDensities[i / chunk * estimates.length + parent] += (move - half * score) * score;
            }
        }
    }

    @Override
    public boolean needs(int parent) {
        return true;
    }

    @Override
    public void answered(double level) {
        int batch = weights.length / estimates.length;
        for (int b = 0; b < batch; b++) {
            switch (operator) {
                case Operator.Or or -> either(or, b * estimates.length);
                case Operator.And and -> both(and, b, previousNoise);
                case Operator.Linear linear -> throw new IllegalStateException();
            }
        }
    }

    private void either(Operator.Or or, int start) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < estimates.length; j++) {
            weights[start + j] = or.temperature() * logDensities[start + j] + or.biases()[j];
            greatest = Math.max(greatest, weights[start + j]);
        }
        double sum = 0.0;
        for (int j = 0; j < estimates.length; j++) {
            weights[start + j] = Math.exp(weights[start + j] - greatest);
            sum += weights[start + j];
        }
        for (int j = 0; j < estimates.length; j++) {
            weights[start + j] /= sum;
        }
    }

    private void both(Operator.And and, int b, double noise) {
        double square = 0.0;
        for (int i = b * chunk; i < (b + 1) * chunk; i++) {
            double apart = estimates[0][i] - estimates[1][i];
            square += apart * apart;
        }
        double behind = logDensities[2 * b + 1] - logDensities[2 * b];
        double kappa = 0.5;
        if (square > INDISTINCT && noise < Double.POSITIVE_INFINITY) {
            kappa = Math.min(Math.max(0.5 + behind * noise * noise / square, and.least()), and.greatest());
        }
        weights[2 * b] = kappa;
        weights[2 * b + 1] = 1.0 - kappa;
    }

    @Override
    public double weight(int b, int parent) {
        return weights[b * estimates.length + parent];
    }
}
