package dev.tactus.policies.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenchNetworkTest {
    /** What policies/bench/torch_peer.py answers to the same file and the inputs of {@link #run}. */
    private static final float[] UNET_IN_PYTORCH = {
        -0.89861596f,
        0.70709294f,
        -0.26346382f,
        -0.83381754f,
        0.65378368f,
        -0.55421811f,
        -1.19912243f,
        0.42483905f,
        -1.00318778f,
        -0.24998787f,
        0.07638384f,
        -0.16095959f,
        -0.45057487f,
        0.0731192f,
        0.19845791f,
        -0.67169458f,
        0.25229749f,
        -0.36167759f,
        -0.83512002f,
        0.30666065f,
        -0.06178719f,
        -0.09768583f,
        -0.15890607f,
        -0.1554907f
    };

    private static final float[] MLP_IN_PYTORCH = {
        0.03367224f,
        0.14673211f,
        0.16953777f,
        0.19665216f,
        0.20546699f,
        0.05044367f,
        0.22764243f,
        -0.06903651f,
        -0.08759922f,
        0.27066022f,
        0.17561556f,
        -0.06252129f
    };

    @ParameterizedTest
    @EnumSource
    void hasTheParametersOfItsName(BenchNetwork network) {
        assertEquals(network.parameters(), network.layers(1).parameters());
    }

    @Test
    void theUnetComputesWhatPyTorchComputes() throws OrtException {
        byte[] model = ConditionalUnet1d.write(new int[] {8, 16, 24}, 16, 8, 3, 5, 5)
                .graph()
                .bytes();
        assertArrayEquals(UNET_IN_PYTORCH, run(model, 8, 3, 5), 3e-6f);
    }

    @Test
    void theMlpComputesWhatPyTorchComputes() throws OrtException {
        byte[] model = MlpGraph.write(2, 16, 4, 3, 5, 5).graph().bytes();
        assertArrayEquals(MLP_IN_PYTORCH, run(model, 4, 3, 5), 1e-6f);
    }

    @Test
    void theSeedDecidesTheWeights() {
        byte[] network = BenchNetwork.MLP_4X64.onnx(1);
        assertArrayEquals(network, BenchNetwork.MLP_4X64.onnx(1));
        assertFalse(Arrays.equals(network, BenchNetwork.MLP_4X64.onnx(2)));
    }

    @Test
    void chunksThatCannotBeHalvedTwiceAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> ConditionalUnet1d.write(new int[] {8, 16, 24}, 16, 10, 3, 5, 5));
    }

    /** Level 7; latent and condition are sines of their index from 1 on, of frequency 1 and 1/2. */
    private static float[] run(byte[] model, int horizon, int actionSize, int conditionSize) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model);
                OnnxTensor latent = sines(environment, 1.0, 1, horizon, actionSize);
                OnnxTensor condition = sines(environment, 0.5, 1, conditionSize);
                OnnxTensor level =
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {7}), new long[] {1});
                OrtSession.Result result =
                        session.run(Map.of("latent", latent, "timestep", level, "condition", condition))) {
            float[] prediction = new float[horizon * actionSize];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(prediction);
            return prediction;
        }
    }

    private static OnnxTensor sines(OrtEnvironment environment, double frequency, long... shape) throws OrtException {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(frequency * (i + 1));
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }
}
