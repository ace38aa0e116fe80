package dev.tactus.policies.denoiser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.NetworkSpec.Layout;
import dev.tactus.policies.bundle.NetworkSpec.Level;
import dev.tactus.policies.bundle.NetworkSpec.LevelPer;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.bundle.NetworkSpec.State;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.bundle.PolicySpec.DiscreteVariant;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.fixture.Allocation;
import dev.tactus.policies.fixture.ReachPolicy;
import dev.tactus.policies.onnx.GraphBuilder;
import dev.tactus.policies.onnx.GraphModel;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.sampler.GaussianNoise;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Networks with other inputs and outputs than latent, level, condition and prediction, each with a closed form. */
class NetworkRolesTest {
    private static final int H = ReachPolicy.HORIZON;
    private static final int D = ReachPolicy.ACTION;
    private static final int C = ReachPolicy.CONDITION;
    private static final int BATCH = 2;
    private static final List<Integer> CHUNK = List.of(H, D);
    private static final Condition CONDITION =
            new Condition("condition", List.of("joint_position", "target"), Layout.TIME_MAJOR, List.of(C));

    private final float[] latent = draw(1, BATCH * H * D);
    private final float[] condition = draw(2, BATCH * C);
    private final float[] prediction = new float[BATCH * H * D];

    private static float[] draw(long seed, int size) {
        float[] values = new float[size];
        new GaussianNoise(seed).fill(values);
        return values;
    }

    private static OnnxNetwork open(NetworkSpec roles, GraphBuilder graph, Map<String, byte[]> files) {
        PolicySpec spec = ReachPolicy.spec(DiscreteVariant.SCALE, roles, H);
        return OnnxNetwork.open(spec, GraphModel.of("m.onnx", graph.bytes()), files, BATCH, GraphOptions.CPU);
    }

    /** prediction = latent + memory; next memory = memory + latent. */
    private static GraphBuilder recurrent() {
        GraphBuilder graph = new GraphBuilder("recurrent");
        graph.input("latent", DataType.FLOAT, H, D);
        graph.input("memory", DataType.FLOAT, H, D);
        graph.input("condition", DataType.FLOAT, C);
        graph.output("prediction", DataType.FLOAT, H, D);
        graph.output("next_memory", DataType.FLOAT, H, D);
        graph.node("prediction", "Add", List.of("latent", "memory"));
        graph.node("next_memory", "Add", List.of("latent", "memory"));
        return graph;
    }

    private static NetworkSpec recurrentRoles(Optional<String> initial) {
        State state = new State("memory", "next_memory", List.of(State.BATCH, H, D), initial);
        return roles(Optional.of("latent"), Optional.empty(), Optional.empty(), List.of(CONDITION), List.of(state));
    }

    private static NetworkSpec roles(
            Optional<String> latent,
            Optional<Level> level,
            Optional<Level> stop,
            List<Condition> conditions,
            List<State> states) {
        return new NetworkSpec(
                CHUNK,
                latent,
                level,
                stop,
                conditions,
                Optional.of("prediction"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                states,
                List.of());
    }

    private void assertPrediction(OnnxNetwork network, float latents, float[] start) {
        network.evaluate(latent, 0.0f, condition, prediction);
        for (int i = 0; i < prediction.length; i++) {
            float initial = start.length == 0 ? 0.0f : start[i % start.length];
            assertEquals(latents * latent[i] + initial, prediction[i], 1e-5f);
        }
    }

    @Test
    void aRecurrentStateMovesOnWhenACycleIsAcceptedAndGoesBackWhenAnEpisodeBegins() {
        float[] start = draw(3, H * D);
        ByteBuffer file = ByteBuffer.allocate(4 * start.length).order(ByteOrder.LITTLE_ENDIAN);
        file.asFloatBuffer().put(start);
        try (OnnxNetwork network =
                open(recurrentRoles(Optional.of("memory.bin")), recurrent(), Map.of("memory.bin", file.array()))) {
            assertPrediction(network, 1, start);
            assertPrediction(network, 1, start);
            network.commit();
            assertPrediction(network, 2, start);
            network.commit();
            assertPrediction(network, 3, start);
            network.reset();
            assertPrediction(network, 1, start);
            assertEquals(0, Allocation.bytesOfThousandRuns(network::commit));
            assertEquals(0, Allocation.bytesOfThousandRuns(network::reset));
        }
    }

    @Test
    void aStateWithoutAStartBeginsAtZeroAndAFileOfAnotherSizeIsRefused() {
        try (OnnxNetwork network = open(recurrentRoles(Optional.empty()), recurrent(), Map.of())) {
            assertPrediction(network, 1, new float[0]);
        }
        for (Map<String, byte[]> files : List.of(Map.<String, byte[]>of(), Map.of("s.bin", new byte[12]))) {
            String message = assertThrows(
                            BadInputException.class,
                            () -> open(recurrentRoles(Optional.of("s.bin")), recurrent(), files))
                    .getMessage();
            assertTrue(message.contains("'s.bin'") && message.contains("256 bytes"), message);
        }
    }

    @Test
    void theBatchAxisOfAStateMayStandAnywhere() {
        State state = new State("in", "out", List.of(2, State.BATCH, 3), Optional.of("file"));
        ByteBuffer file = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        file.asFloatBuffer().put(new float[] {1, 2, 3, 4, 5, 6});
        MemorySegment input = MemorySegment.ofArray(new float[12]);
        new RecurrentState(state, file.array(), 2, input, MemorySegment.ofArray(new float[12]));
        assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, input.toArray(ValueLayout.JAVA_FLOAT));
    }

    @Test
    void levelsPerRowAStopLevelAndSeveralConditionsReachTheirInputs() {
        GraphBuilder graph = new GraphBuilder("wide");
        graph.input("latent", DataType.FLOAT, H, D);
        graph.input("time", DataType.FLOAT, H);
        graph.input("stop", DataType.INT64);
        graph.input("joints", DataType.FLOAT, 2, 2);
        graph.input("goal", DataType.FLOAT, 6);
        graph.output("prediction", DataType.FLOAT, H, D);
        graph.constant("last", -1);
        graph.constant("rest", 1, 2);
        graph.node("rows", "Unsqueeze", List.of("time", "last"));
        graph.node("stops", "Cast", List.of("stop"), GraphBuilder.attribute("to", DataType.FLOAT.getNumber()));
        graph.node("stop_column", "Unsqueeze", List.of("stops", "rest"));
        graph.node("joint_sum", "ReduceSum", List.of("joints", "rest"));
        graph.node("goal_sum", "ReduceSum", List.of("goal", "last"));
        graph.node("goal_column", "Unsqueeze", List.of("goal_sum", "last"));
        graph.node("a", "Add", List.of("latent", "rows"));
        graph.node("b", "Sub", List.of("a", "stop_column"));
        graph.node("c", "Add", List.of("b", "joint_sum"));
        graph.node("prediction", "Mul", List.of("c", "goal_column"));
        NetworkSpec roles = roles(
                Optional.of("latent"),
                Optional.of(new Level("time", LevelType.FLOAT32, LevelPer.ROW)),
                Optional.of(new Level("stop", LevelType.INT64, LevelPer.CHUNK)),
                List.of(
                        new Condition("joints", List.of("joint_position"), Layout.TIME_MAJOR, List.of(2, 2)),
                        new Condition("goal", List.of("target"), Layout.TERM_MAJOR, List.of(6))),
                List.of());
        float[] levels = draw(4, BATCH * H);
        try (OnnxNetwork network = open(roles, graph, Map.of())) {
            network.arriveAt(5);
            network.evaluateRows(latent, levels, condition, prediction);
            assertWide(levels, 5);
            Arrays.fill(levels, 0.25f);
            network.evaluate(latent, 0.25f, condition, prediction);
            assertWide(levels, 5);
            assertEquals(
                    0,
                    Allocation.bytesOfThousandRuns(() -> network.evaluateRows(latent, levels, condition, prediction)));
        }
    }

    private void assertWide(float[] levels, int stop) {
        for (int i = 0; i < prediction.length; i++) {
            int b = i / (H * D);
            float joints = 0;
            float goal = 0;
            for (int j = 0; j < C; j++) {
                if (j < 4) {
                    joints += condition[b * C + j];
                } else {
                    goal += condition[b * C + j];
                }
            }
            assertEquals((latent[i] + levels[i / D] - stop + joints) * goal, prediction[i], 1e-4f);
        }
    }

    @Test
    void aGaussianPolicyHasMeanAndLogStdAndNoLatent() {
        GraphBuilder graph = new GraphBuilder("gaussian");
        graph.input("condition", DataType.FLOAT, C);
        graph.output("mean", DataType.FLOAT, H * D);
        graph.output("log_std", DataType.FLOAT, H * D);
        graph.constant("weight", draw(6, C * H * D), C, H * D);
        graph.constant("half", new float[] {0.5f}, 1);
        graph.node("mean", "MatMul", List.of("condition", "weight"));
        graph.node("log_std", "Mul", List.of("mean", "half"));
        NetworkSpec roles = new NetworkSpec(
                List.of(H * D),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(CONDITION),
                Optional.of("mean"),
                Optional.of("log_std"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
        float[] logStd = new float[prediction.length];
        float[] weight = draw(6, C * H * D);
        try (OnnxNetwork network = open(roles, graph, Map.of())) {
            network.evaluate(latent, 0.0f, condition, prediction);
            network.logStd(logStd);
            for (int i = 0; i < prediction.length; i++) {
                double mean = 0;
                for (int c = 0; c < C; c++) {
                    mean += condition[i / (H * D) * C + c] * weight[c * H * D + i % (H * D)];
                }
                assertEquals(mean, prediction[i], 1e-4);
                assertEquals(mean / 2, logStd[i], 1e-4);
            }
        }
    }

    @Test
    void anEnergyAnswersWithItsGradient() {
        GraphBuilder graph = new GraphBuilder("energy");
        graph.input("latent", DataType.FLOAT, H, D);
        graph.input("condition", DataType.FLOAT, C);
        graph.output("energy", DataType.FLOAT, 1);
        graph.output("gradient", DataType.FLOAT, H, D);
        graph.constant("rest", 1, 2);
        graph.constant("first", 1);
        graph.node("gradient", "Add", List.of("latent", "latent"));
        graph.node("squares", "Mul", List.of("latent", "latent"));
        graph.node("sum", "ReduceSum", List.of("squares", "rest"), GraphBuilder.attribute("keepdims", 0));
        graph.node("energy", "Unsqueeze", List.of("sum", "first"));
        NetworkSpec roles = new NetworkSpec(
                CHUNK,
                Optional.of("latent"),
                Optional.empty(),
                Optional.empty(),
                List.of(CONDITION),
                Optional.empty(),
                Optional.empty(),
                Optional.of("energy"),
                Optional.of("gradient"),
                List.of(),
                List.of());
        float[] energy = new float[BATCH];
        try (OnnxNetwork network = open(roles, graph, Map.of())) {
            network.evaluate(latent, 0.0f, condition, prediction);
            network.energy(energy);
            double[] expected = new double[BATCH];
            for (int i = 0; i < latent.length; i++) {
                assertEquals(2 * latent[i], prediction[i], 1e-6f);
                expected[i / (H * D)] += latent[i] * latent[i];
            }
            assertEquals(expected[0], energy[0], 1e-3);
            assertEquals(expected[1], energy[1], 1e-3);
        }
    }

    @Test
    void aHorizonOfAnotherLengthIsRefused() {
        GraphBuilder graph = recurrent();
        GraphModel model = GraphModel.of("m.onnx", graph.bytes());
        List<State> states = recurrentRoles(Optional.empty()).states();
        NetworkSpec longer = new NetworkSpec(
                List.of(H + 1, D),
                Optional.of("latent"),
                Optional.empty(),
                Optional.empty(),
                List.of(CONDITION),
                Optional.of("prediction"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                states,
                List.of());
        PolicySpec other = ReachPolicy.spec(DiscreteVariant.SCALE, longer, H + 1);
        String message = assertThrows(BadInputException.class, () -> OnnxNetwork.shapes(other, model, 1))
                .getMessage();
        assertTrue(message.contains("horizon 16") && message.contains("says 17"), message);
    }
}
