package dev.tactus.policies.scheme;

/**
 * Decides in every policy cycle whether to infer and from where to start, in normalised space. State belongs to one
 * episode: {@link #reset} before the next. One thread at a time; a cycle allocates nothing.
 */
public sealed interface ExecutionScheme permits RecedingHorizon, RealTimeIteration {

    /** Forgets the episode: guess, chunk and counters. */
    void reset();

    /**
     * One policy cycle.
     *
     * @param condition {@code [B, C]}, normalised observations of the tick
     * @param tick policy tick of the newest observation; time that passed is the difference of ticks, not of calls
     * @return what came of it
     */
    CycleStatus cycle(float[] condition, long tick);

    /**
     * The chunk, {@code [B, H, D]} in normalised space; the scheme's own array. Row To - 1 belongs to {@link
     * #chunkTick}.
     *
     * @return the array
     */
    float[] chunk();

    /**
     * Policy tick of the newest observation behind the chunk.
     *
     * @return the tick
     */
    long chunkTick();

    /**
     * Network evaluations of the last cycle that inferred.
     *
     * @return the number; 0 before the first
     */
    int evaluations();

    /**
     * How the chunk of the last cycle that inferred came about.
     *
     * @return the kind
     */
    CycleKind kind();

    /**
     * How often an episode so far went back to pure noise.
     *
     * @return the number since the reset
     */
    long restarts();
}
