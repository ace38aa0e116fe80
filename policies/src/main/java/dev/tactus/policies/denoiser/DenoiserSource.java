package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.onnx.GraphOptions;

/** Opens a policy's denoiser for as many chunks at once as an execution scheme wants. Not for the real-time path. */
@FunctionalInterface
public interface DenoiserSource {

    /**
     * Opens a denoiser, warmed up; the caller closes it.
     *
     * @param batch chunks that the caller wants at once
     * @return the denoiser; its batch is that, or more if candidates are ranked, and then its first chunk counts
     */
    Denoiser open(int batch);

    /**
     * The network of a bundle on ONNX Runtime, on the processor.
     *
     * @param bundle the bundle
     * @return the source
     */
    static DenoiserSource of(PolicyBundle bundle) {
        return of(bundle, GraphOptions.CPU);
    }

    /**
     * The network of a bundle on ONNX Runtime, on the first of several providers that works.
     *
     * @param bundle the bundle
     * @param options providers and threads
     * @return the source
     */
    static DenoiserSource of(PolicyBundle bundle, GraphOptions options) {
        return PolicyModel.of(bundle, options, declined -> {}).source();
    }
}
