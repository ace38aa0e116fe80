package dev.tactus.policies.guidance;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.GaussianNoise;

/**
 * Inference-time policy steering by the gradient of an objective (Wang et al., Inference-Time Policy Steering),
 *
 * <pre>
 *   epsilon += beta grad xi(x)      that is      a -= (sigma / alpha) beta grad xi(x)
 * </pre>
 *
 * at every level above the last. Once per level this is guided diffusion, which draws from about the sum of policy and
 * objective. Repeated M times, with the estimate noised again to the same level in between, it is stochastic sampling, an
 * annealed Markov chain that draws from about their product: chunks that both the policy and the person agree with. The
 * gradient is that at the noisy latent (in variance-preserving coordinates), and the network is not differentiated.
 */
public final class SteeringGuidance extends Guidance {
    private final CostGradient objective;
    private final double beta;
    private final int repeats;
    private final GuidedLevels guided;
    private final float clip;
    private final long seed;
    private final GaussianNoise noise;

    private SteeringGuidance(
            Denoiser inner, Cost objective, double beta, double stop, int repeats, double clip, long seed) {
        super(inner);
        this.objective = new CostGradient(objective, inner.schedule(), inner.latentSize());
        this.beta = beta;
        this.repeats = repeats;
        this.guided = new GuidedLevels(inner.schedule(), stop);
        this.clip = (float) clip;
        this.seed = seed;
        this.noise = new GaussianNoise(seed);
    }

    /**
     * Guided diffusion (GD).
     *
     * @param inner what is guided; closed with the guidance
     * @param objective what is to become small
     * @param beta strength; 20 in the paper
     * @param stop the noisiest level without guidance
     * @return the guidance
     */
    public static SteeringGuidance guidedDiffusion(Denoiser inner, Cost objective, double beta, double stop) {
        return new SteeringGuidance(inner, objective, beta, stop, 1, Double.POSITIVE_INFINITY, 0);
    }

    /**
     * Stochastic sampling (SS). Its noise begins anew with every episode.
     *
     * @param inner what is guided; closed with the guidance
     * @param objective what is to become small
     * @param beta strength; 60 in the paper
     * @param stop the noisiest level without guidance
     * @param repeats M, evaluations at a guided level; 4 in the paper
     * @param clip bound on every element of the estimate that is noised again, the sampler's own
     * @param seed of the noise
     * @return the guidance
     */
    public static SteeringGuidance stochasticSampling(
            Denoiser inner, Cost objective, double beta, double stop, int repeats, double clip, long seed) {
        return new SteeringGuidance(inner, objective, beta, stop, repeats, clip, seed);
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        inner().denoise(latent, level, condition, clean);
        if (!guided.contain(level)) {
            return;
        }
        steer(latent, level, clean);
        for (int repeat = 1; repeat < repeats; repeat++) {
            noiseAgain(clean, level, latent);
            inner().denoise(latent, level, condition, clean);
            steer(latent, level, clean);
        }
    }

    private void steer(float[] latent, double level, float[] clean) {
        double factor = beta * guided.noiseToSignal(level);
        float[] gradient = objective.at(latent, level);
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) (clean[i] - factor * gradient[i]);
        }
    }

    private void noiseAgain(float[] clean, double level, float[] latent) {
        double alpha = schedule().alpha(level);
        double sigma = schedule().sigma(level);
        for (int i = 0; i < latent.length; i++) {
            float clipped = Math.min(Math.max(clean[i], -clip), clip);
            latent[i] = (float) (alpha * clipped + sigma * noise.next());
        }
    }

    @Override
    public boolean movesLatent() {
        return repeats > 1 || super.movesLatent();
    }

    @Override
    public void reset() {
        super.reset();
        noise.reset(seed);
    }
}
