package dev.tactus.policies.guidance;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DifferentiableDenoiser;
import dev.tactus.policies.schedule.NoiseSchedule;
import java.util.Arrays;

/**
 * Draws a chunk towards what is left of the one before, firmly where it will be executed before the new one arrives and
 * softly after (Black, Galliker, Levine, Real-Time Execution of Action Chunking Flow Policies, section 3: inpainting by
 * guidance with a clipped weight). In flow time {@code tau = alpha / (alpha + sigma)}, which every schedule has:
 *
 * <pre>
 *   e      = (Y - E[a | x]) W
 *   g      = J^T e                                   J = d E[a | x] / d x,  x in flow coordinates x / (alpha + sigma)
 *   w(tau) = min(beta, (tau^2 + (1 - tau)^2) / (tau (1 - tau)))              beta at tau = 0
 *   clean' = E[a | x] + (1 - tau) w(tau) g           the paper's v' = v + w(tau) g, seen in the clean chunk
 * </pre>
 *
 * <p>Where the estimate is out of the sampler's bounds, the error is that of the clipped one: at high noise an unclipped
 * estimate is large and arbitrary, and so would be its correction. Without a target it is the denoiser that it wraps.
 */
public final class PrefixGuidance extends Guidance {
    private static final double PERTURBATION = 1e-2;

    /** How the error is carried back through the network. */
    public enum Jacobian {
        /** {@code g = e}: no further evaluation, what runtimes without gradients do. */
        IDENTITY,
        /**
         * {@code g = J e} by one finite difference along e, one more evaluation. For an exact posterior mean this is
         * {@code J^T e}: by Tweedie's formula its Jacobian is a covariance, {@code alpha / sigma^2 Cov[a | x]}, hence
         * symmetric. A trained network is nearly so.
         */
        DIRECTIONAL,
        /** {@code g = J^T e} by a vector-Jacobian product; needs a {@link DifferentiableDenoiser}. */
        FULL
    }

    private final double beta;
    private final Jacobian jacobian;
    private final float bound;
    private final float[] target;
    private final float[] weights;
    private final float[] error;
    private final float[] gradient;
    private final float[] perturbed;
    private boolean guiding;

    /**
     * Makes a wrapper that does not guide yet.
     *
     * @param inner what is guided; closed with the wrapper
     * @param beta greatest guidance weight, above 0; about the number of sampling steps
     * @param jacobian how the error is carried back
     * @param clip the sampler's bound on every element of a clean sample; infinity for none
     * @throws BadInputException if beta is out of range, or the denoiser cannot do what the Jacobian asks for
     */
    public PrefixGuidance(Denoiser inner, double beta, Jacobian jacobian, double clip) {
        super(inner);
        if (!(beta > 0.0 && Double.isFinite(beta))) {
            throw new BadInputException("a greatest guidance weight (beta) of " + beta + "; allowed is a finite number"
                    + " above 0, for example the number of sampling steps");
        }
        if (jacobian == Jacobian.FULL && !(inner instanceof DifferentiableDenoiser)) {
            throw new BadInputException("the full Jacobian needs a network with a vector-Jacobian product, which this"
                    + " one does not offer; choose the identity or the directional one");
        }
        if (jacobian == Jacobian.DIRECTIONAL && inner.movesLatent()) {
            throw new BadInputException("the directional Jacobian compares two latents, but another guidance moves"
                    + " latents itself; choose the identity");
        }
        this.beta = beta;
        this.jacobian = jacobian;
        this.bound = (float) clip;
        this.target = new float[inner.latentSize()];
        this.weights = new float[inner.horizon() * inner.actionSize()];
        this.error = new float[target.length];
        this.gradient = new float[target.length];
        this.perturbed = new float[target.length];
    }

    /**
     * Guides from now on.
     *
     * @param newTarget Y, {@code [B, H, D]}; copied
     * @param newWeights W, {@code [H, D]}, 0 to 1; copied
     */
    public void guide(float[] newTarget, float[] newWeights) {
        System.arraycopy(newTarget, 0, target, 0, target.length);
        System.arraycopy(newWeights, 0, weights, 0, weights.length);
        guiding = true;
    }

    /** Guides no more. */
    public void release() {
        guiding = false;
    }

    /**
     * By how much of the gradient the clean chunk moves.
     *
     * @param level a level of the schedule
     * @return {@code (1 - tau) w(tau)}
     */
    public double strength(double level) {
        NoiseSchedule schedule = inner().schedule();
        double alpha = schedule.alpha(level);
        double sigma = schedule.sigma(level);
        double tau = alpha / (alpha + sigma);
        double rest = sigma / (alpha + sigma);
        double weight = (tau * tau + rest * rest) / (tau * rest);
        return rest == 0.0 ? 1.0 : rest * (weight < beta ? weight : beta); // infinity and NaN become beta
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        inner().denoise(latent, level, condition, clean);
        if (!guiding) {
            return;
        }
        for (int i = 0; i < clean.length; i++) {
            error[i] = (target[i] - Math.clamp(clean[i], -bound, bound)) * weights[i % weights.length];
        }
        float[] direction = carriedBack(latent, level, condition, clean);
        double strength = strength(level);
        for (int i = 0; i < clean.length; i++) {
            clean[i] += (float) (strength * direction[i]);
        }
    }

    private float[] carriedBack(float[] latent, double level, float[] condition, float[] clean) {
        // the Jacobian by flow coordinates is this times the one by the latent
        double unit = inner().schedule().alpha(level) + inner().schedule().sigma(level);
        switch (jacobian) {
            case IDENTITY -> {
                return error;
            }
            case DIRECTIONAL -> differentiate(latent, level, condition, clean, unit);
            case FULL -> {
                ((DifferentiableDenoiser) inner()).pullBack(latent, level, condition, error, gradient);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= (float) unit;
                }
            }
        }
        return gradient;
    }

    private void differentiate(float[] latent, double level, float[] condition, float[] clean, double unit) {
        double greatest = 0.0;
        for (float value : error) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        if (greatest == 0.0) {
            Arrays.fill(gradient, 0.0f);
            return;
        }
        double h = PERTURBATION / greatest;
        for (int i = 0; i < latent.length; i++) {
            perturbed[i] = (float) (latent[i] + h * unit * error[i]);
        }
        inner().denoise(perturbed, level, condition, gradient);
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) ((gradient[i] - clean[i]) / h);
        }
    }

    @Override
    public void reset() {
        release();
        super.reset();
    }
}
