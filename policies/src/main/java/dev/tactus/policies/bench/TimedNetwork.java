package dev.tactus.policies.bench;

import dev.tactus.policies.denoiser.Network;

/**
 * Adds up how long a network's evaluations take. What a policy cycle takes beyond that is the runtime's own: sampler,
 * scheme, normaliser. Costs two readings of the clock an evaluation (some 50 ns), which count as the runtime's.
 */
final class TimedNetwork implements Network {
    private final Network network;
    private long elapsedNs;

    TimedNetwork(Network network) {
        this.network = network;
    }

    /** Time within evaluations since the last call of this. */
    long takeElapsedNs() {
        long taken = elapsedNs;
        elapsedNs = 0;
        return taken;
    }

    @Override
    public int batch() {
        return network.batch();
    }

    @Override
    public int horizon() {
        return network.horizon();
    }

    @Override
    public int actionSize() {
        return network.actionSize();
    }

    @Override
    public int conditionSize() {
        return network.conditionSize();
    }

    @Override
    public void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
        long start = System.nanoTime();
        network.evaluate(latent, level, condition, prediction);
        elapsedNs += System.nanoTime() - start;
    }

    @Override
    public String failure() {
        return network.failure();
    }

    @Override
    public void reset() {
        network.reset();
    }

    @Override
    public void commit() {
        network.commit();
    }

    @Override
    public void close() {
        network.close();
    }
}
