package dev.tactus.policies.scheme;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;

/**
 * Receding horizon (Chi et al., Diffusion Policy, IJRR 2024): denoise a chunk from pure noise, execute its rows To - 1 to
 * To - 2 + Ta, then denoise the next. What the episode did before enters through the observations only.
 */
public final class RecedingHorizon extends ExecutionScheme {
    private final Sampler sampler;
    private final int actionSteps;
    private final float[] chunk;
    private boolean hasChunk;

    /**
     * Makes a scheme.
     *
     * @param denoiser what the sampler asks; closed with the scheme
     * @param sampler from pure noise to a clean chunk
     * @param noise where noise comes from
     * @param actionSteps Ta, ticks that a chunk serves, at least 1
     */
    public RecedingHorizon(Denoiser denoiser, Sampler sampler, NoiseSource noise, int actionSteps) {
        super(denoiser, noise);
        this.sampler = sampler;
        this.actionSteps = actionSteps;
        this.chunk = new float[denoiser.latentSize()];
    }

    @Override
    public void reset() {
        super.reset();
        hasChunk = false;
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = tick - chunkTick();
        if (hasChunk && elapsed >= 0 && elapsed < actionSteps) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean ordinary = hasChunk && elapsed >= 0;
        sampler.begin(chunk, noise());
        hasChunk = infer(sampler, condition, chunk, tick, ordinary);
        return hasChunk ? CycleStatus.NEW_CHUNK : CycleStatus.NON_FINITE;
    }

    @Override
    public float[] chunk() {
        return chunk;
    }
}
