package dev.tactus.policies.scheme;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;

/**
 * Receding horizon (Chi et al., Diffusion Policy, IJRR 2024): denoise a chunk from pure noise, execute its rows To - 1 to
 * To - 2 + Ta, then denoise the next. What the episode did before enters through the observations only.
 */
public final class RecedingHorizon implements ExecutionScheme {
    private final Denoiser denoiser;
    private final Sampler sampler;
    private final NoiseSource noise;
    private final int actionSteps;
    private final float[] chunk;
    private long chunkTick;
    private boolean hasChunk;
    private boolean inferred;
    private int evaluations;
    private CycleKind kind = CycleKind.FIRST;
    private long restarts;

    /**
     * Makes a scheme.
     *
     * @param denoiser what the sampler evaluates; not closed here
     * @param sampler from pure noise to a clean chunk
     * @param noise where noise comes from
     * @param actionSteps Ta, ticks that a chunk serves, at least 1
     */
    public RecedingHorizon(Denoiser denoiser, Sampler sampler, NoiseSource noise, int actionSteps) {
        this.denoiser = denoiser;
        this.sampler = sampler;
        this.noise = noise;
        this.actionSteps = actionSteps;
        this.chunk = new float[denoiser.batch() * denoiser.horizon() * denoiser.actionSize()];
    }

    @Override
    public void reset() {
        hasChunk = false;
        inferred = false;
        evaluations = 0;
        restarts = 0;
        kind = CycleKind.FIRST;
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = tick - chunkTick;
        if (hasChunk && elapsed >= 0 && elapsed < actionSteps) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean interrupted = inferred && (!hasChunk || elapsed < 0);
        kind = !inferred ? CycleKind.FIRST : interrupted ? CycleKind.RESTART : CycleKind.STEADY;
        restarts += interrupted ? 1 : 0;
        inferred = true;
        chunkTick = tick;
        evaluations = sampler.evaluations();
        noise.fill(chunk);
        hasChunk = sampler.sample(denoiser, condition, chunk, noise);
        return hasChunk ? CycleStatus.NEW_CHUNK : CycleStatus.NON_FINITE;
    }

    @Override
    public float[] chunk() {
        return chunk;
    }

    @Override
    public long chunkTick() {
        return chunkTick;
    }

    @Override
    public int evaluations() {
        return evaluations;
    }

    @Override
    public CycleKind kind() {
        return kind;
    }

    @Override
    public long restarts() {
        return restarts;
    }
}
