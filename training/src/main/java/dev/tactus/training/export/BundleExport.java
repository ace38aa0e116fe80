package dev.tactus.training.export;

import dev.tactus.policies.bundle.Golden;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.List;

/** Makes a policy bundle of a trained network, or refuses where the export does not compute what was trained. */
public final class BundleExport {
    private static final long CHECK_SEED = 1;

    private BundleExport() {}

    /**
     * Writes the bundle.
     *
     * @param folder the bundle's folder
     * @param spec the policy
     * @param network the network; its parameters become {@code deployed}
     * @param deployed the parameters' values that are deployed, those of the average
     * @param observations physical observations for the recorded answers, each [To][observation size], oldest first
     * @param windows the demonstrations' windows, normalised, for the check
     * @return how far ONNX Runtime and libtorch are apart
     * @throws IllegalStateException if that difference is above {@link ParityCheck#TOLERANCE}
     */
    public static ParityCheck.Difference write(
            Path folder,
            PolicySpec spec,
            ResidualMlp network,
            float[] deployed,
            List<float[]> observations,
            WindowSampler windows) {
        network.parameters().write(deployed);
        byte[] model = OnnxExport.write(network, deployed, spec.horizon(), spec.actionSize());
        VariancePreserving schedule = spec.sampling().discreteSchedule();
        ParityCheck.Inputs inputs = ParityCheck.Inputs.random(windows, schedule, CHECK_SEED);
        ParityCheck.Difference difference =
                ParityCheck.compare(network, model, spec.horizon(), spec.actionSize(), inputs);
        if (!(difference.relative() <= ParityCheck.TOLERANCE)) {
            throw new IllegalStateException("the exported graph differs from the network by " + difference.relative()
                    + " of its greatest prediction; allowed is " + ParityCheck.TOLERANCE + ". No bundle was written.");
        }
        Golden golden = GoldenVectors.record(network, spec, observations, CHECK_SEED);
        PolicyBundle.write(folder, spec, model, golden);
        return difference;
    }
}
