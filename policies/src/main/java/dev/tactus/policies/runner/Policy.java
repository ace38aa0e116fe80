package dev.tactus.policies.runner;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.ConditionVector;
import dev.tactus.policies.bundle.Normaliser;
import dev.tactus.policies.bundle.PolicyBundle;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.sampler.GaussianNoise;
import dev.tactus.policies.scheme.CycleKind;
import dev.tactus.policies.scheme.CycleStatus;
import dev.tactus.policies.scheme.ExecutionScheme;
import dev.tactus.policies.scheme.SchemeOptions;
import dev.tactus.policies.scheme.Schemes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A policy ready to run: observations in physical units in, action chunks in physical units out. Normalises, lets the
 * execution scheme infer, takes the chunk back to physical units, and thresholds discrete elements to -1 or +1. Call it
 * directly in lock-step time; {@link PolicyRunner} calls it on its own thread in wall time.
 *
 * <p>Owns the scheme and its denoiser. One thread at a time. {@link #act} allocates nothing beyond what the denoiser does.
 */
public final class Policy implements AutoCloseable {
    private final PolicySpec spec;
    private final ExecutionScheme scheme;
    private final GaussianNoise noise = new GaussianNoise(0);
    private final LongSupplier clockNs;
    private final ConditionVector observations;
    private final Normaliser actions;
    private final boolean[] discrete;
    private final boolean[] bounded;
    private final float[] condition;
    private Optional<ChunkLog> log = Optional.empty();
    private final AtomicBoolean closed = new AtomicBoolean();
    private long sequence;
    private long inferenceNs;
    private long clippedElements;

    /** What came of {@link #act}. */
    public enum Status {
        /** There is a new chunk. */
        OK_NEW_CHUNK,
        /** Nothing had to be inferred: the chunk of before still holds. */
        OK_SAME_CHUNK,
        /** The network returned NaN or infinity: nothing leaves, and the next inference starts from noise. */
        NON_FINITE,
        /**
         * A continuous element of an action lies far outside the bounds that the bundle declares for it, which clipping
         * would only hide: nothing leaves, and the next inference starts from noise. A policy whose network answers at once is clipped, as it was in its training.
         */
        OUT_OF_RANGE
    }

    /**
     * Makes a policy out of its parts.
     *
     * @param spec what it sees and commands
     * @param source opens its denoiser, which is closed with the policy
     * @param options the execution scheme
     * @param clockNs measures inference, ns; {@code System::nanoTime} outside tests
     */
    public Policy(PolicySpec spec, DenoiserSource source, SchemeOptions options, LongSupplier clockNs) {
        this.spec = spec;
        this.scheme = Schemes.create(options, spec, source, noise);
        this.clockNs = clockNs;
        this.observations = new ConditionVector(spec);
        this.actions = Normaliser.ofActions(spec);
        this.condition = new float[observations.size()];
        this.discrete = new boolean[spec.actionSize()];
        this.bounded = new boolean[spec.actionSize()];
        int element = 0;
        for (ActionTerm term : spec.actions()) {
            for (int i = 0; i < term.size(); i++) {
                discrete[element] = term.discrete();
                bounded[element++] = !term.discrete() && spec.kind().hasLatent();
            }
        }
    }

    /**
     * Opens a bundle's policy on ONNX Runtime, warmed up.
     *
     * @param bundle the bundle
     * @param options the execution scheme
     * @param clockNs measures inference, ns
     * @return the policy, as after {@code reset(0)}
     */
    public static Policy open(PolicyBundle bundle, SchemeOptions options, LongSupplier clockNs) {
        return new Policy(bundle.spec(), DenoiserSource.of(bundle), options, clockNs);
    }

    /**
     * Begins an episode: what follows depends on the seed and the observations alone.
     *
     * @param seed of the noise ({@value GaussianNoise#ALGORITHM})
     */
    public void reset(long seed) {
        noise.reset(seed);
        scheme.reset();
        log.ifPresent(ChunkLog::beginEpisode);
        sequence = 0;
        inferenceNs = 0;
        clippedElements = 0;
    }

    /**
     * One policy cycle.
     *
     * @param window {@code [window steps][observation size]} in physical units, oldest first; not changed
     * @param tick policy tick of the newest observation
     * @param observationStampNs stamp of the newest observation, ns; carried to the chunk
     * @param out receives the chunk if there is a new one: rows from To - 1 on, so that its row 0 belongs to
     *     {@code tick}; otherwise of no use
     * @return what came of it
     */
    public Status act(float[] window, long tick, long observationStampNs, ActionChunk out) {
        Status status = attempt(window, tick, observationStampNs, out);
        if (status == Status.OUT_OF_RANGE) {
            scheme.rejected();
        }
        return status;
    }

    private Status attempt(float[] window, long tick, long observationStampNs, ActionChunk out) {
        long clipped = observations.fill(window, condition);
        long start = clockNs.getAsLong();
        CycleStatus status = scheme.cycle(condition, tick);
        long end = clockNs.getAsLong();
        if (status == CycleStatus.SAME_CHUNK) {
            return Status.OK_SAME_CHUNK;
        }
        inferenceNs = end - start;
        clippedElements += clipped;
        if (status == CycleStatus.NON_FINITE) {
            return Status.NON_FINITE;
        }
        if (log.isPresent()) {
            log.get().add(scheme.chunkTick(), scheme.chunk());
        }
        return hand(out, observationStampNs) ? Status.OK_NEW_CHUNK : Status.OUT_OF_RANGE;
    }

    /** Fills the chunk; false if an element strays from its bounds. */
    private boolean hand(ActionChunk out, long observationStampNs) {
        float[] chunk = scheme.chunk();
        int size = discrete.length;
        int first = spec.firstActionRow();
        boolean within = true;
        out.begin(chunkRows(), scheme.chunkTick(), observationStampNs, sequence + 1);
        for (int row = 0; row < chunkRows(); row++) {
            for (int i = 0; i < size; i++) {
                double normalised = chunk[(first + row) * size + i];
                double value = actions.invert(i, normalised);
                within &= !bounded[i] || !actions.strays(i, normalised);
                out.set(row, i, discrete[i] ? (value > 0.0 ? 1.0 : -1.0) : value);
            }
        }
        sequence += within ? 1 : 0;
        return within;
    }

    /**
     * Runs cycles on an observation of zeros until every path of the scheme was taken, then resets. What a first call
     * costs is paid here; nothing of it enters a statistic.
     */
    public void warmUp() {
        float[] window = new float[spec.windowSteps() * spec.observationSize()];
        ActionChunk chunk = newChunk();
        for (int tick = 0; tick <= chunkRows(); tick++) {
            attempt(
                    window, tick, 0,
                    chunk); // zeros may lead out of range, and steady cycles are to be warmed all the same
            delivered(tick);
        }
        reset(0);
    }

    /**
     * Rows of the chunks that {@link #act} hands out.
     *
     * @return H - To + 1
     */
    public int chunkRows() {
        return spec.horizon() - spec.firstActionRow();
    }

    /**
     * A chunk that fits {@link #act}.
     *
     * @return an empty chunk
     */
    public ActionChunk newChunk() {
        return new ActionChunk(chunkRows(), spec.actionSize());
    }

    /**
     * What the policy sees and commands.
     *
     * @return its description
     */
    public PolicySpec spec() {
        return spec;
    }

    /**
     * Logs every chunk from now on. Writes to a disk: for lock-step time and offline loops.
     *
     * @param chunks the log; not closed with the policy
     */
    public void log(ChunkLog chunks) {
        log = Optional.of(chunks);
    }

    /**
     * Network evaluations of the last inference.
     *
     * @return the number; 0 before the first of an episode
     */
    public long evaluations() {
        return scheme.evaluations();
    }

    /**
     * Whether the last inference was the first of the episode, a steady one or a restart.
     *
     * @return the kind
     */
    public CycleKind kind() {
        return scheme.kind();
    }

    /**
     * How long the scheme took for the last inference: sampler and network, without normalising.
     *
     * @return ns on the injected clock; 0 before the first of an episode
     */
    public long inferenceNs() {
        return inferenceNs;
    }

    /**
     * Tells when the last new chunk takes over from the one before, which is how schemes know of delay.
     *
     * @param tick the first policy tick that executes the chunk
     * @return whether it may: false if the chunk was made for a shorter delay and must not be published
     */
    public boolean delivered(long tick) {
        return scheme.delivered(tick);
    }

    /** Tells that the last new chunk is not published, though it was fit to be: no later cycle counts on it. */
    public void withdrawn() {
        scheme.withdrawn();
    }

    /**
     * Why the last {@link #act} gave nothing, if the reason is known.
     *
     * @return the reason; empty if there is none
     */
    public String failure() {
        return scheme.failure();
    }

    /**
     * How often the episode went back to pure noise.
     *
     * @return the number since the reset
     */
    public long restarts() {
        return scheme.restarts();
    }

    /**
     * How many observed numbers were clipped on their way into the network.
     *
     * @return the number since the reset
     */
    public long clippedElements() {
        return clippedElements;
    }

    /** Closes the scheme and its denoiser; closing again does nothing. */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            scheme.close();
        }
    }
}
