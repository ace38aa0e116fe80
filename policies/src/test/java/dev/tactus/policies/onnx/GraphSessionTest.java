package dev.tactus.policies.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.TinyNetwork;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphSessionTest {
    private static final int H = 16;
    private static final int D = 4;
    private static final int C = 10;

    static GraphModel tiny() {
        return GraphModel.of("tiny.onnx", TinyNetwork.onnx(0.5f, H, D, C, true));
    }

    static Map<String, List<Long>> shapes(long batch) {
        return Map.of("latent", List.of(batch, (long) H, (long) D));
    }

    private static float[] floats(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_FLOAT);
    }

    /** Fills every input of the tiny network by a seed and returns the closed form's answer. */
    private static float[] fill(GraphSession session, int batch, int level, long seed) {
        Random random = new Random(seed);
        float[] latent = new float[batch * H * D];
        float[] condition = new float[batch * C];
        for (int i = 0; i < latent.length; i++) {
            latent[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < condition.length; i++) {
            condition[i] = (float) random.nextGaussian();
        }
        session.input("latent").copyFrom(MemorySegment.ofArray(latent));
        session.input("condition").copyFrom(MemorySegment.ofArray(condition));
        for (int b = 0; b < batch; b++) {
            session.input("timestep").setAtIndex(ValueLayout.JAVA_LONG, b, level);
        }
        float[] expected = new float[latent.length];
        for (int i = 0; i < latent.length; i++) {
            int from = i / (H * D) * C;
            expected[i] = (float) TinyNetwork.formula(0.5, latent[i], level, condition, from, C, i % D);
        }
        return expected;
    }

    @ParameterizedTest
    @EnumSource
    void aGraphAnswersItsClosedFormInEveryBatchAndAgainWhenInputsChange(Api api) {
        for (int batch : new int[] {1, 3}) {
            try (GraphSession session = api.open(tiny(), shapes(batch))) {
                for (int level : new int[] {0, 7, 99}) {
                    float[] expected = fill(session, batch, level, 11 + level);
                    assertTrue(session.run(), session.failure());
                    assertArrayEquals(expected, floats(session.output("prediction")), 1e-5f);
                }
            }
        }
    }

    @Test
    void bothApisAnswerWithTheSameBits() {
        try (GraphSession c = Api.NATIVE.open(tiny(), shapes(2));
                GraphSession java = Api.JAVA.open(tiny(), shapes(2))) {
            assertInstanceOf(NativeGraphSession.class, c);
            assertInstanceOf(JavaGraphSession.class, java);
            assertEquals(c.inputs(), java.inputs());
            assertEquals(c.outputs(), java.outputs());
            fill(c, 2, 42, 5);
            fill(java, 2, 42, 5);
            assertTrue(c.run() && java.run());
            assertArrayEquals(floats(c.output("prediction")), floats(java.output("prediction")), 0.0f);
        }
    }

    @Test
    void aRunThroughTheNativeApiLeavesNoGarbage() {
        try (GraphSession session = Api.NATIVE.open(tiny(), shapes(1))) {
            fill(session, 1, 3, 1);
            assertEquals(0, Allocation.bytesOfThousandRuns(session::run));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theShapesSayWhatIsBound(Api api) {
        try (GraphSession session = api.open(tiny(), shapes(2))) {
            assertEquals(
                    List.of(
                            new TensorInfo("latent", ElementType.FLOAT32, List.of(2L, 16L, 4L)),
                            new TensorInfo("timestep", ElementType.INT64, List.of(2L)),
                            new TensorInfo("condition", ElementType.FLOAT32, List.of(2L, 10L))),
                    session.inputs());
            assertEquals(2 * 16 * 4 * 4, session.output("prediction").byteSize());
            assertEquals(Provider.CPU, session.provider());
            assertThrows(IllegalArgumentException.class, () -> session.input("prediction"));
        }
    }

    /** Gather answers an index outside its table with an error at run time. */
    private static GraphModel gather() {
        GraphBuilder graph = new GraphBuilder("gather");
        graph.input("index", DataType.INT64, 2);
        graph.output("row", DataType.FLOAT, 2);
        graph.constant("table", new float[] {10f, 20f, 30f}, 3);
        graph.node("row", "Gather", List.of("table", "index"));
        return GraphModel.of("gather.onnx", graph.bytes());
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatFailsSaysWhyAndTheNextOneWorks(Api api) {
        try (GraphSession session = api.open(gather(), Map.of("index", List.of(1L, 2L)))) {
            assertEquals("", session.failure());
            MemorySegment index = session.input("index");
            for (int attempt = 0; attempt < 2; attempt++) {
                index.setAtIndex(ValueLayout.JAVA_LONG, 1, 7);
                assertFalse(session.run());
                assertFalse(session.run());
                assertTrue(session.failure().contains("7"), session.failure());
                index.setAtIndex(ValueLayout.JAVA_LONG, 1, 2);
                assertTrue(session.run());
                assertArrayEquals(new float[] {10f, 30f}, floats(session.output("row")));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalOutputsOfSeveralTypesAreBound(Api api) {
        GraphBuilder graph = new GraphBuilder("types");
        graph.input("x", DataType.FLOAT, 3);
        graph.output("half", DataType.FLOAT16, 3);
        graph.output("whole", DataType.INT32, 3);
        graph.output("double", DataType.DOUBLE, 3);
        graph.output("positive", DataType.BOOL, 3);
        graph.constant("zero", new float[] {0f}, 1);
        graph.node("half", "Cast", List.of("x"), GraphBuilder.attribute("to", DataType.FLOAT16.getNumber()));
        graph.node("whole", "Cast", List.of("x"), GraphBuilder.attribute("to", DataType.INT32.getNumber()));
        graph.node("double", "Cast", List.of("x"), GraphBuilder.attribute("to", DataType.DOUBLE.getNumber()));
        graph.node("positive", "Greater", List.of("x", "zero"));
        GraphModel model = GraphModel.of("types.onnx", graph.bytes());
        try (GraphSession session = api.open(model, Map.of("x", List.of(1L, 3L)))) {
            session.input("x").copyFrom(MemorySegment.ofArray(new float[] {1.5f, -2.25f, 0f}));
            assertTrue(session.run(), session.failure());
            short[] half = session.output("half").toArray(ValueLayout.JAVA_SHORT);
            assertEquals(-2.25f, Float.float16ToFloat(half[1]));
            assertArrayEquals(new int[] {1, -2, 0}, session.output("whole").toArray(ValueLayout.JAVA_INT));
            assertArrayEquals(
                    new double[] {1.5, -2.25, 0}, session.output("double").toArray(ValueLayout.JAVA_DOUBLE));
            assertArrayEquals(new byte[] {1, 0, 0}, session.output("positive").toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionMayBeUsedByAnotherThreadThanTheOneThatOpenedIt(Api api) throws InterruptedException {
        try (GraphSession session = api.open(tiny(), shapes(1))) {
            boolean[] ran = new boolean[1];
            Thread runner = new Thread(() -> {
                float[] expected = fill(session, 1, 3, 9);
                ran[0] = session.run() && Math.abs(floats(session.output("prediction"))[5] - expected[5]) < 1e-5;
            });
            runner.start();
            runner.join();
            assertTrue(ran[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingTwiceIsHarmlessAndTheMemoryIsGone(Api api) {
        GraphSession session = api.open(tiny(), shapes(1));
        MemorySegment latent = session.input("latent");
        session.close();
        session.close();
        assertThrows(IllegalStateException.class, () -> latent.get(ValueLayout.JAVA_FLOAT, 0));
        assertFalse(session.run());
        assertTrue(session.failure().contains("closed"), session.failure());
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentProviderIsExplainedAndTheNextOfTheListIsTaken(Api api) {
        GraphOptions withCpu = new GraphOptions(Provider.list("tensorrt, cuda, cpu"), 1, false);
        try (GraphSession session = api.open(tiny(), shapes(1), withCpu)) {
            assertEquals(Provider.CPU, session.provider());
            assertEquals(2, session.declined().size());
            assertTrue(
                    session.declined().get(0).startsWith("tensorrt: "),
                    session.declined().toString());
            assertTrue(
                    session.declined().get(1).contains("onnxruntime.native.path"),
                    session.declined().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListThatEndsWithoutAWorkingProviderIsRefused(Api api) {
        GraphOptions cudaOnly = new GraphOptions(List.of(Provider.CUDA), 1, false);
        String message = assertThrows(MissingPartException.class, () -> api.open(tiny(), shapes(1), cudaOnly))
                .getMessage();
        assertTrue(message.contains("tiny.onnx") && message.contains("cuda: ") && message.contains("Add cpu"), message);
    }
}
