package dev.tactus.policies.bench;

import static dev.tactus.policies.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.onnx.GraphBuilder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The convolutional network of Diffusion Policy (Chi et al., IJRR 2024): a U-Net over the rows of a chunk, conditioned in
 * every residual block by feature-wise scale and bias (FiLM) from the embedded level and the observations:
 *
 * <pre>
 *   h = block(x);  h = scale * h + bias;  h = block(h);  h + x      block = convolution, group norm, Mish
 * </pre>
 *
 * Two levels halve the rows on the way down and both of the way up double them again, so H is a multiple of 4.
 */
final class ConditionalUnet1d {
    private static final int KERNEL = 5;
    private static final int STRIDES = 4;

    private final int[] widths;
    private final int embedding;
    private final int actionSize;
    private final int conditionSize;
    private final SeededLayers layer;
    private final GraphBuilder graph;
    private String feature = "";

    private ConditionalUnet1d(int[] widths, int embedding, int actionSize, int conditionSize, long seed) {
        this.widths = widths;
        this.embedding = embedding;
        this.actionSize = actionSize;
        this.conditionSize = conditionSize;
        layer = new SeededLayers("conditional_unet_1d", seed);
        graph = layer.graph();
    }

    /**
     * Writes one.
     *
     * @param widths channels of the three levels, for example 256, 512, 1024
     * @param embedding size of the level's embedding
     * @param horizon H, a multiple of 4
     * @param actionSize D
     * @param conditionSize C
     * @param seed of the weights
     * @return the graph and how many parameters it has
     * @throws IllegalArgumentException if H is no multiple of 4
     */
    static SeededLayers write(int[] widths, int embedding, int horizon, int actionSize, int conditionSize, long seed) {
        if (horizon % STRIDES != 0) {
            throw new IllegalArgumentException(
                    "a chunk of " + horizon + " rows; the U-Net halves them twice, so multiples of 4 are allowed");
        }
        ConditionalUnet1d unet = new ConditionalUnet1d(widths, embedding, actionSize, conditionSize, seed);
        unet.write(horizon);
        return unet.layer;
    }

    private void write(int horizon) {
        graph.input(NetworkSpec.LATENT, DataType.FLOAT, horizon, actionSize);
        graph.input(NetworkSpec.TIMESTEP, DataType.INT64);
        graph.input(NetworkSpec.CONDITION, DataType.FLOAT, conditionSize);
        feature();
        String x = graph.node(
                "channels_first", "Transpose", List.of(NetworkSpec.LATENT), attribute("perm", new long[] {0, 2, 1}));
        Deque<String> skips = new ArrayDeque<>();
        int rows = horizon;
        int last = widths.length - 1;
        for (int i = 0; i <= last; i++) {
            String name = "down." + i;
            x = residual(name + ".0", x, i == 0 ? actionSize : widths[i - 1], widths[i], rows);
            x = residual(name + ".1", x, widths[i], widths[i], rows);
            skips.push(x);
            if (i < last) {
                x = layer.convolution(name + ".2", x, widths[i], widths[i], 3, 2);
                rows /= 2;
            }
        }
        x = residual("mid.0", x, widths[last], widths[last], rows);
        x = residual("mid.1", x, widths[last], widths[last], rows);
        for (int i = last; i > 0; i--) {
            String name = "up." + (last - i);
            String both = graph.node(name + ".skip", "Concat", List.of(x, skips.pop()), attribute("axis", 1));
            x = residual(name + ".0", both, 2 * widths[i], widths[i - 1], rows);
            x = residual(name + ".1", x, widths[i - 1], widths[i - 1], rows);
            x = layer.upsampling(name + ".2", x, widths[i - 1]);
            rows *= 2;
        }
        x = block("final.0", x, widths[0], widths[0], rows);
        x = layer.convolution("final.1", x, widths[0], actionSize, 1, 1);
        graph.node(NetworkSpec.PREDICTION, "Transpose", List.of(x), attribute("perm", new long[] {0, 2, 1}));
        graph.output(NetworkSpec.PREDICTION, DataType.FLOAT, horizon, actionSize);
    }

    /** What every residual block is conditioned on, after its first Mish, which they have in common. */
    private void feature() {
        String level = layer.sinusoids("level", NetworkSpec.TIMESTEP, embedding);
        level = layer.linear("level.0", level, embedding, 4 * embedding);
        level = layer.linear("level.2", layer.mish("level.1", level), 4 * embedding, embedding);
        String both = graph.node("feature", "Concat", List.of(level, NetworkSpec.CONDITION), attribute("axis", 1));
        feature = layer.mish("feature.mish", both);
    }

    private String residual(String name, String input, int from, int to, int rows) {
        String film = layer.linear(name + ".film", feature, embedding + conditionSize, 2 * to);
        String column =
                graph.node(name + ".film.column", "Unsqueeze", List.of(film, graph.constant(name + ".film.axis", 2)));
        List<String> scaleAndBias = graph.node(
                "Split", List.of(column), List.of(name + ".film.scale", name + ".film.shift"), attribute("axis", 1));
        String h = block(name + ".block.0", input, from, to, rows);
        h = graph.node(name + ".film.scaled", "Mul", List.of(h, scaleAndBias.getFirst()));
        h = graph.node(name + ".film.shifted", "Add", List.of(h, scaleAndBias.getLast()));
        h = block(name + ".block.1", h, to, to, rows);
        String identity = from == to ? input : layer.convolution(name + ".residual", input, from, to, 1, 1);
        return graph.node(name, "Add", List.of(h, identity));
    }

    private String block(String name, String input, int from, int to, int rows) {
        String convolved = layer.convolution(name + ".conv", input, from, to, KERNEL, 1);
        return layer.mish(name, layer.groupNormalisation(name + ".norm", convolved, to, rows));
    }
}
