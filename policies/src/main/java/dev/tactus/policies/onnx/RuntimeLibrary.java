package dev.tactus.policies.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of ONNX Runtime's interfaces is used in this process: decided once, by a self-test of the C API. */
final class RuntimeLibrary {
    private RuntimeLibrary() {}

    private static final class SelfTest {
        static final String FAILURE = OrtApi.FAILURE.isEmpty() ? tinyGraph() : OrtApi.FAILURE;

        /** One graph whose answer is known: y = x + x at x = (1, -2.5, 0.125). */
        private static String tinyGraph() {
            GraphBuilder graph = new GraphBuilder("self-test");
            graph.input("x", DataType.FLOAT, 3);
            graph.output("y", DataType.FLOAT, 3);
            graph.node("y", "Add", List.of("x", "x"));
            GraphModel model = GraphModel.of("self-test", graph.bytes());
            FixedShapes shapes = FixedShapes.of(model, Map.of("x", List.of(1L, 3L)));
            float[] x = {1.0f, -2.5f, 0.125f};
            try (NativeGraphSession session = NativeGraphSession.open(
                    model, shapes, Provider.CPU, GraphOptions.CPU, Optional.empty(), List.of())) {
                for (int i = 0; i < x.length; i++) {
                    session.input("x").setAtIndex(ValueLayout.JAVA_FLOAT, i, x[i]);
                }
                if (!session.run()) {
                    return "its self-test failed: " + session.failure();
                }
                for (int i = 0; i < x.length; i++) {
                    float y = session.output("y").getAtIndex(ValueLayout.JAVA_FLOAT, i);
                    if (y != 2 * x[i]) {
                        return "its self-test answers " + y + " where " + 2 * x[i] + " is right";
                    }
                }
                return "";
            } catch (OrtFailure | RuntimeException e) {
                return "its self-test failed: " + e.getMessage();
            }
        }
    }

    /** Whether graphs run through the C API. */
    static boolean nativeApi() {
        return whyNotNative().isEmpty();
    }

    /** Why graphs do not run through the C API; empty if they do. */
    static String whyNotNative() {
        return "java".equals(System.getProperty(GraphSession.API_PROPERTY))
                ? "-D" + GraphSession.API_PROPERTY + "=java asks for it"
                : SelfTest.FAILURE;
    }

    /** The providers that the loaded library was built with, by ONNX Runtime's names, sorted. */
    static List<String> providers() {
        return OrtEnvironment.getAvailableProviders().stream()
                .map(OrtProvider::getName)
                .sorted()
                .toList();
    }

    static String doesNotLoad(Throwable cause) {
        return "ONNX Runtime's native library does not load (" + cause.getMessage()
                + "); it needs 64-bit Linux with glibc 2.28 or newer and libstdc++";
    }
}
