package dev.tactus.training.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The denoising network: a residual MLP over the flat chunk, the embedded noise level and the condition.
 *
 * <pre>
 *   e = W2 silu(W1 sinusoid(k));   h = W_in [x, e, c]
 *   h = h + W_b silu(W_a silu(h))          for every residual block
 *   prediction = W_out silu(h)
 * </pre>
 *
 * All maps are affine; {@code silu(x) = x sigmoid(x)}, which has Mish's shape at an eighth of its cost forward and
 * backward. First values are uniform in +-1/sqrt(inputs), as PyTorch's, but the last layer starts at a tenth
 * of that, so that the first predictions are small.
 */
public final class ResidualMlp {
    private static final double OUTPUT_GAIN = 0.1;

    private final Shape shape;
    private final Parameters parameters;
    private final Tensor sinusoids;

    /**
     * The network's sizes.
     *
     * @param chunk elements of a flat chunk, horizon times action size
     * @param condition elements of a condition
     * @param levels noise levels, K
     * @param embedding elements of the level's embedding, even
     * @param width elements of a hidden layer
     * @param blocks residual blocks
     */
    public record Shape(int chunk, int condition, int levels, int embedding, int width, int blocks) {

        /**
         * The parameters' shapes by name, in their order.
         *
         * @return rows and columns of matrices, lengths of biases
         */
        public Map<String, List<Integer>> parameters() {
            Map<String, List<Integer>> shapes = new LinkedHashMap<>();
            affine(shapes, "level.0", embedding, 2 * embedding);
            affine(shapes, "level.1", 2 * embedding, embedding);
            affine(shapes, "input", chunk + embedding + condition, width);
            for (int block = 0; block < blocks; block++) {
                affine(shapes, "block." + block + ".a", width, width);
                affine(shapes, "block." + block + ".b", width, width);
            }
            affine(shapes, "output", width, chunk);
            return shapes;
        }

        private static void affine(Map<String, List<Integer>> shapes, String name, int from, int to) {
            shapes.put(name + ".weight", List.of(to, from));
            shapes.put(name + ".bias", List.of(to));
        }
    }

    /**
     * Makes the network with first values from a seed.
     *
     * @param shape its sizes
     * @param seed the run's seed
     */
    public ResidualMlp(Shape shape, long seed) {
        this.shape = shape;
        parameters = new Parameters(shape.parameters());
        parameters.write(initialValues(seed));
        sinusoids = torch.zeros(shape.levels(), shape.embedding());
        Parameters.write(sinusoids, sinusoids(shape.levels(), shape.embedding()));
    }

    /**
     * The sinusoidal embedding of every level: for level k and j in [0, half), half = size/2, {@code sin(k f_j)} then
     * {@code cos(k f_j)} with {@code f_j = exp(-j ln(10000)/(half - 1))}.
     *
     * @param levels K
     * @param size elements of an embedding, even, at least 4
     * @return [K, size] row-major
     */
    public static float[] sinusoids(int levels, int size) {
        int half = size / 2;
        float[] table = new float[levels * size];
        for (int k = 0; k < levels; k++) {
            for (int j = 0; j < half; j++) {
                double angle = k * Math.exp(-j * Math.log(10000.0) / (half - 1));
                table[k * size + j] = (float) Math.sin(angle);
                table[k * size + half + j] = (float) Math.cos(angle);
            }
        }
        return table;
    }

    /**
     * Predicts.
     *
     * @param chunks noisy chunks [B, chunk]
     * @param levels noise levels, int64 [B], each in [0, K)
     * @param conditions [B, condition]
     * @return the prediction [B, chunk]
     */
    public Tensor forward(Tensor chunks, Tensor levels, Tensor conditions) {
        Tensor embedded = affine("level.1", torch.silu(affine("level.0", sinusoids.index_select(0, levels))));
        Tensor hidden = affine("input", torch.cat(new TensorVector(chunks, embedded, conditions), 1));
        for (int block = 0; block < shape.blocks(); block++) {
            Tensor inner = affine("block." + block + ".a", torch.silu(hidden));
            hidden = hidden.add(affine("block." + block + ".b", torch.silu(inner)));
        }
        return affine("output", torch.silu(hidden));
    }

    /**
     * The network's parameters.
     *
     * @return the parameters
     */
    public Parameters parameters() {
        return parameters;
    }

    /**
     * The network's sizes.
     *
     * @return the sizes
     */
    public Shape shape() {
        return shape;
    }

    private Tensor affine(String name, Tensor input) {
        return torch.linear(input, parameters.tensor(name + ".weight"), parameters.tensor(name + ".bias"));
    }

    private float[] initialValues(long seed) {
        RandomStream random = new RandomStream(seed, RandomStream.Purpose.INITIALISATION, 0);
        float[] flat = new float[parameters.size()];
        double bound = 0;
        for (String name : parameters.names()) {
            Parameters.Entry entry = parameters.entry(name);
            if (name.endsWith(".weight")) { // its bias follows and has the same bound
                bound = 1 / Math.sqrt(entry.shape().get(1)) * (name.startsWith("output") ? OUTPUT_GAIN : 1);
            }
            for (int i = 0; i < entry.size(); i++) {
                flat[entry.offset() + i] = (float) random.nextDouble(-bound, bound);
            }
        }
        return flat;
    }
}
