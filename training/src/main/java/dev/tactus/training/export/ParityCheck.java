package dev.tactus.training.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.schedule.VariancePreserving;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.RandomStream.Purpose;
import dev.tactus.training.nn.ResidualMlp;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * Holds an exported graph against libtorch on random inputs such as the network meets: random windows of the
 * demonstrations under random noise, every level.
 *
 * <p>The difference is measured against the greatest prediction. An absolute bound would not be one on the export: at the
 * lowest level a noise prediction divides by a noise of 0.025, which amplifies the last bits of single precision so far
 * that libtorch's own result lies about 1e-5 from that of double precision.
 */
public final class ParityCheck {
    /** The greatest relative difference that an export may have. */
    public static final double TOLERANCE = 1e-5;

    private static final int ROWS_PER_LEVEL = 4;

    private ParityCheck() {}

    /**
     * Inputs of a check, B rows each.
     *
     * @param latents [B, chunk] row-major
     * @param levels [B]
     * @param conditions [B, condition] row-major
     */
    public record Inputs(float[] latents, long[] levels, float[] conditions) {

        /**
         * Draws inputs, some for every level of a schedule.
         *
         * @param windows the demonstrations' windows, normalised
         * @param schedule the noise schedule
         * @param seed of windows and noise
         * @return the inputs
         */
        public static Inputs random(WindowSampler windows, VariancePreserving schedule, long seed) {
            RandomStream random = new RandomStream(seed, Purpose.CHECK, 0);
            int batch = ROWS_PER_LEVEL * schedule.steps();
            Inputs inputs = new Inputs(
                    new float[batch * windows.chunkSize()],
                    new long[batch],
                    new float[batch * windows.conditionSize()]);
            for (int row = 0; row < batch; row++) {
                int level = row % schedule.steps();
                int at = row * windows.chunkSize();
                inputs.levels[row] = level;
                windows.read(
                        random.nextInt(windows.size()),
                        inputs.latents,
                        at,
                        inputs.conditions,
                        row * windows.conditionSize());
                double signal = Math.sqrt(schedule.alphaBar(level));
                double noise = Math.sqrt(1 - schedule.alphaBar(level));
                for (int i = at; i < at + windows.chunkSize(); i++) {
                    inputs.latents[i] = (float) (signal * inputs.latents[i] + noise * random.nextGaussian());
                }
            }
            return inputs;
        }
    }

    /**
     * How far two networks are apart.
     *
     * @param absolute the greatest absolute difference of a prediction's element; NaN if either has one
     * @param greatest the greatest absolute value that libtorch predicts
     */
    public record Difference(double absolute, double greatest) {

        /**
         * The difference that {@link #TOLERANCE} bounds.
         *
         * @return the absolute difference over the greatest prediction, or over 1 if that is less
         */
        public double relative() {
            return absolute / Math.max(1.0, greatest);
        }
    }

    /**
     * Compares.
     *
     * @param network the network, whose parameters are those of the export
     * @param model the bytes of the ONNX file
     * @param horizon H
     * @param actionSize D
     * @param inputs what both are given
     * @return how far they are apart
     */
    public static Difference compare(ResidualMlp network, byte[] model, int horizon, int actionSize, Inputs inputs) {
        float[] expected = new Predictor(network).predict(inputs.latents(), inputs.levels(), inputs.conditions());
        float[] found = run(model, new long[] {inputs.levels().length, horizon, actionSize}, inputs);
        double absolute = 0; // max hands NaN on
        double greatest = 0;
        for (int i = 0; i < expected.length; i++) {
            absolute = Math.max(absolute, Math.abs((double) expected[i] - found[i]));
            greatest = Math.max(greatest, Math.abs(expected[i]));
        }
        return new Difference(absolute, greatest);
    }

    private static float[] run(byte[] model, long[] latentShape, Inputs inputs) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long batch = latentShape[0];
        long[] conditionShape = {batch, inputs.conditions().length / batch};
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model, options);
                    OnnxTensor latent =
                            OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs.latents()), latentShape);
                    OnnxTensor level =
                            OnnxTensor.createTensor(environment, LongBuffer.wrap(inputs.levels()), new long[] {batch});
                    OnnxTensor condition = OnnxTensor.createTensor(
                            environment, FloatBuffer.wrap(inputs.conditions()), conditionShape);
                    OrtSession.Result result = session.run(Map.of(
                            NetworkSpec.LATENT,
                            latent,
                            NetworkSpec.TIMESTEP,
                            level,
                            NetworkSpec.CONDITION,
                            condition))) {
                FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] predicted = new float[values.remaining()];
                values.get(predicted);
                return predicted;
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the exported graph: " + e.getMessage(), e);
        }
    }
}
