package dev.tactus.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.ResidualMlp;
import dev.tactus.training.nn.Torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExportTest {
    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @Test
    void onnxRuntimeComputesWhatLibtorchComputes() {
        ResidualMlp network = network();
        byte[] model = OnnxExport.write(network, network.parameters().read(), 16, 10);
        double difference = ParityCheck.greatestDifference(network, model, 16, 10, 1);
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
        assertTrue(ParityCheck.greatestDifference(network, model, 16, 10, 1) > ParityCheck.TOLERANCE);
    }

    @Test
    void theCheckDoesNotPassNaN() {
        ResidualMlp network = network();
        float[] flat = network.parameters().read();
        flat[network.parameters().entry("output.bias").offset()] = Float.NaN;
        network.parameters().write(flat);
        byte[] model = OnnxExport.write(network, flat, 16, 10);
        assertEquals(Double.NaN, ParityCheck.greatestDifference(network, model, 16, 10, 1));
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
