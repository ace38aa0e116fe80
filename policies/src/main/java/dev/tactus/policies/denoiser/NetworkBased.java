package dev.tactus.policies.denoiser;

/** What denoisers around one network have in common: its shapes, its life and the count of its evaluations. */
abstract sealed class NetworkBased implements Denoiser permits NetworkDenoiser, EnergyDenoiser {
    private final Network network;
    private long evaluations;

    /**
     * Makes what they share.
     *
     * @param network the network; closed with the denoiser
     */
    NetworkBased(Network network) {
        this.network = network;
    }

    /** The network. */
    final Network network() {
        return network;
    }

    /** Evaluates the network once, and counts. */
    final void evaluate(float[] latent, float level, float[] condition, float[] prediction) {
        network.evaluate(latent, level, condition, prediction);
        evaluations++;
    }

    /** The same with a level of its own for every row. */
    final void evaluateRows(float[] latent, float[] levels, float[] condition, float[] prediction) {
        network.evaluateRows(latent, levels, condition, prediction);
        evaluations++;
    }

    @Override
    public final int batch() {
        return network.batch();
    }

    @Override
    public final int horizon() {
        return network.horizon();
    }

    @Override
    public final int actionSize() {
        return network.actionSize();
    }

    @Override
    public final int conditionSize() {
        return network.conditionSize();
    }

    @Override
    public final long evaluations() {
        return evaluations;
    }

    @Override
    public final String failure() {
        return network.failure();
    }

    @Override
    public final void reset() {
        network.reset();
    }

    @Override
    public final void commit() {
        network.commit();
    }

    @Override
    public final void close() {
        network.close();
    }
}
