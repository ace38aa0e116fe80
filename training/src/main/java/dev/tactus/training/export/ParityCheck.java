package dev.tactus.training.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tactus.policies.bundle.PolicySpec.NetworkSpec;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.training.data.WindowSampler;
import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.RandomStream.Purpose;
import dev.tactus.training.nn.ResidualMlp;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * Holds an exported graph against libtorch on random inputs such as the network meets: random windows of the
 * demonstrations under random noise, every level. (Latents of pure noise at low levels would make predictions of tens,
 * of which the last float bit alone is some 1e-6.)
 */
public final class ParityCheck {
    /** The greatest difference that an export may have, absolute. */
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
        public static Inputs random(WindowSampler windows, NoiseSchedule schedule, long seed) {
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
     * Compares.
     *
     * @param network the network, whose parameters are those of the export
     * @param model the bytes of the ONNX file
     * @param horizon H
     * @param actionSize D
     * @param inputs what both are given
     * @return the greatest absolute difference of a prediction's element; NaN if either has one
     */
    public static double greatestDifference(
            ResidualMlp network, byte[] model, int horizon, int actionSize, Inputs inputs) {
        float[] expected = new Predictor(network).predict(inputs.latents(), inputs.levels(), inputs.conditions());
        float[] found = run(model, new long[] {inputs.levels().length, horizon, actionSize}, inputs);
        double greatest = 0;
        for (int i = 0; i < expected.length; i++) {
            greatest = Math.max(greatest, Math.abs(expected[i] - found[i])); // max hands NaN on
        }
        return greatest;
    }

    private static float[] run(byte[] model, long[] latentShape, Inputs inputs) {
        NetworkSpec names = NetworkSpec.STANDARD;
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
                    OrtSession.Result result = session.run(
                            Map.of(names.latent(), latent, names.level(), level, names.condition(), condition))) {
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
