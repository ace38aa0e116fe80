package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;

/**
 * Decides in every policy cycle whether to infer and from where to start, in normalised space. State belongs to one
 * episode: {@link #reset} before the next. Owns its denoiser. One thread at a time; a cycle allocates nothing.
 */
public abstract sealed class ExecutionScheme implements AutoCloseable
        permits RecedingHorizon,
                RealTimeIteration,
                RealTimeChunking,
                TrainedChunking,
                TemporalEnsembling,
                BidirectionalDecoding {
    private final Denoiser denoiser;
    private final NoiseSource noise;
    private final int firstRow;
    private final int servedTicks;
    private final DelayWindow delays;

    private boolean inferred;
    private boolean hasChunk;
    private long chunkTick;
    private long evaluations;
    private CycleKind kind = CycleKind.FIRST;
    private long restarts;

    private int plannedDelay;
    private boolean handedOver;
    private long handedOverTick;
    private long lateChunks;
    private long underruns;

    ExecutionScheme(PolicySpec spec, Denoiser denoiser, NoiseSource noise, DelayWindow delays) {
        this.denoiser = denoiser;
        this.noise = noise;
        this.firstRow = spec.firstActionRow();
        this.servedTicks = spec.horizon() - firstRow;
        this.delays = delays;
    }

    /** Forgets the episode: guess, chunk, measured delays and counters. */
    public void reset() {
        denoiser.reset();
        delays.clear();
        inferred = false;
        hasChunk = false;
        handedOver = false;
        evaluations = 0;
        restarts = 0;
        lateChunks = 0;
        underruns = 0;
        kind = CycleKind.FIRST;
    }

    /**
     * One policy cycle.
     *
     * @param condition {@code [C]}, normalised observations of the tick; {@code [B, C]} where a batch has a robot each
     * @param tick policy tick of the newest observation; time that passed is the difference of ticks, not of calls
     * @return what came of it
     */
    public abstract CycleStatus cycle(float[] condition, long tick);

    /**
     * Tells when the last new chunk takes over from the one before: between {@link #chunkTick} and this tick the robot
     * still executed the old one. The delay is what was really consumed; nobody estimates it. That of a chunk made from
     * pure noise at the beginning of an episode or after a restart is not ordinary and does not count.
     *
     * @param tick the first policy tick that executes the chunk
     * @return whether the chunk may take over; if not, it was made for a shorter delay and the old one goes on
     */
    public final boolean delivered(long tick) {
        if (!hasChunk) {
            return false;
        }
        int delay = (int) Math.clamp(tick - chunkTick, 0L, (long) Integer.MAX_VALUE);
        if (kind == CycleKind.STEADY) {
            delays.add(delay);
            if (delay > plannedDelay) {
                lateChunks++;
                if (!survivesLateness()) {
                    return false;
                }
            }
        }
        underruns += handedOver && tick > handedOverTick + servedTicks ? 1 : 0;
        handedOver = true;
        handedOverTick = chunkTick;
        return true;
    }

    /** Whether a chunk is of use though it arrived later than it was planned for; a scheme that says no takes it back. */
    boolean survivesLateness() {
        return true;
    }

    /**
     * Tells that the last new chunk never takes over, for example because its observation had become too old: no later
     * cycle may count on its being executed. What real-time iteration starts from is a guess, and stays one.
     */
    public final void withdrawn() {
        hasChunk = false;
    }

    /** Tells that the last new chunk was not fit to leave: the next cycle infers, and from pure noise. */
    public final void rejected() {
        hasChunk = false;
        giveUpGuesses();
    }

    /** Forgets what the next inference would start from, beside the chunk. */
    void giveUpGuesses() {}

    /**
     * The chunk, {@code [H, D]} in normalised space, or {@code [B, H, D]} where a batch has a robot each; the scheme's own
     * array. Row To - 1 belongs to {@link #chunkTick}.
     *
     * @return the array
     */
    public abstract float[] chunk();

    /**
     * Denoises a latent in place and takes down what it cost: an inference of one part.
     *
     * @param sampler how
     * @param condition {@code [B, C]}
     * @param latent {@code [B, H, D]}, as the sampler is to find it
     * @param tick policy tick of the newest observation
     * @param steady whether something of the episode before was carried over, as is ordinary for the scheme
     * @return what came of it
     */
    final CycleStatus infer(Sampler sampler, float[] condition, float[] latent, long tick, boolean steady) {
        begin(tick, steady ? CycleKind.STEADY : CycleKind.RESTART, Integer.MAX_VALUE);
        return conclude(run(sampler, denoiser, condition, latent));
    }

    /**
     * Begins an inference of several parts.
     *
     * @param tick policy tick of the newest observation
     * @param how how it comes about; the first of an episode is FIRST whatever is said here
     * @param delay greatest delay, in ticks, that the chunk is made for
     */
    final void begin(long tick, CycleKind how, int delay) {
        chunkTick = tick;
        evaluations = 0;
        plannedDelay = delay;
        kind = inferred ? how : CycleKind.FIRST;
    }

    /** Samples with one denoiser, adding to the evaluations of this inference; false if something was not finite. */
    final boolean run(Sampler sampler, Denoiser asked, float[] condition, float[] latent) {
        long before = asked.evaluations();
        boolean finite = sampler.sample(asked, condition, latent, noise) && asked.finish(condition, latent);
        evaluations += asked.evaluations() - before;
        return finite;
    }

    /** The inference turned out to be of another kind than it began as. */
    final void became(CycleKind other) {
        kind = inferred ? other : CycleKind.FIRST;
    }

    /** Ends an inference. */
    final CycleStatus conclude(boolean finite) {
        inferred = true;
        hasChunk = finite;
        restarts += kind == CycleKind.RESTART || kind == CycleKind.DISAGREEMENT ? 1 : 0;
        if (finite) {
            denoiser.commit();
        }
        return finite ? CycleStatus.NEW_CHUNK : CycleStatus.NON_FINITE;
    }

    /** Goes back to a chunk of an earlier tick, as if the last inference had not been. */
    final void takeBack(long earlierTick) {
        chunkTick = earlierTick;
    }

    /** What the samplers ask. */
    final Denoiser denoiser() {
        return denoiser;
    }

    /** Where noise comes from. */
    final NoiseSource noise() {
        return noise;
    }

    /** Whether the last inference left a chunk. */
    final boolean hasChunk() {
        return hasChunk;
    }

    /** The row that belongs to {@link #chunkTick}, To - 1. */
    final int firstRow() {
        return firstRow;
    }

    /** Ticks that a chunk serves, H - To + 1. */
    final int servedTicks() {
        return servedTicks;
    }

    /** Ticks since the newest observation behind the chunk. */
    final long elapsed(long tick) {
        return tick - chunkTick;
    }

    /**
     * The greatest of the last measured delays, which is what schemes plan with.
     *
     * @return ticks
     */
    public final int delayTicks() {
        return delays.greatest();
    }

    /**
     * Chunks that took over later than they were made for: at such a hand-over rows are executed, or were to be, that
     * nothing held to the old chunk.
     *
     * @return the number since the reset
     */
    public final long lateChunks() {
        return lateChunks;
    }

    /**
     * Hand-overs before which the old chunk had run out, so that the robot had nothing to execute for a while.
     *
     * @return the number since the reset
     */
    public final long underruns() {
        return underruns;
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
    public String failure() {
        return denoiser.failure();
    }

    /** Closes the denoiser. */
    @Override
    public void close() {
        denoiser.close();
    }
}
