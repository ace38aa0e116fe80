package dev.tactus.policies.bench;

import static dev.tactus.policies.onnx.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.onnx.GraphBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The layers of the benchmark networks as ONNX operators, with random weights from a seed: uniform in {@code +-1 /
 * sqrt(fan in)}, as PyTorch begins. Initializers have the names that the layers' parameters have in {@code
 * policies/bench/torch_peer.py}, so that the peer finds them by name.
 */
final class SeededLayers {
    /** Groups of every group normalisation. */
    private static final int GROUPS = 8;

    private final GraphBuilder graph;
    private final SplittableRandom random;
    private long parameters;
    private boolean hasGroups;

    SeededLayers(String name, long seed) {
        graph = new GraphBuilder(name);
        random = new SplittableRandom(seed);
    }

    GraphBuilder graph() {
        return graph;
    }

    /** How many numbers were drawn as weights so far. */
    long parameters() {
        return parameters;
    }

    /**
     * The embedding of the level: {@code [sin(t f_j), cos(t f_j)]}, {@code f_j = exp(-j ln(10000) / (size/2 - 1))} (Chi
     * et al., Diffusion Policy; Vaswani et al., "Attention is all you need", section 3.5).
     */
    String sinusoids(String name, String level, int size) {
        int half = size / 2;
        float[] frequencies = new float[half];
        for (int j = 0; j < half; j++) {
            frequencies[j] = (float) Math.exp(-j * Math.log(10_000.0) / (half - 1));
        }
        String factors = graph.constant(name + ".frequencies", frequencies, 1, half);
        String asFloat =
                graph.node(name + ".float", "Cast", List.of(level), attribute("to", DataType.FLOAT.getNumber()));
        String column = graph.node(name + ".column", "Unsqueeze", List.of(asFloat, graph.constant(name + ".axis", 1)));
        String phase = graph.node(name + ".phase", "Mul", List.of(column, factors));
        String sine = graph.node(name + ".sine", "Sin", List.of(phase));
        String cosine = graph.node(name + ".cosine", "Cos", List.of(phase));
        return graph.node(name, "Concat", List.of(sine, cosine), attribute("axis", 1));
    }

    /** {@code x tanh(ln(1 + e^x))}. */
    String mish(String name, String input) {
        String softplus = graph.node(name + ".softplus", "Softplus", List.of(input));
        String gate = graph.node(name + ".gate", "Tanh", List.of(softplus));
        return graph.node(name, "Mul", List.of(input, gate));
    }

    String linear(String name, String input, int from, int to) {
        weight(name + ".weight", from, to, from);
        weight(name + ".bias", from, to);
        return graph.node(name, "Gemm", List.of(input, name + ".weight", name + ".bias"), attribute("transB", 1));
    }

    /** A convolution over the rows that pads so that an odd kernel with stride 1 keeps their number. */
    String convolution(String name, String input, int from, int to, int kernel, int stride) {
        weight(name + ".weight", from * kernel, to, from, kernel);
        weight(name + ".bias", from * kernel, to);
        return slide(name, "Conv", input, kernel, stride, kernel / 2);
    }

    /** Doubles the rows: kernel 4, stride 2, padding 1. */
    String upsampling(String name, String input, int channels) {
        weight(name + ".weight", channels * 4, channels, channels, 4);
        weight(name + ".bias", channels * 4, channels);
        return slide(name, "ConvTranspose", input, 4, 2, 1);
    }

    private String slide(String name, String operator, String input, int kernel, int stride, int padding) {
        return graph.node(
                name,
                operator,
                List.of(input, name + ".weight", name + ".bias"),
                attribute("kernel_shape", new long[] {kernel}),
                attribute("strides", new long[] {stride}),
                attribute("pads", new long[] {padding, padding}));
    }

    /**
     * Group normalisation (Wu and He, 2018) over groups of channels and all rows, then a scale and a bias for each
     * channel. ONNX has it as an operator only since set 18, so it is written with the older one for instances.
     */
    String groupNormalisation(String name, String input, int channels, int rows) {
        if (!hasGroups) {
            hasGroups = true;
            graph.constant("groups.scale", filled(GROUPS, 1.0f), GROUPS);
            graph.constant("groups.bias", filled(GROUPS, 0.0f), GROUPS);
        }
        String grouped = graph.node(
                name + ".grouped", "Reshape", List.of(input, graph.constant(name + ".groups", 0, GROUPS, -1)));
        String normal =
                graph.node(name + ".normal", "InstanceNormalization", List.of(grouped, "groups.scale", "groups.bias"));
        String back = graph.node(
                name + ".back", "Reshape", List.of(normal, graph.constant(name + ".channels", 0, channels, rows)));
        // About one and about zero, so that a peer that forgets them differs.
        weight(name + ".weight", channels, 1.0f, channels, 1);
        weight(name + ".bias", channels, channels, 1);
        String scaled = graph.node(name + ".scaled", "Mul", List.of(back, name + ".weight"));
        return graph.node(name, "Add", List.of(scaled, name + ".bias"));
    }

    private void weight(String name, int fanIn, int... shape) {
        weight(name, fanIn, 0.0f, shape);
    }

    private void weight(String name, int fanIn, float about, int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        double bound = 1.0 / Math.sqrt(fanIn);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = about + (float) (bound * (2.0 * random.nextDouble() - 1.0));
        }
        graph.constant(name, values, shape);
        parameters += size;
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }
}
