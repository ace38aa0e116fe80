/**
 * ONNX: graphs written from Java ({@code GraphBuilder}) and graphs run on ONNX Runtime at fixed shapes. A
 * {@code GraphSession} owns its tensors' native memory: the caller writes inputs, runs, reads outputs.
 * {@code NativeGraphSession} binds the C API of the library that the Java artifact brings, without a byte of garbage a
 * call; {@code JavaGraphSession} is the fallback. Knows nothing of policies: that is the business of {@code denoiser}.
 */
package dev.tactus.policies.onnx;
