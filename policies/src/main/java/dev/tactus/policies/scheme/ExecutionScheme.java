package dev.tactus.policies.scheme;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;

/**
 * Decides in every policy cycle whether to infer and from where to start, in normalised space. State belongs to one
 * episode: {@link #reset} before the next. Owns its denoiser. One thread at a time; a cycle allocates nothing.
 */
public abstract sealed class ExecutionScheme implements AutoCloseable permits RecedingHorizon, RealTimeIteration {
    private final Denoiser denoiser;
    private final NoiseSource noise;
    private boolean inferred;
    private long chunkTick;
    private long evaluations;
    private CycleKind kind = CycleKind.FIRST;
    private long restarts;

    ExecutionScheme(Denoiser denoiser, NoiseSource noise) {
        this.denoiser = denoiser;
        this.noise = noise;
    }

    /** Forgets the episode: guess, chunk and counters. */
    public void reset() {
        denoiser.reset();
        inferred = false;
        evaluations = 0;
        restarts = 0;
        kind = CycleKind.FIRST;
    }

    /**
     * One policy cycle.
     *
     * @param condition {@code [B, C]}, normalised observations of the tick
     * @param tick policy tick of the newest observation; time that passed is the difference of ticks, not of calls
     * @return what came of it
     */
    public abstract CycleStatus cycle(float[] condition, long tick);

    /**
     * Tells when the last new chunk took over from the one before: between {@link #chunkTick} and this tick the robot
     * still executed the old one. The delay is what was really consumed; nobody estimates it.
     *
     * @param tick the first policy tick that executes the chunk
     */
    public void delivered(long tick) {}

    /**
     * The chunk, {@code [H, D]} in normalised space, or {@code [B, H, D]} where a batch has a robot each; the scheme's own
     * array. Row To - 1 belongs to {@link #chunkTick}.
     *
     * @return the array
     */
    public abstract float[] chunk();

    /**
     * Denoises a latent in place and takes down what it cost.
     *
     * @param sampler how
     * @param condition {@code [B, C]}
     * @param latent {@code [B, H, D]}, as the sampler is to find it
     * @param tick policy tick of the newest observation
     * @param steady whether something of the episode before was carried over, as is ordinary for the scheme
     * @return whether a chunk came of it
     */
    final boolean infer(Sampler sampler, float[] condition, float[] latent, long tick, boolean steady) {
        kind = steady ? CycleKind.STEADY : inferred ? CycleKind.RESTART : CycleKind.FIRST;
        restarts += kind == CycleKind.RESTART ? 1 : 0;
        inferred = true;
        chunkTick = tick;
        long before = denoiser.evaluations();
        boolean finite = sampler.sample(denoiser, condition, latent, noise);
        evaluations = denoiser.evaluations() - before;
        if (finite) {
            denoiser.commit();
        }
        return finite;
    }

    /** What the samplers ask. */
    final Denoiser denoiser() {
        return denoiser;
    }

    /** Where noise comes from. */
    final NoiseSource noise() {
        return noise;
    }

    /** Whether the episode has seen an inference. */
    final boolean inferred() {
        return inferred;
    }

    /**
     * Policy tick of the newest observation behind the chunk.
     *
     * @return the tick
     */
    public final long chunkTick() {
        return chunkTick;
    }

    /**
     * Network evaluations of the last cycle that inferred.
     *
     * @return the number; 0 before the first
     */
    public final long evaluations() {
        return evaluations;
    }

    /**
     * How the chunk of the last cycle that inferred came about.
     *
     * @return the kind
     */
    public final CycleKind kind() {
        return kind;
    }

    /**
     * How often an episode so far went back to pure noise.
     *
     * @return the number since the reset
     */
    public final long restarts() {
        return restarts;
    }

    /**
     * Why the last cycle gave no chunk, if the reason is known.
     *
     * @return the reason; empty if there is none
     */
    public final String failure() {
        return denoiser.failure();
    }

    /** Closes the denoiser. */
    @Override
    public void close() {
        denoiser.close();
    }
}
