package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.onnx.GraphOptions;
import java.util.function.Consumer;

/**
 * A policy as samplers and schemes take it: a bundle's own, or several composed, or one that is guided.
 *
 * @param spec what it sees and commands
 * @param source opens its denoiser
 */
public record PolicyModel(PolicySpec spec, DenoiserSource source) {

    /**
     * The policy of a bundle on ONNX Runtime, on the first of several providers that works.
     *
     * @param bundle the bundle
     * @param options providers and threads
     * @param declined is told in one line why a provider before it did not work, whenever the denoiser is opened
     * @return the policy
     */
    public static PolicyModel of(PolicyBundle bundle, GraphOptions options, Consumer<String> declined) {
        return new PolicyModel(bundle.spec(), batch -> {
            OnnxNetwork network = OnnxNetwork.open(bundle, batch, options);
            try {
                network.declined().forEach(declined);
                return NetworkDenoiser.of(bundle.spec(), network);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        });
    }
}
