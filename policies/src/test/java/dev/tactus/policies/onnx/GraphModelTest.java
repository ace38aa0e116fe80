package dev.tactus.policies.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.TinyNetwork;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphModelTest {
    private static final float[] FACTORS = {1f, -2f, 3f};
    private static final String WEIGHTS = "model.onnx.data";

    @TempDir
    Path folder;

    /** y = x * factors, whose factors lie 8 bytes into another file. */
    private static byte[] external(String location, long offset, long length) {
        GraphBuilder graph = new GraphBuilder("external");
        graph.input("x", DataType.FLOAT, 3);
        graph.output("y", DataType.FLOAT, 3);
        graph.constant("factors", FACTORS, 3);
        graph.node("y", "Mul", List.of("x", "factors"));
        try {
            ModelProto.Builder model = ModelProto.parseFrom(graph.bytes()).toBuilder();
            TensorProto.Builder factors = model.getGraphBuilder().getInitializerBuilder(0);
            factors.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
            factors.addExternalData(entry("location", location));
            factors.addExternalData(entry("offset", Long.toString(offset)));
            factors.addExternalData(entry("length", Long.toString(length)));
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static byte[] weights() {
        ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(8);
        bytes.asFloatBuffer().put(FACTORS);
        return bytes.array();
    }

    private static String refused(Executable opening) {
        return assertThrows(BadInputException.class, opening).getMessage();
    }

    private static void assertSays(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static void assertMultiplies(GraphSession session) {
        session.input("x").copyFrom(MemorySegment.ofArray(new float[] {2f, 2f, 2f}));
        assertTrue(session.run(), session.failure());
        assertArrayEquals(new float[] {2f, -4f, 6f}, session.output("y").toArray(ValueLayout.JAVA_FLOAT));
    }

    @ParameterizedTest
    @EnumSource
    void weightsBesideTheModelAreFound(Api api) throws IOException {
        Path model = Files.write(folder.resolve("model.onnx"), external(WEIGHTS, 8, 12));
        Files.write(folder.resolve(WEIGHTS), weights());
        try (GraphSession session = api.open(GraphModel.of(model), Map.of("x", List.of(1L, 3L)))) {
            assertMultiplies(session);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weightsInMemoryAreUsed(Api api) {
        GraphModel model = GraphModel.of("model.onnx", external(WEIGHTS, 8, 12), Map.of(WEIGHTS, weights()));
        try (GraphSession session = api.open(model, Map.of("x", List.of(1L, 3L)))) {
            assertMultiplies(session);
        }
    }

    @Test
    void weightsThatAreMissingShortOrElsewhereAreRefused() throws IOException {
        Path model = Files.write(folder.resolve("model.onnx"), external(WEIGHTS, 8, 12));
        assertSays(refused(() -> GraphModel.of(model)), "model.onnx", WEIGHTS, "missing", "same folder");
        Files.write(folder.resolve(WEIGHTS), Arrays.copyOf(weights(), 15));
        assertSays(refused(() -> GraphModel.of(model)), "'factors'", "from byte 8", "15 bytes");
        assertSays(refused(() -> GraphModel.of("m", external("../passwd", 0, 12))), "../passwd", "plain name");
        assertSays(refused(() -> GraphModel.of("m", external("/etc/passwd", 0, 12))), "/etc/passwd");
        for (String location : List.of("..", "/", "a/", "a\0b")) {
            assertSays(
                    refused(() -> GraphModel.of("m", external(location, 0, 12))), "'" + location + "'", "plain name");
        }
        assertSays(refused(() -> GraphModel.of("m", external("w", -8, 12), Map.of("w", weights()))), "byte -8");
        assertSays(refused(() -> GraphModel.of("m", external("w", 0, Long.MAX_VALUE), Map.of("w", weights()))), "'w'");
        assertSays(refused(() -> GraphModel.of("m", external("w", 0, 8), Map.of("w", weights()))), "8 bytes", "12");
    }

    @Test
    void openSizesKeepTheirNames() {
        GraphModel model = GraphModel.of("m", TinyNetwork.onnx(1f, 16, 4, 10, true));
        assertEquals(
                List.of("latent", "timestep", "condition"),
                model.inputs().stream().map(GraphModel.Declared::name).toList());
        assertEquals(
                "[axis0, 16, 4]",
                model.inputs().getFirst().shape().orElseThrow().toString());
        assertEquals(ElementType.INT64, model.inputs().get(1).type());
    }

    @Test
    void aShapeThatDoesNotFitIsRefusedWithBothSizes() {
        GraphModel model = GraphSessionTest.tiny();
        assertSays(
                refused(() -> FixedShapes.of(model, Map.of("latent", List.of(1L, 24L, 4L)))), "'latent'", "16", "24");
        assertSays(refused(() -> FixedShapes.of(model, Map.of("latent", List.of(1L, 4L)))), "3 axes", "2 are expected");
        assertSays(
                refused(() -> FixedShapes.of(model, Map.of("image", List.of(1L)))),
                "no input or output 'image'",
                "latent, timestep, condition, prediction");
        assertSays(refused(() -> FixedShapes.of(model, Map.of())), "'latent'", "open size", "axis0");
        assertSays(
                refused(() ->
                        FixedShapes.of(model, Map.of("latent", List.of(2L, 16L, 4L), "condition", List.of(3L, 10L)))),
                "'condition'",
                "2",
                "3 is expected");
    }

    @Test
    void bytesThatAreNoModelAreRefused() {
        byte[] model = TinyNetwork.onnx(1f, 16, 4, 10, true);
        assertSays(refused(() -> GraphModel.of("m", Arrays.copyOf(model, model.length / 2))), "m: cannot be read");
        assertSays(refused(() -> GraphModel.of("m", new byte[0])), "m: cannot be read");
        assertSays(refused(() -> GraphModel.of(folder.resolve("none.onnx"))), "none.onnx", "cannot be read");
    }

    private static GraphModel changed(java.util.function.Consumer<ModelProto.Builder> change) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(TinyNetwork.onnx(1f, 16, 4, 10, true)).toBuilder();
            change.accept(model);
            return GraphModel.of("m.onnx", model.build().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOperatorSetThatIsTooNewAndAnUnknownOperatorAreExplained(Api api) {
        GraphModel future = changed(model -> model.getOpsetImportBuilder(0).setVersion(99));
        String message = refused(() -> api.open(future, GraphSessionTest.shapes(1)));
        assertSays(message, "m.onnx", "99", "opset_version=17");
        assertFalse(message.contains("onnxruntime_src"), message);
        GraphModel unknown =
                changed(model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("Levitate"));
        assertSays(refused(() -> api.open(unknown, GraphSessionTest.shapes(1))), "m.onnx", "Levitate");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 11, 13, 17, 21, 23})
    void operatorSetsFromNineToTheNewestRun(int version) throws InvalidProtocolBufferException {
        GraphBuilder graph = new GraphBuilder("sum");
        graph.input("x", DataType.FLOAT, 3);
        graph.output("y", DataType.FLOAT, 3);
        graph.constant("factors", FACTORS, 3);
        graph.node("y", "Mul", List.of("x", "factors"));
        ModelProto.Builder model = ModelProto.parseFrom(graph.bytes()).toBuilder();
        model.getOpsetImportBuilder(0).setVersion(version);
        GraphModel read = GraphModel.of("sum.onnx", model.build().toByteArray());
        try (GraphSession session = Api.NATIVE.open(read, Map.of("x", List.of(1L, 3L)))) {
            assertMultiplies(session);
        }
    }

    @Test
    void inputsThatNoSessionBindsAreRefused() {
        assertSays(
                refused(() -> changed(model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .setElemType(DataType.STRING.getNumber()))),
                "input 'latent'",
                "STRING",
                "FLOAT32");
    }
}
