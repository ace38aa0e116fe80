/**
 * Denoisers: what a sampler evaluates. {@code OnnxDenoiser} runs a bundle's network through ONNX Runtime and owns its
 * native memory; the analytic ones have a closed form against which samplers are checked.
 */
package dev.tactus.policies.denoiser;
