package dev.tactus.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.ResidualMlp;
import dev.tactus.training.nn.Torch;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final ParityCheck.Inputs INPUTS =
            ParityCheck.Inputs.random(windows(), VariancePreserving.squaredCosine(100), 1);

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @Test
    void onnxRuntimeComputesWhatLibtorchComputes() {
        ResidualMlp network = network();
        byte[] model = OnnxExport.write(network, network.parameters().read(), 16, 10);
        double difference = ParityCheck.compare(network, model, 16, 10, INPUTS).relative();
        assertTrue(difference <= ParityCheck.TOLERANCE, "difference " + difference);
        assertTrue(model.length < 8_000_000, "bytes " + model.length);
    }

    @Test
    void theCheckSeesOneChangedParameter() {
        ResidualMlp network = network();
        float[] flat = network.parameters().read();
        byte[] model = OnnxExport.write(network, flat, 16, 10);
        flat[network.parameters().entry("block.1.a.bias").offset()] += 0.01f;
        network.parameters().write(flat);
        assertTrue(ParityCheck.compare(network, model, 16, 10, INPUTS).relative() > ParityCheck.TOLERANCE);
    }

    @Test
    void theCheckDoesNotPassNaN() {
        ResidualMlp network = network();
        float[] flat = network.parameters().read();
        flat[network.parameters().entry("output.bias").offset()] = Float.NaN;
        network.parameters().write(flat);
        byte[] model = OnnxExport.write(network, flat, 16, 10);
        assertEquals(
                Double.NaN, ParityCheck.compare(network, model, 16, 10, INPUTS).relative());
    }

    private static WindowSampler windows() {
        RandomStream random = new RandomStream(1, RandomStream.Purpose.CHECK, 98);
        float[] observations = new float[40 * 26];
        float[] actions = new float[40 * 10];
        for (float[] values : List.of(observations, actions)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat(-1, 1);
            }
        }
        return new WindowSampler(List.of(new WindowSampler.Track(observations, actions)), 26, 10, 2, 16);
    }

    /** The shipped size, with values of a trained network's size everywhere. */
    private static ResidualMlp network() {
        ResidualMlp network = new ResidualMlp(new ResidualMlp.Shape(160, 52, 100, 128, 512, 3), 1);
        float[] flat = network.parameters().read();
        RandomStream random = new RandomStream(1, RandomStream.Purpose.CHECK, 99);
        for (int i = 0; i < flat.length; i++) {
            flat[i] += (float) (0.02 * random.nextGaussian());
        }
        network.parameters().write(flat);
        return network;
    }
}
