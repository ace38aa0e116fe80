/**
 * Steers a policy while it is sampled: inpainting, inference-time steering, classifier-free and reinforcement-learning
 * guidance, guidance by costs, and corrections of finished chunks. A guidance wraps a {@link
 * dev.tactus.policies.denoiser.Denoiser} and is one, so any stack of them goes with any sampler and any scheme. Uses
 * {@code compose}, {@code denoiser} and {@code schedule}; {@code bundle} and {@code config} to be read from a file.
 */
package dev.tactus.policies.guidance;
