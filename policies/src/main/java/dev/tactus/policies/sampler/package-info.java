/**
 * Samplers: how a noisy chunk becomes a clean one by evaluating a denoiser. A sampler knows nothing of ticks, episodes
 * or robots; where it starts from is its caller's affair, so that the same class serves a full denoise and a warm
 * start. Coefficients are computed once in double precision; sampling allocates nothing. {@link
 * dev.tactus.policies.sampler.Samplers} makes those that a bundle names. Arrows: to bundle, schedule, denoiser.
 */
package dev.tactus.policies.sampler;
