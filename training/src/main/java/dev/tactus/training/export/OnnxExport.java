package dev.tactus.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.onnx.GraphBuilder;
import dev.tactus.training.nn.Parameters;
import dev.tactus.training.nn.ResidualMlp;
import java.util.List;

/**
 * Writes a {@link ResidualMlp} as ONNX: latent [B, H, D], timestep int64 [B] and condition [B, C] to prediction [B, H,
 * D], B of any size.
 *
 * <p>The level takes only K values, so everything that the network computes from it alone, its embedding and that
 * embedding's share of the first layer, is computed here once and becomes a table with a row a level.
 */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * Writes the graph.
     *
     * @param network the network, for its sizes and the layout of its parameters
     * @param flat the parameters' values, for example those of the average
     * @param horizon H
     * @param actionSize D
     * @return the bytes of an ONNX file
     */
    public static byte[] write(ResidualMlp network, float[] flat, int horizon, int actionSize) {
        ResidualMlp.Shape shape = network.shape();
        Parameters layout = network.parameters();
        GraphBuilder graph = new GraphBuilder("residual_mlp");
        graph.input(NetworkSpec.LATENT, DataType.FLOAT, horizon, actionSize);
        graph.input(NetworkSpec.TIMESTEP, DataType.INT64);
        graph.input(NetworkSpec.CONDITION, DataType.FLOAT, shape.condition());

        graph.constant("level.table", levelTable(network, flat), shape.levels(), shape.width());
        String ofLevel = graph.node("level", "Gather", List.of("level.table", NetworkSpec.TIMESTEP));
        String chunk = graph.node("chunk", "Flatten", List.of(NetworkSpec.LATENT), GraphBuilder.attribute("axis", 1));
        String input =
                graph.node("input", "Concat", List.of(chunk, NetworkSpec.CONDITION), GraphBuilder.attribute("axis", 1));
        graph.constant("input.weight", inputWeight(network, flat), shape.width(), shape.chunk() + shape.condition());
        String hidden = affine(graph, "hidden", input, "input.weight", ofLevel);
        for (int block = 0; block < shape.blocks(); block++) {
            String a = "block." + block + ".a";
            String b = "block." + block + ".b";
            String inner = layer(graph, layout, flat, a, silu(graph, a + ".silu", hidden));
            String outer = layer(graph, layout, flat, b, silu(graph, b + ".silu", inner));
            hidden = graph.node("block." + block, "Add", List.of(hidden, outer));
        }
        String output = layer(graph, layout, flat, "output", silu(graph, "output.silu", hidden));
        graph.constant("prediction.shape", -1, horizon, actionSize);
        graph.node(NetworkSpec.PREDICTION, "Reshape", List.of(output, "prediction.shape"));
        graph.output(NetworkSpec.PREDICTION, DataType.FLOAT, horizon, actionSize);
        return graph.bytes();
    }

    private static String silu(GraphBuilder graph, String name, String input) {
        String sigmoid = graph.node(name + ".sigmoid", "Sigmoid", List.of(input));
        return graph.node(name, "Mul", List.of(input, sigmoid));
    }

    private static String layer(GraphBuilder graph, Parameters layout, float[] flat, String name, String input) {
        List<Integer> shape = layout.entry(name + ".weight").shape();
        graph.constant(name + ".weight", layout.slice(name + ".weight", flat), shape.get(0), shape.get(1));
        graph.constant(name + ".bias", layout.slice(name + ".bias", flat), shape.get(0));
        return affine(graph, name, input, name + ".weight", name + ".bias");
    }

    private static String affine(GraphBuilder graph, String name, String input, String weight, String bias) {
        return graph.node(name, "Gemm", List.of(input, weight, bias), GraphBuilder.attribute("transB", 1));
    }

    /** The first layer's columns of chunk and condition, without those of the level's embedding. */
    private static float[] inputWeight(ResidualMlp network, float[] flat) {
        ResidualMlp.Shape shape = network.shape();
        float[] whole = network.parameters().slice("input.weight", flat);
        int from = shape.chunk() + shape.embedding() + shape.condition();
        int to = shape.chunk() + shape.condition();
        float[] kept = new float[shape.width() * to];
        for (int row = 0; row < shape.width(); row++) {
            System.arraycopy(whole, row * from, kept, row * to, shape.chunk());
            System.arraycopy(
                    whole,
                    row * from + shape.chunk() + shape.embedding(),
                    kept,
                    row * to + shape.chunk(),
                    shape.condition());
        }
        return kept;
    }

    /** For every level, the first layer's bias and its share of the level's embedding, in double. */
    private static float[] levelTable(ResidualMlp network, float[] flat) {
        ResidualMlp.Shape shape = network.shape();
        Parameters layout = network.parameters();
        float[] sinusoids = ResidualMlp.sinusoids(shape.levels(), shape.embedding());
        float[] weight = layout.slice("input.weight", flat);
        float[] bias = layout.slice("input.bias", flat);
        int columns = shape.chunk() + shape.embedding() + shape.condition();
        float[] table = new float[shape.levels() * shape.width()];
        for (int level = 0; level < shape.levels(); level++) {
            double[] embedded = new double[shape.embedding()];
            for (int i = 0; i < embedded.length; i++) {
                embedded[i] = sinusoids[level * embedded.length + i];
            }
            double[] hidden = affine(layout, flat, "level.0", embedded);
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] /= 1 + Math.exp(-hidden[i]);
            }
            embedded = affine(layout, flat, "level.1", hidden);
            for (int row = 0; row < shape.width(); row++) {
                double sum = bias[row];
                for (int i = 0; i < embedded.length; i++) {
                    sum += weight[row * columns + shape.chunk() + i] * embedded[i];
                }
                table[level * shape.width() + row] = (float) sum;
            }
        }
        return table;
    }

    private static double[] affine(Parameters layout, float[] flat, String name, double[] input) {
        float[] weight = layout.slice(name + ".weight", flat);
        float[] bias = layout.slice(name + ".bias", flat);
        double[] output = new double[bias.length];
        for (int row = 0; row < output.length; row++) {
            output[row] = bias[row];
            for (int i = 0; i < input.length; i++) {
                output[row] += weight[row * input.length + i] * input[i];
            }
        }
        return output;
    }
}
