package dev.tactus.policies.bench;

import ai.onnxruntime.OrtEnvironment;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.NetworkDenoiser;
import dev.tactus.policies.denoiser.OnnxNetwork;
import dev.tactus.policies.onnx.GraphOptions;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.Policy;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.scheme.SchemeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is measured: one network, called bare and called by a policy that runs it with a scheme. Both use the same
 * session. The only place of the benchmark that knows how the runtime opens and calls a network. Owns the network. One
 * thread at a time.
 */
final class BenchSubject implements AutoCloseable {
    private static final float LEVEL = 3.0f;
    private static final long SEED = 7;

    private final String name;
    private final PolicySpec spec;
    private final List<TimedNetwork> networks = new ArrayList<>();
    private final TimedNetwork bare;
    private final Policy policy;
    private final ActionChunk chunk;
    private final float[] window;
    private final float[] latent;
    private final float[] condition;
    private final float[] prediction;
    private long tick;

    private BenchSubject(
            String name, PolicySpec spec, IntFunction<OnnxNetwork> opener, float[] window, SchemeOptions scheme) {
        this.name = name;
        this.spec = spec;
        this.window = window;
        policy = new Policy(spec, batch -> timed(opener.apply(batch)), scheme, System::nanoTime);
        bare = networks.getFirst();
        chunk = policy.newChunk();
        latent = gaussian(bare.batch() * spec.horizon() * spec.actionSize());
        condition = gaussian(bare.batch() * spec.conditionSize());
        prediction = new float[latent.length];
        policy.reset(SEED);
        cycle(); // the first of an episode is a full denoise and no steady cycle
    }

    private Denoiser timed(OnnxNetwork network) {
        TimedNetwork timed = new TimedNetwork(network);
        networks.add(timed);
        return NetworkDenoiser.of(spec, timed);
    }

    /**
     * Opens a bundle; its observation is the first that its golden vectors record.
     *
     * @param name what reports call it
     * @param bundle the bundle
     * @param scheme how a cycle infers
     * @return what to measure
     */
    static BenchSubject of(String name, PolicyBundle bundle, SchemeOptions scheme) {
        float[] window = bundle.golden().cases().getFirst().observation();
        return new BenchSubject(
                name, bundle.spec(), batch -> OnnxNetwork.open(bundle, batch, GraphOptions.CPU), window, scheme);
    }

    /**
     * Opens a benchmark network; its observation is random.
     *
     * @param network which
     * @param model its ONNX file
     * @param scheme how a cycle infers
     * @return what to measure
     */
    static BenchSubject of(BenchNetwork network, byte[] model, SchemeOptions scheme) {
        PolicySpec spec = network.spec();
        return new BenchSubject(
                network.label(),
                spec,
                batch -> OnnxNetwork.open(spec, model, network.label(), batch),
                gaussian(spec.conditionSize()),
                scheme);
    }

    private static float[] gaussian(int size) {
        float[] values = new float[size];
        new GaussianNoise(SEED).fill(values);
        return values;
    }

    /** Version of the library that evaluates the networks. */
    static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    String name() {
        return name;
    }

    /** One bare call of the network. */
    void call() {
        bare.evaluate(latent, LEVEL, condition, prediction);
    }

    /** One cycle that infers: normalise, scheme, sampler, network, back to physical units. */
    void cycle() {
        Policy.Status status;
        do {
            status = policy.act(window, tick++, 0, chunk);
        } while (status == Policy.Status.OK_SAME_CHUNK);
        if (status == Policy.Status.NON_FINITE) {
            throw new IllegalStateException(
                    name + ": its prediction is not finite, so its times say nothing. " + policy.failure());
        }
    }

    /** Network evaluations of the last cycle. */
    long evaluations() {
        return policy.evaluations();
    }

    /** Time within network evaluations since the last call of this, ns. */
    long takeNetworkNs() {
        long elapsedNs = 0;
        for (TimedNetwork network : networks) {
            elapsedNs += network.takeElapsedNs();
        }
        return elapsedNs;
    }

    /** What the network is given and what it answers, for a peer to compare. */
    Example example() {
        call();
        return new Example(
                new int[] {spec.horizon(), spec.actionSize(), spec.conditionSize()},
                latent,
                (long) LEVEL,
                condition,
                prediction.clone());
    }

    @Override
    public void close() {
        policy.close();
    }

    /**
     * One evaluation.
     *
     * @param shape H, D and C
     * @param latent the input latent, [H, D]
     * @param level the input level
     * @param condition the input condition, [C]
     * @param prediction the output, [H, D]
     */
    record Example(int[] shape, float[] latent, long level, float[] condition, float[] prediction) {}
}
