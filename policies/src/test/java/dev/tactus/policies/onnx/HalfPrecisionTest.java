package dev.tactus.policies.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.bench.BenchNetwork;
import dev.tactus.policies.sampler.GaussianNoise;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {
    private static final GraphModel NETWORK = GraphModel.of("unet", BenchNetwork.UNET_5M.onnx(3));
    private static final Map<String, List<Long>> SHAPES = Map.of("latent", List.of(1L, 16L, 2L));

    private static float[] answer(GraphModel model) {
        try (GraphSession session = GraphSession.open(model, SHAPES, GraphOptions.CPU)) {
            GaussianNoise noise = new GaussianNoise(7);
            for (String name : List.of("latent", "condition")) {
                float[] values = new float[(int) session.input(name).byteSize() / Float.BYTES];
                noise.fill(values);
                session.input(name).copyFrom(MemorySegment.ofArray(values));
            }
            session.input("timestep").set(ValueLayout.JAVA_LONG, 0, 93);
            assertTrue(session.run(), session.failure());
            return session.output("prediction").toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    @Test
    void aNetworkInHalfPrecisionAnswersLikeTheFloatOneWithinItsElevenBits() {
        float[] full = answer(NETWORK);
        float[] half = answer(HalfPrecision.of(NETWORK));
        double scale = 0.0;
        double largest = 0.0;
        for (int i = 0; i < full.length; i++) {
            scale = Math.max(scale, Math.abs(full[i]));
            largest = Math.max(largest, Math.abs(full[i] - half[i]));
        }
        assertTrue(largest > 0.0, "the network was not rewritten at all");
        assertTrue(largest < 0.01 * scale, largest + " of " + scale);
    }

    @Test
    void weightsTakeHalfTheBytesAndInputsAndOutputsStayFloat() {
        GraphModel half = HalfPrecision.of(NETWORK);
        assertEquals(NETWORK.inputs(), half.inputs());
        assertEquals(NETWORK.outputs(), half.outputs());
        long large = half.proto().getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDataType() == DataType.FLOAT.getNumber())
                .map(TensorProto::getName)
                .filter(name -> name.contains("conv"))
                .count();
        assertEquals(0, large);
        double ratio = (double) half.bytes().remaining() / NETWORK.bytes().remaining();
        assertTrue(ratio < 0.6, "ratio " + ratio);
    }
}
