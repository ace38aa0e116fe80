package dev.tactus.policies.guidance;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VariancePreserving;

/**
 * Guidance by a cost of actions (Janner et al., Planning with Diffusion for Flexible Behavior Synthesis, algorithm 1):
 * before the policy is asked at a level, the latent moves down the cost's gradient a few times,
 *
 * <pre>
 *   x -= scale var_k grad J(x)
 * </pre>
 *
 * with var_k the variance of the posterior of the level below. On schedules without discrete levels, where that variance
 * is the sampler's affair, the share of noise {@code sigma^2 / (alpha^2 + sigma^2)} stands in its place, and x is moved in
 * variance-preserving coordinates.
 */
public final class CostGuidance extends Guidance {
    private final CostGradient cost;
    private final double scale;
    private final int moves;
    private final GuidedLevels guided;

    /**
     * Makes a guidance.
     *
     * @param inner what is guided; closed with the guidance
     * @param cost what is to become small
     * @param scale strength; 0.1 in the paper's code
     * @param moves how often the latent moves at a level; 2 in the paper's code
     * @param stop the noisiest level without guidance; k = 1 in the paper's code
     */
    public CostGuidance(Denoiser inner, Cost cost, double scale, int moves, double stop) {
        super(inner);
        this.cost = new CostGradient(cost, inner.schedule(), inner.latentSize());
        this.scale = scale;
        this.moves = moves;
        this.guided = new GuidedLevels(inner.schedule(), stop);
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        if (guided.contain(level)) {
            double size = cost.size(level);
            double step = scale * variance(schedule(), level, size) * size;
            for (int move = 0; move < moves; move++) {
                float[] gradient = cost.at(latent, level);
                for (int i = 0; i < latent.length; i++) {
                    latent[i] = (float) (latent[i] - step * gradient[i]);
                }
            }
        }
        inner().denoise(latent, level, condition, clean);
    }

    private static double variance(NoiseSchedule schedule, double level, double size) {
        double deviation = schedule instanceof VariancePreserving discrete
                ? discrete.posteriorDeviation((int) level)
                : schedule.sigma(level) / size;
        return deviation * deviation;
    }

    @Override
    public boolean movesLatent() {
        return true;
    }
}
