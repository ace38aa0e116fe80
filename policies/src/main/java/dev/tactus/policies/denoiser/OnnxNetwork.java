package dev.tactus.policies.denoiser;

import dev.tactus.policies.bundle.NetworkSpec;
import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.NetworkSpec.LevelPer;
import dev.tactus.policies.bundle.NetworkSpec.State;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.MissingPartException;
import dev.tactus.policies.onnx.GraphModel;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.onnx.GraphSession;
import dev.tactus.policies.onnx.Provider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bundle's network on ONNX Runtime, in the roles that {@code policy.yaml} gives its inputs and outputs: latent, level,
 * conditions, recurrent states; prediction and what else the policy's kind has. An evaluation copies numbers into the
 * session's memory, runs it, and copies the prediction out. Through the C API it allocates nothing.
 *
 * <p>Owns the session. One thread at a time.
 */
public final class OnnxNetwork implements Network {
    private static final int WARM_UP_EVALUATIONS = 4; // a CUDA graph is recorded at the third

    private final int batch;
    private final PolicySpec spec;
    private final GraphSession session;
    private final MemorySegment latent;
    private final LevelInput level;
    private final LevelInput stopLevel;
    private final MemorySegment[] conditions;
    private final int[] conditionSizes;
    private final MemorySegment answer;
    private final RecurrentState[] states;
    private boolean failed;

    private OnnxNetwork(PolicySpec spec, int batch, GraphSession session, Map<String, byte[]> files) {
        this.spec = spec;
        this.batch = batch;
        this.session = session;
        NetworkSpec roles = spec.network();
        latent = roles.latent().map(session::input).orElse(MemorySegment.NULL);
        level = LevelInput.of(roles.level(), session);
        stopLevel = LevelInput.of(roles.stopLevel(), session);
        if (roles.stopLevel().isPresent()) {
            double cleanest = spec.sampling().noiseSchedule().cleanest();
            stopLevel.fill(spec.sampling().levelEncoding().encode(cleanest));
        }
        List<Condition> inputs = roles.conditions();
        conditions = inputs.stream().map(input -> session.input(input.name())).toArray(MemorySegment[]::new);
        conditionSizes = Arrays.stream(conditions)
                .mapToInt(memory -> Math.toIntExact(memory.byteSize() / Float.BYTES / batch))
                .toArray();
        answer = session.output(roles.prediction().or(roles::gradient).orElseThrow());
        states = roles.states().stream()
                .map(state -> new RecurrentState(
                        state,
                        initial(state, files),
                        batch,
                        session.input(state.input()),
                        session.output(state.output())))
                .toArray(RecurrentState[]::new);
    }

    private static byte[] initial(State state, Map<String, byte[]> files) {
        if (state.initial().isEmpty()) {
            return new byte[0];
        }
        String file = state.initial().get();
        byte[] values = files.get(file);
        int expected = state.size() * Float.BYTES;
        if (values == null || values.length != expected) {
            throw new BadInputException("state '" + state.input() + "' starts from the file '" + file + "', which "
                    + (values == null ? "is missing" : "has " + values.length + " bytes") + "; " + expected
                    + " bytes (float32, one sample) are expected. Copy the bundle again, or export it again.");
        }
        return values;
    }

    /**
     * Opens a bundle's network.
     *
     * @param bundle the bundle
     * @param batch B, chunks evaluated at once
     * @param options providers and threads
     * @return the network, warmed up
     * @throws BadInputException if the network cannot be read or does not fit {@code policy.yaml}
     * @throws MissingPartException if ONNX Runtime's native library does not load, or no provider works here
     */
    public static OnnxNetwork open(PolicyBundle bundle, int batch, GraphOptions options) {
        return open(bundle.spec(), graph(bundle), bundle.filesBeside(), batch, options);
    }

    /**
     * A bundle's network as a graph.
     *
     * @param bundle the bundle
     * @return the graph with its weights
     * @throws BadInputException if it is no ONNX model
     */
    public static GraphModel graph(PolicyBundle bundle) {
        Map<String, byte[]> weights = new HashMap<>(bundle.filesBeside());
        weights.keySet().retainAll(bundle.spec().network().externalData());
        return GraphModel.of(bundle.path().resolve(PolicyBundle.MODEL).toString(), bundle.model(), weights);
    }

    /**
     * Opens a network that holds its weights itself, on the processor.
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
        return open(spec, GraphModel.of(name, model), Map.of(), batch, GraphOptions.CPU);
    }

    /**
     * Opens a network and evaluates it a few times, so that the first call that counts finds everything allocated.
     *
     * @param spec what it must look like
     * @param model the network with its weights
     * @param files files that hold recurrent states at their start, by name
     * @param batch B, chunks evaluated at once
     * @param options providers and threads
     * @return the network, warmed up
     * @throws BadInputException if the network does not fit the description
     * @throws MissingPartException if ONNX Runtime's native library does not load, or no provider works here
     */
    public static OnnxNetwork open(
            PolicySpec spec, GraphModel model, Map<String, byte[]> files, int batch, GraphOptions options) {
        GraphSession session = GraphSession.open(model, shapes(spec, model, batch), options);
        try {
            OnnxNetwork network = new OnnxNetwork(spec, batch, session, files);
            network.warmUp(model.name());
            return network;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * The shapes of a network's inputs and outputs, checked against what it declares.
     *
     * @param spec what it must look like
     * @param model the network
     * @param batch B
     * @return the shapes by name
     * @throws BadInputException if the network does not fit the description
     */
    public static Map<String, List<Long>> shapes(PolicySpec spec, GraphModel model, int batch) {
        return NetworkCheck.shapes(model, spec, batch);
    }

    private void warmUp(String name) {
        float[] chunk = new float[batch * spec.horizon() * spec.actionSize()];
        float[] condition = new float[batch * spec.conditionSize()];
        for (int i = 0; i < WARM_UP_EVALUATIONS; i++) {
            evaluate(chunk, 0.0f, condition, new float[chunk.length]);
        }
        if (!failure().isEmpty()) {
            throw new BadInputException(name + ": the network cannot be evaluated with the shapes of policy.yaml: "
                    + failure() + " Export it again.");
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

    /**
     * Where the network runs.
     *
     * @return the provider
     */
    public Provider provider() {
        return session.provider();
    }

    /**
     * Why providers in front of this one in the list were not taken.
     *
     * @return a line each
     */
    public List<String> declined() {
        return session.declined();
    }

    /**
     * Tells a network with a second level input which level to arrive at (consistency trajectory models); the
     * cleanest of its schedule until told.
     *
     * @param stop the level as the network takes it, encoded
     */
    public void arriveAt(float stop) {
        stopLevel.fill(stop);
    }

    /**
     * {@inheritDoc} An energy's answer is its gradient by the latent. A level input that takes one level a row gets this
     * one in every row.
     */
    @Override
    public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
        this.level.fill(level);
        run(latent, condition, prediction);
    }

    @Override
    public boolean levelPerRow() {
        return spec.network()
                .level()
                .filter(input -> input.per() == LevelPer.ROW)
                .isPresent();
    }

    @Override
    public void evaluateRows(float[] latent, float[] levels, float[] condition, float[] prediction) {
        level.set(levels);
        run(latent, condition, prediction);
    }

    private void run(float[] chunk, float[] condition, float[] prediction) {
        if (latent.byteSize() > 0) {
            MemorySegment.copy(chunk, 0, latent, ValueLayout.JAVA_FLOAT, 0, chunk.length);
        }
        int from = 0;
        int stride = condition.length / batch;
        for (int i = 0; i < conditions.length; i++) {
            for (int b = 0; b < batch; b++) {
                long to = (long) b * conditionSizes[i] * Float.BYTES;
                MemorySegment.copy(
                        condition, b * stride + from, conditions[i], ValueLayout.JAVA_FLOAT, to, conditionSizes[i]);
            }
            from += conditionSizes[i];
        }
        failed = !session.run();
        if (failed) {
            Arrays.fill(prediction, Float.NaN);
        } else {
            MemorySegment.copy(answer, ValueLayout.JAVA_FLOAT, 0, prediction, 0, prediction.length);
        }
    }

    /**
     * Reads the logarithm of the standard deviation that the last evaluation gave; Gaussian policies only.
     *
     * @param out receives {@code [B, H, D]}
     */
    public void logStd(float[] out) {
        read(spec.network().logStd().orElseThrow(), out);
    }

    /**
     * Reads the energy that the last evaluation gave; energy policies only.
     *
     * @param out receives {@code [B]}
     */
    public void energy(float[] out) {
        read(spec.network().energy().orElseThrow(), out);
    }

    private void read(String output, float[] out) {
        MemorySegment.copy(session.output(output), ValueLayout.JAVA_FLOAT, 0, out, 0, out.length);
    }

    @Override
    public String failure() {
        return session.failure();
    }

    @Override
    public void reset() {
        for (RecurrentState state : states) {
            state.reset();
        }
    }

    @Override
    public void commit() {
        if (failed) {
            return;
        }
        for (RecurrentState state : states) {
            state.commit();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
