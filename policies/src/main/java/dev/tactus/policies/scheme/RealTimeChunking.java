package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.guidance.PrefixGuidance;
import dev.tactus.policies.guidance.PrefixGuidance.Jacobian;
import dev.tactus.policies.guidance.PrefixMask;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Real-time chunking (Black, Galliker, Levine, Real-Time Execution of Action Chunking Flow Policies, algorithm 1): while a
 * chunk is executed the next is inferred, drawn towards what is left of the first ({@link PrefixGuidance}). With d the
 * ticks that inference is expected to take and s those that passed since the last one began:
 *
 * <pre>
 *   Y  = the old chunk, row by row at the same ticks, 0 beyond its end        normalised, never thresholded
 *   W  = 1 for rows before d (and before now), falling to 0 at H' - s          H' = H - To + 1 rows from now on
 *   s >= max(d, s_min),   d = greatest of the last delays that were measured, at most H' - s
 * </pre>
 *
 * A chunk that nothing can be carried over to (the first, after a stall or a failure) is sampled without guidance. Which
 * sampler does not matter: the guidance is a denoiser's wrapper. Every robot of a batch has its own leftovers.
 */
public final class RealTimeChunking extends ExecutionScheme {
    private final Sampler sampler;
    private final PrefixGuidance guidance;
    private final Options options;
    private final int leastSteps;
    private final boolean[] free;
    private final float[] chunk;
    private final float[] target;
    private final float[] weights;

    /**
     * What a user may say about it.
     *
     * @param sampler how chunks are denoised
     * @param leastSteps s_min, fewest ticks between two inferences; half of the bundle's Ta if empty
     * @param delay d until one was measured, ticks
     * @param delays how many of the last delays count
     * @param mask how firmly rows beyond d are held
     * @param beta greatest guidance weight
     * @param jacobian how the error is carried back through the network
     * @param freeDiscrete whether discrete elements (a gripper) are free beyond d; an average of open and closed is neither
     */
    public record Options(
            SamplerChoice sampler,
            OptionalInt leastSteps,
            int delay,
            int delays,
            PrefixMask mask,
            double beta,
            Jacobian jacobian,
            boolean freeDiscrete)
            implements SchemeOptions {

        /**
         * The paper's choices: exponential mask, beta 5; the identity as the Jacobian.
         *
         * @return the options
         */
        public static Options standard() {
            return new Options(
                    SamplerChoice.STANDARD,
                    OptionalInt.empty(),
                    0,
                    10,
                    PrefixMask.EXPONENTIAL,
                    5.0,
                    Jacobian.IDENTITY,
                    false);
        }

        @Override
        public String name() {
            return "rtc";
        }

        @Override
        public String text() {
            Options standard = standard();
            return new SettingsText(name())
                    .add("steps", sampler, standard.sampler)
                    .add("action_steps", leastSteps, standard.leastSteps)
                    .add("delay", delay, standard.delay)
                    .add("delays", delays, standard.delays)
                    .add("mask", mask, standard.mask)
                    .add("beta", beta, standard.beta)
                    .add("jacobian", jacobian, standard.jacobian)
                    .add("free_discrete", freeDiscrete, standard.freeDiscrete)
                    .toString();
        }

        @Override
        public Options withActionSteps(int ticks) {
            return new Options(sampler, OptionalInt.of(ticks), delay, delays, mask, beta, jacobian, freeDiscrete);
        }
    }

    /**
     * Makes a scheme.
     *
     * @param spec the policy
     * @param denoiser what is guided; closed with the scheme
     * @param sampler from pure noise to a clean chunk
     * @param clip the sampler's bound on every element of a clean sample
     * @param noise where noise comes from
     * @param options the rest
     * @throws BadInputException if an option is out of range
     */
    public RealTimeChunking(
            PolicySpec spec, Denoiser denoiser, Sampler sampler, double clip, NoiseSource noise, Options options) {
        this(spec, new PrefixGuidance(denoiser, options.beta(), options.jacobian(), clip), sampler, noise, options);
    }

    private RealTimeChunking(
            PolicySpec spec, PrefixGuidance guidance, Sampler sampler, NoiseSource noise, Options options) {
        super(spec, guidance, noise, new DelayWindow(options.delay(), options.delays()));
        this.guidance = guidance;
        this.sampler = sampler;
        this.options = options;
        this.leastSteps = Schemes.requireServed(
                "ticks between two inferences", options.leastSteps().orElse((spec.actionSteps() + 1) / 2), spec);
        this.free = options.freeDiscrete() ? Schemes.discrete(spec) : new boolean[spec.actionSize()];
        this.chunk = new float[guidance.latentSize()];
        this.target = new float[chunk.length];
        this.weights = new float[guidance.horizon() * guidance.actionSize()];
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = elapsed(tick);
        int delay = delayTicks();
        if (hasChunk() && elapsed >= 0 && elapsed < Math.max(leastSteps, Math.min(delay, servedTicks() - 1))) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean carried = hasChunk() && elapsed > 0 && elapsed < servedTicks();
        begin(tick, carried ? CycleKind.STEADY : CycleKind.RESTART, carried ? delay : Integer.MAX_VALUE);
        if (carried) {
            carryOver(chunk, weights.length, (int) elapsed * free.length, target);
            weigh(Math.min(delay, servedTicks() - (int) elapsed), servedTicks() - (int) elapsed);
            guidance.guide(target, weights);
        } else {
            guidance.release();
        }
        sampler.begin(chunk, noise());
        return conclude(run(sampler, guidance, condition, chunk));
    }

    /** Y: the old chunks at the new one's ticks, zeros where they end. Also for chunks that are given as a prefix. */
    static void carryOver(float[] chunks, int chunkSize, int shift, float[] target) {
        for (int start = 0; start < chunks.length; start += chunkSize) {
            System.arraycopy(chunks, start + shift, target, start, chunkSize - shift);
            Arrays.fill(target, start + chunkSize - shift, start + chunkSize, 0.0f);
        }
    }

    private void weigh(int delay, int end) {
        for (int row = 0; row < weights.length / free.length; row++) {
            int ahead = row - firstRow();
            float weight = (float) options.mask().weight(ahead, delay, end);
            for (int i = 0; i < free.length; i++) {
                weights[row * free.length + i] = free[i] && ahead >= delay ? 0.0f : weight;
            }
        }
    }

    @Override
    public float[] chunk() {
        return chunk;
    }
}
