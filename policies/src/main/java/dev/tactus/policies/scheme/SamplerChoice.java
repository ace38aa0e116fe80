package dev.tactus.policies.scheme;

/** Which sampler a scheme denoises with. */
public sealed interface SamplerChoice {
    /** What schemes take that are told nothing: DDIM with 10 steps. */
    SamplerChoice STANDARD = new Ddim(10);

    /** Ancestral sampling over every level. */
    record Ddpm() implements SamplerChoice {}

    /**
     * DDIM with leading spacing, without added noise.
     *
     * @param steps N
     */
    record Ddim(int steps) implements SamplerChoice {}
}
