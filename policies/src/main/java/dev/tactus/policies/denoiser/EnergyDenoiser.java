package dev.tactus.policies.denoiser;

import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * A network that gives the gradient of an energy by the chunk, seen as a denoiser: its answer is where one gradient step
 * leads, {@code x - eta grad E(x)}. The energy knows no noise levels, so the level says nothing. Owns the network.
 */
public final class EnergyDenoiser implements Denoiser {
    private static final NoiseSchedule SCHEDULE = new LinearFlow();

    private final Network network;
    private final double eta;
    private long evaluations;

    /**
     * Makes a denoiser.
     *
     * @param network gives the gradient; closed with the denoiser
     * @param eta step size
     */
    public EnergyDenoiser(Network network, double eta) {
        this.network = network;
        this.eta = eta;
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
    public NoiseSchedule schedule() {
        return SCHEDULE;
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        network.evaluate(latent, (float) level, condition, clean);
        evaluations++;
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) (latent[i] - eta * clean[i]);
        }
    }

    @Override
    public long evaluations() {
        return evaluations;
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
