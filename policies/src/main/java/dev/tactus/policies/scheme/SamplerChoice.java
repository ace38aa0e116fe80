package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.sampler.Sampler;
import dev.tactus.policies.sampler.Samplers;

/** Which sampler a scheme denoises with. */
public sealed interface SamplerChoice {
    /** What schemes take that are told nothing. */
    SamplerChoice STANDARD = new Standard();

    /** The one that the bundle's author names. */
    record Bundle() implements SamplerChoice {}

    /**
     * The deterministic one with a number of steps of one's own: DDIM, on a flow and in sigma Euler.
     *
     * @param steps N
     */
    record Implicit(int steps) implements SamplerChoice {}

    /** {@link Implicit} with 10 steps, and {@link Bundle} where a policy's kind has no number of steps to choose. */
    record Standard() implements SamplerChoice {
        private static final int STEPS = 10;
    }

    /**
     * Makes the sampler.
     *
     * @param spec the policy
     * @param latentSize elements of a latent, {@code B * H * D}
     * @return the sampler
     * @throws dev.tactus.policies.command.BadInputException if the policy's kind has no number of steps to choose, or
     *     fewer levels
     */
    default Sampler make(PolicySpec spec, int latentSize) {
        return switch (this) {
            case Bundle b -> Samplers.full(spec, latentSize);
            case Implicit i -> Samplers.implicit(spec, i.steps(), latentSize);
            case Standard s ->
                switch (spec.kind()) {
                    case DIFFUSION, FLOW -> Samplers.implicit(spec, Standard.STEPS, latentSize);
                    default -> Samplers.full(spec, latentSize);
                };
        };
    }
}
