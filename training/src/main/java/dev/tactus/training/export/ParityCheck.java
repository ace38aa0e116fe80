package dev.tactus.training.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tactus.policies.bundle.PolicySpec.NetworkSpec;
import dev.tactus.training.nn.RandomStream;
import dev.tactus.training.nn.RandomStream.Purpose;
import dev.tactus.training.nn.ResidualMlp;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** Holds an exported graph against libtorch on random inputs: Gaussian latents, conditions in [-1, 1], every level. */
public final class ParityCheck {
    /** The greatest difference that an export may have, absolute. */
    public static final double TOLERANCE = 1e-5;

    private ParityCheck() {}

    /**
     * Compares.
     *
     * @param network the network, whose parameters are those of the export
     * @param model the bytes of the ONNX file
     * @param horizon H
     * @param actionSize D
     * @param seed of the inputs
     * @return the greatest absolute difference of a prediction's element; NaN if either has one
     */
    public static double greatestDifference(ResidualMlp network, byte[] model, int horizon, int actionSize, long seed) {
        ResidualMlp.Shape shape = network.shape();
        int batch = shape.levels();
        RandomStream random = new RandomStream(seed, Purpose.CHECK, 0);
        float[] latents = new float[batch * shape.chunk()];
        float[] conditions = new float[batch * shape.condition()];
        long[] levels = new long[batch];
        for (int i = 0; i < latents.length; i++) {
            latents[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < conditions.length; i++) {
            conditions[i] = random.nextFloat(-1, 1);
        }
        for (int i = 0; i < batch; i++) {
            levels[i] = i;
        }
        float[] expected = new Predictor(network).predict(latents, levels, conditions);
        float[] found = run(model, new long[] {batch, horizon, actionSize}, latents, levels, conditions);
        double greatest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs(expected[i] - found[i]);
            greatest = Double.isNaN(difference) ? Double.NaN : Math.max(greatest, difference);
            if (Double.isNaN(greatest)) {
                return Double.NaN;
            }
        }
        return greatest;
    }

    private static float[] run(byte[] model, long[] latentShape, float[] latents, long[] levels, float[] conditions) {
        NetworkSpec names = NetworkSpec.STANDARD;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long batch = latentShape[0];
        long[] conditionShape = {batch, conditions.length / batch};
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model, options);
                    OnnxTensor latent = OnnxTensor.createTensor(environment, FloatBuffer.wrap(latents), latentShape);
                    OnnxTensor level =
                            OnnxTensor.createTensor(environment, LongBuffer.wrap(levels), new long[] {batch});
                    OnnxTensor condition =
                            OnnxTensor.createTensor(environment, FloatBuffer.wrap(conditions), conditionShape);
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
