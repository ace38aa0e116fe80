package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;

/** Opens a policy's denoiser for as many chunks at once as an execution scheme wants. Not for the real-time path. */
@FunctionalInterface
public interface DenoiserSource {

    /**
     * Opens a denoiser, warmed up; the caller closes it.
     *
     * @param batch B, chunks denoised at once
     * @return the denoiser
     */
    Denoiser open(int batch);

    /**
     * The network of a bundle on ONNX Runtime.
     *
     * @param bundle the bundle
     * @return the source
     */
    static DenoiserSource of(PolicyBundle bundle) {
        PolicySpec spec = bundle.spec();
        return batch -> NetworkDenoiser.of(spec, OnnxNetwork.open(bundle, batch));
    }
}
