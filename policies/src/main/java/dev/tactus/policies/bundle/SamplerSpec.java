package dev.tactus.policies.bundle;

import java.util.List;

/** The sampler that a policy's author names, with everything that decides what it computes. */
public sealed interface SamplerSpec {

    /** How a sampler of N steps spreads them over the levels of a schedule. */
    enum Spacing {
        /** Whole strides from level 0 up; never the greatest level. */
        LEADING,
        /** Whole strides from the greatest level down. */
        TRAILING,
        /** Evenly from the greatest level to level 0, rounded; on a flow evenly in tau. */
        LINSPACE,
        /** Evenly in {@code sigma^(1 / rho)}. */
        KARRAS,
        /** Evenly in {@code ln sigma}. */
        EXPONENTIAL,
        /** Evenly in sigma. */
        LINEAR_SIGMA,
        /** Evenly in {@code ln(alpha / sigma)}. */
        LOG_SNR
    }

    /** Ancestral sampling over every level. */
    record Ddpm() implements SamplerSpec {}

    /**
     * Denoising diffusion implicit models.
     *
     * @param steps N
     * @param spacing which levels
     * @param eta how much of the ancestral noise is added, 0 to 1
     * @param recomputeNoise whether the noise follows from the clipped clean sample instead of the network's own
     */
    record Ddim(int steps, Spacing spacing, double eta, boolean recomputeNoise) implements SamplerSpec {}

    /**
     * DPM-Solver++ 2M.
     *
     * @param steps N
     * @param spacing which levels
     */
    record DpmSolver(int steps, Spacing spacing) implements SamplerSpec {}

    /**
     * UniPC of order 2.
     *
     * @param steps N
     * @param spacing which levels
     */
    record UniPc(int steps, Spacing spacing) implements SamplerSpec {}

    /**
     * Euler in sigma; with eta above 0 its ancestral variant.
     *
     * @param steps N
     * @param spacing which levels
     * @param eta how much of the ancestral noise is added, 0 to 1
     * @param initialStd standard deviation of the first latent
     */
    record EdmEuler(int steps, Spacing spacing, double eta, double initialStd) implements SamplerSpec {}

    /**
     * Heun in sigma (Karras et al., algorithm 2).
     *
     * @param steps N
     * @param spacing which levels
     * @param churn S_churn; 0 for none
     * @param churnMin least sigma that is churned
     * @param churnMax greatest sigma that is churned
     * @param churnNoise S_noise
     * @param initialStd standard deviation of the first latent
     */
    record EdmHeun(
            int steps,
            Spacing spacing,
            double churn,
            double churnMin,
            double churnMax,
            double churnNoise,
            double initialStd)
            implements SamplerSpec {}

    /**
     * An integrator of a flow on a uniform grid.
     *
     * @param method the integrator
     * @param steps N
     * @param initialStd standard deviation of the first latent; 0 starts from zeros
     */
    record FlowOde(Method method, int steps, double initialStd) implements SamplerSpec {}

    /** Integrators of a flow. */
    enum Method {
        /** One evaluation a step. */
        FLOW_EULER,
        /** Two evaluations a step. */
        FLOW_MIDPOINT,
        /** Two evaluations a step. */
        FLOW_HEUN
    }

    /**
     * One or several calls of a consistency function.
     *
     * @param levels the sigmas at which it is called, strictly descending
     * @param initialStd standard deviation of the first latent
     */
    record Consistency(List<Double> levels, double initialStd) implements SamplerSpec {}

    /**
     * The two steps of a minimal iterative policy (Pan et al.).
     *
     * @param secondInputScale what the first answer is multiplied by on its way into the second call: 1 or t*
     * @param tStar t* of the second call
     */
    record Mip(double secondInputScale, double tStar) implements SamplerSpec {}

    /** One evaluation; its output is the action. */
    record Direct() implements SamplerSpec {}

    /**
     * Descent on an energy.
     *
     * @param steps greatest number of steps
     * @param eta step size
     * @param tolerance norm of the gradient, per chunk, at which it stops; 0 to take every step
     */
    record Energy(int steps, double eta, double tolerance) implements SamplerSpec {}
}
