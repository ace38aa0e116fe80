package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.denoiser.DenoiserSource;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import java.util.Optional;

/**
 * Bidirectional decoding (Liu et al., Bidirectional Decoding: Improving Action Chunking via Closed-Loop Operations): draw N
 * chunks at once and execute the best. Backward, a chunk should agree with what was decided before; forward, it should be
 * like other samples of a strong policy and unlike those of a weak one, an early checkpoint of the same:
 *
 * <pre>
 *   L_B = sum_i w_i |a_i - prior_i|,  w_i ~ rho^i over the ticks that both cover     keep the N / mode best of each set
 *   L_F = mean distance to the n/2 nearest kept strong ones - the same to kept weak ones,   n the number kept
 *   choose argmin L_B + L_F among the kept strong ones
 * </pre>
 *
 * Without a weak policy it is rejection sampling on coherence, {@code argmin L_B}. Where nothing was decided before, all
 * samples are kept and {@code L_B} is 0. One robot; the batch is its samples.
 */
public final class BidirectionalDecoding extends ExecutionScheme {
    private static final int DELAYS = 10;

    private final Sampler sampler;
    private final Optional<Denoiser> weak;
    private final Options options;
    private final int actionSteps;
    private final ChunkDistances distances;
    private final float[] conditions;
    private final float[] strongChunks;
    private final float[] weakChunks;
    private final double[] losses;
    private final double[] weakLosses;
    private final int[] kept;
    private final int[] weakKept;
    private final float[] chunk;

    /**
     * What a user may say about it.
     *
     * @param sampler how chunks are denoised
     * @param samples N, chunks drawn of each policy
     * @param rho how fast later ticks lose weight in the coherence, above 0 to 1
     * @param mode one in so many samples is kept for the forward contrast
     * @param actionSteps ticks between two inferences
     * @param weak the weak policy, opened like the strong one; empty for none
     */
    public record Options(
            SamplerChoice sampler, int samples, double rho, int mode, int actionSteps, Optional<DenoiserSource> weak)
            implements SchemeOptions {

        /**
         * The paper's choices, without a weak policy: 15 samples, rho 0.5, a third kept, closed loop at every tick.
         *
         * @return the options
         */
        public static Options standard() {
            return new Options(SamplerChoice.STANDARD, 15, 0.5, 3, 1, Optional.empty());
        }

        @Override
        public String name() {
            return "bid";
        }

        @Override
        public String text() {
            Options standard = standard();
            return new SettingsText(name())
                    .add("steps", sampler, standard.sampler)
                    .add("samples", samples, standard.samples)
                    .add("rho", rho, standard.rho)
                    .add("mode", mode, standard.mode)
                    .add("action_steps", actionSteps, standard.actionSteps)
                    .toString();
        }

        @Override
        public Options withActionSteps(int ticks) {
            return new Options(sampler, samples, rho, mode, ticks, weak);
        }

        /**
         * The same with a weak policy.
         *
         * @param source opens it; same shapes, schedule and normalisation as the strong one
         * @return the options
         */
        public Options withWeak(DenoiserSource source) {
            return new Options(sampler, samples, rho, mode, actionSteps, Optional.of(source));
        }
    }

    /**
     * Makes a scheme.
     *
     * @param spec the policy
     * @param strong the policy's denoiser at batch N; closed with the scheme
     * @param weak the weak policy's, at the same batch; closed with the scheme
     * @param sampler from pure noise to clean chunks, for batch N
     * @param noise where noise comes from
     * @param options the rest
     * @throws BadInputException if an option is out of range
     */
    public BidirectionalDecoding(
            PolicySpec spec,
            Denoiser strong,
            Optional<Denoiser> weak,
            Sampler sampler,
            NoiseSource noise,
            Options options) {
        super(spec, strong, noise, new DelayWindow(0, DELAYS));
        check(options);
        this.sampler = sampler;
        this.weak = weak;
        this.options = options;
        this.actionSteps = Schemes.requireServed("action steps", options.actionSteps(), spec);
        int samples = strong.batch();
        this.distances = new ChunkDistances(samples, strong.horizon(), strong.actionSize(), firstRow());
        this.conditions = new float[samples * strong.conditionSize()];
        this.strongChunks = new float[strong.latentSize()];
        this.weakChunks = new float[weak.isPresent() ? strong.latentSize() : 0];
        this.losses = new double[samples];
        this.weakLosses = new double[samples];
        this.kept = new int[samples];
        this.weakKept = new int[samples];
        this.chunk = new float[strong.horizon() * strong.actionSize()];
    }

    private static void check(Options options) {
        if (!(options.rho() > 0.0 && options.rho() <= 1.0)) {
            throw new BadInputException("rho " + options.rho() + " in bidirectional decoding; allowed is above 0 to 1");
        }
        if (options.mode() < 1 || options.mode() > options.samples()) {
            throw new BadInputException("one in " + options.mode() + " samples kept of " + options.samples()
                    + " in bidirectional decoding; mode may be 1 to the number of samples");
        }
    }

    @Override
    public void reset() {
        super.reset();
        weak.ifPresent(Denoiser::reset);
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = elapsed(tick);
        if (hasChunk() && elapsed >= 0 && elapsed < actionSteps) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean carried = hasChunk() && elapsed > 0 && elapsed < servedTicks();
        begin(tick, carried ? CycleKind.STEADY : CycleKind.RESTART, Integer.MAX_VALUE);
        for (int start = 0; start < conditions.length; start += condition.length) {
            System.arraycopy(condition, 0, conditions, start, condition.length);
        }
        sampler.begin(strongChunks, noise());
        boolean finite = run(sampler, denoiser(), conditions, strongChunks);
        if (finite && weak.isPresent()) {
            sampler.begin(weakChunks, noise());
            finite = run(sampler, weak.get(), conditions, weakChunks);
        }
        if (finite) {
            choose(carried ? (int) elapsed : 0, carried);
            weak.ifPresent(Denoiser::commit);
        }
        return conclude(finite);
    }

    private void choose(int elapsed, boolean carried) {
        coherence(strongChunks, losses, elapsed, carried);
        int best = rank(losses, kept);
        if (weak.isPresent()) {
            coherence(weakChunks, weakLosses, elapsed, carried);
            rank(weakLosses, weakKept);
            best = contrast(carried ? Math.max(1, kept.length / options.mode()) : kept.length);
        }
        System.arraycopy(strongChunks, best * chunk.length, chunk, 0, chunk.length);
    }

    private void coherence(float[] chunks, double[] out, int elapsed, boolean carried) {
        for (int n = 0; n < out.length; n++) {
            out[n] = carried ? distances.toPrior(chunks, n, chunk, elapsed, options.rho()) : 0.0;
        }
    }

    /** Sorts the samples by their loss, ties in their order; the best comes first and is returned. */
    private static int rank(double[] loss, int[] order) {
        for (int n = 0; n < order.length; n++) {
            int at = n;
            while (at > 0 && loss[order[at - 1]] > loss[n]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = n;
        }
        return order[0];
    }

    private int contrast(int count) {
        int neighbours = Math.max(1, count / 2);
        int best = kept[0];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            int n = kept[i];
            double loss = losses[n]
                    + distances.toNearest(strongChunks, n, strongChunks, kept, count, neighbours)
                    - distances.toNearest(strongChunks, n, weakChunks, weakKept, count, neighbours);
            if (loss < least) {
                least = loss;
                best = n;
            }
        }
        return best;
    }

    @Override
    public float[] chunk() {
        return chunk;
    }

    @Override
    public String failure() {
        String own = super.failure();
        return own.isEmpty() && weak.isPresent() ? weak.get().failure() : own;
    }

    @Override
    public void close() {
        weak.ifPresent(Denoiser::close);
        super.close();
    }
}
