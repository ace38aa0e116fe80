package dev.tactus.policies.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.TinyNetwork;
import dev.tactus.policies.onnx.UnrolledGraph.Roles;
import dev.tactus.policies.onnx.UnrolledGraph.Step;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.schedule.VariancePreserving;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnrolledGraphTest {
    private static final int H = 16;
    private static final int D = 4;
    private static final int C = 10;
    private static final Roles ROLES = new Roles("latent", "timestep", "prediction");
    private static final double CLIP = 1.0;

    private final VariancePreserving schedule = VariancePreserving.named("squared_cosine", 100);

    private static Map<String, List<Long>> shapes(long batch) {
        return Map.of("latent", List.of(batch, (long) H, (long) D));
    }

    /** DDIM with eta 0 from k to the next level of the list; the last one goes to alphaBar 1. */
    private List<Step> ddim(int... levels) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            double now = schedule.alphaBar(levels[i]);
            double next = i + 1 < levels.length ? schedule.alphaBar(levels[i + 1]) : 1.0;
            steps.add(new Step(
                    levels[i],
                    1 / Math.sqrt(now),
                    -Math.sqrt((1 - now) / now),
                    0.0,
                    Math.sqrt(next),
                    Math.sqrt(1 - next),
                    0.0));
        }
        return steps;
    }

    /** The one-level posterior of real-time iteration, noise on every step above level 0. */
    private List<Step> posterior(int... levels) {
        List<Step> steps = new ArrayList<>();
        for (int k : levels) {
            double now = schedule.alphaBar(k);
            double below = schedule.alphaBar(k - 1);
            double alpha = now / below;
            steps.add(new Step(
                    k,
                    1 / Math.sqrt(now),
                    -Math.sqrt((1 - now) / now),
                    Math.sqrt(alpha) * (1 - below) / (1 - now),
                    Math.sqrt(below) * (1 - alpha) / (1 - now),
                    0.0,
                    k > 0 ? Math.sqrt((1 - below) / (1 - now) * (1 - alpha)) : 0.0));
        }
        return steps;
    }

    private static float[] draw(long seed, int size) {
        float[] values = new float[size];
        new GaussianNoise(seed).fill(values);
        return values;
    }

    private static float[] stepwise(GraphModel network, int batch, List<Step> steps, float[] condition) {
        double[] x = toDouble(draw(1, batch * H * D));
        try (GraphSession session = GraphSession.open(network, shapes(batch), GraphOptions.CPU)) {
            session.input("condition").copyFrom(MemorySegment.ofArray(condition));
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                for (int j = 0; j < x.length; j++) {
                    session.input("latent").setAtIndex(ValueLayout.JAVA_FLOAT, j, (float) x[j]);
                }
                for (int b = 0; b < batch; b++) {
                    session.input("timestep").setAtIndex(ValueLayout.JAVA_LONG, b, (long) step.level());
                }
                assertTrue(session.run(), session.failure());
                float[] z = draw(100 + i, x.length);
                for (int j = 0; j < x.length; j++) {
                    double p = session.output("prediction").getAtIndex(ValueLayout.JAVA_FLOAT, j);
                    double clean = Math.clamp(step.cleanOfLatent() * x[j] + step.cleanOfPrediction() * p, -CLIP, CLIP);
                    x[j] = step.latent() * x[j] + step.clean() * clean + step.prediction() * p + step.noise() * z[j];
                }
            }
        }
        float[] result = new float[x.length];
        for (int j = 0; j < x.length; j++) {
            result[j] = (float) x[j];
        }
        return result;
    }

    private static double[] toDouble(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private static float[] unrolled(GraphModel network, int batch, List<Step> steps, float[] condition) {
        GraphModel graph = UnrolledGraph.of(network, ROLES, shapes(batch), steps, CLIP);
        try (GraphSession session = GraphSession.open(graph, Map.of(), GraphOptions.CPU)) {
            session.input("latent").copyFrom(MemorySegment.ofArray(draw(1, batch * H * D)));
            session.input("condition").copyFrom(MemorySegment.ofArray(condition));
            for (TensorInfo input : session.inputs()) {
                if (input.name().startsWith("noise_")) {
                    int i = Integer.parseInt(input.name().substring("noise_".length()));
                    session.input(input.name()).copyFrom(MemorySegment.ofArray(draw(100 + i, batch * H * D)));
                }
            }
            assertTrue(session.run(), session.failure());
            return session.output(UnrolledGraph.RESULT).toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anUnrolledGraphSaysWhatItsStepsSayOneByOne(int batch) {
        GraphModel network = GraphSessionTest.tiny();
        float[] condition = draw(2, batch * C);
        for (List<Step> steps : List.of(ddim(90, 60, 30, 5), posterior(3, 1, 0), posterior(0))) {
            assertArrayEquals(
                    stepwise(network, batch, steps, condition), unrolled(network, batch, steps, condition), 2e-5f);
        }
    }

    @Test
    void weightsAndWhatDependsOnTheConditionAloneStandInItOnce() throws InvalidProtocolBufferException {
        GraphModel one = UnrolledGraph.of(GraphSessionTest.tiny(), ROLES, shapes(1), posterior(0), CLIP);
        GraphModel three = UnrolledGraph.of(GraphSessionTest.tiny(), ROLES, shapes(1), posterior(3, 1, 0), CLIP);
        GraphProto graph = three.proto().getGraph();
        assertEquals(
                1,
                graph.getNodeList().stream()
                        .filter(node -> node.getOpType().equals("MatMul"))
                        .count());
        assertEquals(
                1,
                graph.getInitializerList().stream()
                        .filter(tensor -> tensor.getName().equals("weight"))
                        .count());
        assertEquals(
                List.of("latent", "condition", "noise_0", "noise_1"),
                three.inputs().stream().map(GraphModel.Declared::name).toList());
        assertEquals(
                List.of("latent", "condition"),
                one.inputs().stream().map(GraphModel.Declared::name).toList());
    }

    @Test
    void controlFlowCannotBeUnrolled() throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(TinyNetwork.onnx(1f, H, D, C, true)).toBuilder();
        model.getGraphBuilder()
                .getNodeBuilder(0)
                .setOpType("If")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(GraphProto.getDefaultInstance()));
        GraphModel network = GraphModel.of("m.onnx", model.build().toByteArray());
        String message = assertThrows(
                        BadInputException.class, () -> UnrolledGraph.of(network, ROLES, shapes(1), posterior(0), CLIP))
                .getMessage();
        assertTrue(message.contains("m.onnx") && message.contains("If"), message);
    }
}
