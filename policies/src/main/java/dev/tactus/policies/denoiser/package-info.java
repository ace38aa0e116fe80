/**
 * Denoisers: what estimates the clean chunk from a noisy one. A {@link dev.tactus.policies.denoiser.Network} is the graph
 * as it was trained, a {@link dev.tactus.policies.denoiser.Denoiser} what samplers, guidance and composition see of it.
 * ONNX Runtime runs networks; closed forms stand in where a test needs to know the answer. Arrows: to bundle, schedule.
 */
package dev.tactus.policies.denoiser;
