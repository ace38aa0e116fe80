package dev.tactus.training.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResidualMlpTest {
    private static final ResidualMlp.Shape SHAPE = new ResidualMlp.Shape(6, 5, 10, 8, 16, 2);

    @BeforeAll
    static void load() {
        Torch.load(1);
    }

    @Test
    void forwardIsWhatPlainLoopsCompute() {
        ResidualMlp network = new ResidualMlp(SHAPE, 4);
        SplittableRandom random = new SplittableRandom(9);
        int batch = 10;
        float[] chunks = random(random, batch * SHAPE.chunk());
        float[] conditions = random(random, batch * SHAPE.condition());
        try (PointerScope scope = new PointerScope()) {
            Tensor levels = torch.zeros(new long[] {batch}, new TensorOptions(ScalarType.Long));
            LongPointer data = levels.data_ptr_long();
            for (int i = 0; i < batch; i++) {
                data.put(i, i);
            }
            Tensor chunk = torch.zeros(batch, SHAPE.chunk());
            Tensor condition = torch.zeros(batch, SHAPE.condition());
            Parameters.write(chunk, chunks);
            Parameters.write(condition, conditions);
            float[] found = Parameters.read(network.forward(chunk, levels, condition));
            for (int i = 0; i < batch; i++) {
                double[] expected = plain(
                        network.parameters(),
                        slice(chunks, i, SHAPE.chunk()),
                        i,
                        slice(conditions, i, SHAPE.condition()));
                for (int j = 0; j < expected.length; j++) {
                    assertEquals(expected[j], found[i * SHAPE.chunk() + j], 1e-6);
                }
            }
        }
    }

    @Test
    void theShippedSizeStaysUnderEightMegabytes() {
        int count = new Parameters(new ResidualMlp.Shape(160, 52, 100, 128, 512, 3).parameters()).size();
        assertEquals(1_898_528, count);
        assertEquals(true, count * Float.BYTES < 7_700_000);
    }

    @Test
    void firstValuesAreAFunctionOfTheSeed() {
        float[] one = new ResidualMlp(SHAPE, 1).parameters().read();
        assertArrayEquals(one, new ResidualMlp(SHAPE, 1).parameters().read());
        assertFalse(Arrays.equals(one, new ResidualMlp(SHAPE, 2).parameters().read()));
    }

    private static double[] plain(Parameters parameters, double[] chunk, int level, double[] condition) {
        double[] sinusoid = new double[SHAPE.embedding()];
        int half = sinusoid.length / 2;
        for (int j = 0; j < half; j++) {
            double frequency = Math.pow(10_000, -(double) j / (half - 1));
            sinusoid[j] = Math.sin(level * frequency);
            sinusoid[half + j] = Math.cos(level * frequency);
        }
        double[] embedded = affine(parameters, "level.1", silu(affine(parameters, "level.0", sinusoid)));
        double[] input = Arrays.copyOf(chunk, chunk.length + embedded.length + condition.length);
        System.arraycopy(embedded, 0, input, chunk.length, embedded.length);
        System.arraycopy(condition, 0, input, chunk.length + embedded.length, condition.length);
        double[] hidden = affine(parameters, "input", input);
        for (int block = 0; block < SHAPE.blocks(); block++) {
            double[] inner = affine(parameters, "block." + block + ".a", silu(hidden));
            double[] outer = affine(parameters, "block." + block + ".b", silu(inner));
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] += outer[i];
            }
        }
        return affine(parameters, "output", silu(hidden));
    }

    private static double[] affine(Parameters parameters, String name, double[] input) {
        float[] weight = Parameters.read(parameters.tensor(name + ".weight"));
        float[] bias = Parameters.read(parameters.tensor(name + ".bias"));
        double[] output = new double[bias.length];
        for (int row = 0; row < output.length; row++) {
            output[row] = bias[row];
            for (int i = 0; i < input.length; i++) {
                output[row] += weight[row * input.length + i] * input[i];
            }
        }
        return output;
    }

    private static double[] silu(double[] values) {
        return Arrays.stream(values).map(x -> x / (1 + Math.exp(-x))).toArray();
    }

    private static double[] slice(float[] rows, int row, int size) {
        double[] slice = new double[size];
        for (int i = 0; i < size; i++) {
            slice[i] = rows[row * size + i];
        }
        return slice;
    }

    private static float[] random(SplittableRandom random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
