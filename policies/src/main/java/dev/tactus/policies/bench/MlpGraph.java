package dev.tactus.policies.bench;

import static dev.tactus.policies.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.onnx.GraphBuilder;
import java.util.List;

/**
 * A plain multilayer perceptron as a denoiser: chunk, embedded level and condition side by side, {@code layers} hidden
 * layers with Mish, a linear output.
 */
final class MlpGraph {
    private static final int EMBEDDING = 32;

    private MlpGraph() {}

    /**
     * Writes one.
     *
     * @param layers hidden layers
     * @param width their size
     * @param horizon H
     * @param actionSize D
     * @param conditionSize C
     * @param seed of the weights
     * @return the graph and how many parameters it has
     */
    static SeededLayers write(int layers, int width, int horizon, int actionSize, int conditionSize, long seed) {
        SeededLayers layer = new SeededLayers("mlp", seed);
        GraphBuilder graph = layer.graph();
        graph.input(NetworkSpec.LATENT, DataType.FLOAT, horizon, actionSize);
        graph.input(NetworkSpec.TIMESTEP, DataType.INT64);
        graph.input(NetworkSpec.CONDITION, DataType.FLOAT, conditionSize);
        String chunk = graph.node("chunk", "Flatten", List.of(NetworkSpec.LATENT), attribute("axis", 1));
        String level = layer.sinusoids("level", NetworkSpec.TIMESTEP, EMBEDDING);
        String hidden =
                graph.node("input", "Concat", List.of(chunk, level, NetworkSpec.CONDITION), attribute("axis", 1));
        int size = horizon * actionSize + EMBEDDING + conditionSize;
        for (int i = 0; i < layers; i++) {
            String name = "hidden." + i;
            hidden = layer.mish(name + ".mish", layer.linear(name, hidden, size, width));
            size = width;
        }
        String output = layer.linear("output", hidden, size, horizon * actionSize);
        graph.node(
                NetworkSpec.PREDICTION,
                "Reshape",
                List.of(output, graph.constant("prediction.shape", -1, horizon, actionSize)));
        graph.output(NetworkSpec.PREDICTION, DataType.FLOAT, horizon, actionSize);
        return layer;
    }
}
