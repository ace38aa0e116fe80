package dev.tactus.policies.compose;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.List;

/**
 * How well weights do on demonstrations, without running anything: the mean squared error of the predicted noise of a
 * linear composition,
 *
 * <pre>
 *   Q(w) = E |sum_j w_j epsilon_j(x) - epsilon|^2 = w^T G w,     G_ij = E &lt;epsilon_i - epsilon, epsilon_j - epsilon&gt;
 * </pre>
 *
 * for weights that sum to 1: a convex quadratic (Cao et al., Compose Your Policies, proposition 4.1), so parents are asked
 * once and every weight is free afterwards. Up to a constant it is the error of the score. Not for the real-time path.
 */
public final class ScoreError {
    private final ParentView[] views;
    private final NoiseSchedule schedule;
    private final double[][] gram;
    private final float[] latent;
    private final double[] epsilon;
    private long count;

    /**
     * Makes an error of nothing yet.
     *
     * @param parents the policies, of one horizon, at batch 1; the first one's schedule counts
     */
    public ScoreError(List<Parent> parents) {
        Denoiser master = parents.getFirst().denoiser();
        this.schedule = master.schedule();
        for (Parent parent : parents) {
            if (parent.denoiser().latentSize() != master.latentSize()) {
                throw new IllegalArgumentException(parent.name() + ": chunks differ in size");
            }
        }
        this.views = parents.stream()
                .map(parent -> new ParentView(parent, schedule, master.horizon()))
                .toArray(ParentView[]::new);
        this.gram = new double[views.length][views.length];
        this.latent = new float[master.latentSize()];
        this.epsilon = new double[master.latentSize()];
    }

    /**
     * Adds a demonstrated chunk at one level.
     *
     * @param chunk {@code [H, D]}, normalised
     * @param condition the common condition it was demonstrated under
     * @param level a level of the first parent's schedule
     * @param noise where noise comes from
     */
    public void add(float[] chunk, float[] condition, double level, NoiseSource noise) {
        double alpha = schedule.alpha(level);
        double sigma = schedule.sigma(level);
        for (int i = 0; i < latent.length; i++) {
            epsilon[i] = noise.next();
            latent[i] = (float) (alpha * chunk[i] + sigma * epsilon[i]);
        }
        for (ParentView view : views) {
            view.estimate(latent, level, condition);
        }
        for (int i = 0; i < views.length; i++) {
            for (int j = 0; j < views.length; j++) {
                for (int at = 0; at < latent.length; at++) {
                    gram[i][j] += error(i, at, alpha, sigma) * error(j, at, alpha, sigma);
                }
            }
        }
        count += latent.length;
    }

    private double error(int parent, int at, double alpha, double sigma) {
        return (latent[at] - alpha * views[parent].clean()[at]) / sigma - epsilon[at];
    }

    /**
     * The error of weights.
     *
     * @param weights one a parent, their sum 1
     * @return Q(w), mean over elements
     */
    public double of(double[] weights) {
        double sum = 0.0;
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                sum += weights[i] * gram[i][j] * weights[j];
            }
        }
        return sum / count;
    }
}
