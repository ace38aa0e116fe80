package dev.tactus.policies.denoiser;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tactus.policies.bundle.NetworkSpec.LevelType;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A bundle's network on ONNX Runtime, CPU, one thread that never spins: its neighbour is a control loop. Inputs and
 * output are tensors over direct buffers that live as long as the network object, so an evaluation copies numbers in and out
 * and nothing else; the Java API of ONNX Runtime itself leaves a few hundred bytes of garbage a call.
 *
 * <p>Owns the session and the tensors. One thread at a time.
 */
public final class OnnxNetwork implements Network {
    private static final int WARM_UP_EVALUATIONS = 3;

    private final int batch;
    private final PolicySpec spec;
    private final OrtSession session;
    private final FloatBuffer latentBuffer;
    private final FloatBuffer conditionBuffer;
    private final FloatBuffer predictionBuffer;
    private final FloatBuffer floatLevels;
    private final LongBuffer wholeLevels;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private String failure = "";
    private boolean closed;

    private OnnxNetwork(PolicySpec spec, int batch, OrtEnvironment environment, OrtSession session)
            throws OrtException {
        this.spec = spec;
        this.batch = batch;
        this.session = session;
        latentBuffer = direct(batch * spec.horizon() * spec.actionSize()).asFloatBuffer();
        predictionBuffer = direct(latentBuffer.capacity()).asFloatBuffer();
        conditionBuffer = direct(batch * spec.conditionSize()).asFloatBuffer();
        floatLevels = direct(batch).asFloatBuffer();
        wholeLevels = direct(2 * batch).asLongBuffer();
        long[] chunkShape = {batch, spec.horizon(), spec.actionSize()};
        long[] levelShape = {batch};
        inputs = Map.of(
                spec.network().latent().orElseThrow(),
                OnnxTensor.createTensor(environment, latentBuffer, chunkShape),
                spec.network().level().orElseThrow().name(),
                spec.network().level().orElseThrow().type() == LevelType.INT64
                        ? OnnxTensor.createTensor(environment, wholeLevels, levelShape)
                        : OnnxTensor.createTensor(environment, floatLevels, levelShape),
                spec.network().conditions().getFirst().name(),
                OnnxTensor.createTensor(environment, conditionBuffer, new long[] {batch, spec.conditionSize()}));
        outputs = Map.of(
                spec.network().prediction().orElseThrow(),
                OnnxTensor.createTensor(environment, predictionBuffer, chunkShape));
    }

    /**
     * Opens a network and evaluates it a few times, so that the first call that counts finds everything allocated.
     *
     * @param spec what it must look like
     * @param model bytes of an ONNX file
     * @param name what messages call it
     * @param batch B, chunks evaluated at once
     * @return the network, warmed up
     * @throws BadInputException if the network cannot be read or does not fit the description
     * @throws MissingPartException if ONNX Runtime's native library does not load
     */
    public static OnnxNetwork open(PolicySpec spec, byte[] model, String name, int batch) {
        OrtEnvironment environment = environment();
        OrtSession session;
        try (OrtSession.SessionOptions options = options()) {
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new BadInputException(
                    name + ": ONNX Runtime " + environment.getVersion() + " cannot read it: " + e.getMessage()
                            + " Copy the bundle again, or export it again.",
                    e);
        }
        OnnxNetwork network;
        try {
            NetworkCheck.check(session, spec, name, batch);
            network = new OnnxNetwork(spec, batch, environment, session);
        } catch (OrtException e) {
            closeQuietly(session);
            throw new BadInputException(name + ": ONNX Runtime cannot describe it: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeQuietly(session);
            throw e;
        }
        network.warmUp(name);
        return network;
    }

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            throw new MissingPartException(OnnxRuntimeCheck.doesNotLoad(e), e);
        }
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public int horizon() {
        return spec.horizon();
    }

    @Override
    public int actionSize() {
        return spec.actionSize();
    }

    @Override
    public int conditionSize() {
        return spec.conditionSize();
    }

    @Override
    public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
        latentBuffer.put(0, latent, 0, latentBuffer.capacity());
        conditionBuffer.put(0, condition, 0, conditionBuffer.capacity());
        for (int b = 0; b < batch; b++) {
            floatLevels.put(b, level);
            wholeLevels.put(b, (long) level);
        }
        try {
            session.run(inputs, outputs).close(); // closes nothing of ours: pinned outputs stay the caller's
        } catch (OrtException e) {
            failure = "ONNX Runtime failed: " + e.getMessage();
            Arrays.fill(prediction, Float.NaN);
            return;
        }
        predictionBuffer.get(0, prediction, 0, predictionBuffer.capacity());
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        closeQuietly(session);
    }

    private void warmUp(String name) {
        float[] latent = new float[latentBuffer.capacity()];
        float[] condition = new float[conditionBuffer.capacity()];
        for (int i = 0; i < WARM_UP_EVALUATIONS; i++) {
            evaluate(latent, 0.0f, condition, new float[latent.length]);
        }
        if (!failure.isEmpty()) {
            close();
            throw new BadInputException(name + ": the network cannot be evaluated with the shapes of policy.yaml: "
                    + failure + " Export it again.");
        }
    }

    private static OrtSession.SessionOptions options() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }

    private static ByteBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    private static void closeQuietly(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close a session: " + e.getMessage(), e);
        }
    }
}
