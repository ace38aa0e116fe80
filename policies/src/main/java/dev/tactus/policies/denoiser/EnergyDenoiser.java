package dev.tactus.policies.denoiser;

import dev.tactus.policies.schedule.LinearFlow;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * A network that gives the gradient of an energy by the chunk, seen as a denoiser: its answer is where one gradient
 * step leads, {@code x - eta grad E(x)}. The energy knows no noise levels, so the level says nothing. Owns the network.
 */
public final class EnergyDenoiser extends NetworkBased {
    private static final NoiseSchedule SCHEDULE = new LinearFlow();

    private final double eta;

    /**
     * Makes a denoiser.
     *
     * @param network gives the gradient; closed with the denoiser
     * @param eta step size
     */
    public EnergyDenoiser(Network network, double eta) {
        super(network);
        this.eta = eta;
    }

    @Override
    public NoiseSchedule schedule() {
        return SCHEDULE;
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        evaluate(latent, (float) level, condition, clean);
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) (latent[i] - eta * clean[i]);
        }
    }
}
