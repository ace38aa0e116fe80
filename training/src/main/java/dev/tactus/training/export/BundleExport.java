package dev.tactus.training.export;

import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.training.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.List;

/** Makes a policy bundle of a trained network, or refuses where the export does not compute what was trained. */
public final class BundleExport {
    private BundleExport() {}

    /**
     * Writes the bundle.
     *
     * @param folder the bundle's folder
     * @param spec the policy
     * @param network the network; its parameters become {@code deployed}
     * @param deployed the parameters' values that are deployed, those of the average
     * @param observations physical observations for the recorded answers, each [To][observation size], oldest first
     * @param seed of the check's inputs and the answers' noise
     * @return the greatest difference between ONNX Runtime and libtorch
     * @throws IllegalStateException if that difference is above {@link ParityCheck#TOLERANCE}
     */
    public static double write(
            Path folder,
            PolicySpec spec,
            ResidualMlp network,
            float[] deployed,
            List<float[]> observations,
            long seed) {
        network.parameters().write(deployed);
        byte[] model = OnnxExport.write(network, deployed, spec.horizon(), spec.actionSize());
        double difference = ParityCheck.greatestDifference(network, model, spec.horizon(), spec.actionSize(), seed);
        if (!(difference <= ParityCheck.TOLERANCE)) {
            throw new IllegalStateException("the exported graph differs from the network by " + difference
                    + "; allowed is " + ParityCheck.TOLERANCE + ". No bundle was written.");
        }
        Golden golden = GoldenVectors.record(network, spec, observations, seed);
        PolicyBundle.write(folder, spec, model, golden);
        return difference;
    }
}
