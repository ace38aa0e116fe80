/**
 * Several policies as one: a composition of denoisers is a denoiser, whose estimate is a combination of theirs at the same
 * noisy chunk, each on its own noise schedule and with its own part of the condition. Weights are fixed, or follow the
 * densities of the policies (either of them, all of them), or are searched. Uses {@code denoiser} and {@code schedule};
 * {@code bundle} and {@code config} to be read from a file. Knows no sampler and no scheme.
 */
package dev.tactus.policies.compose;
