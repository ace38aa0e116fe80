package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.guidance.CleanPrefix;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import java.util.OptionalInt;

/**
 * Real-time chunking for a network that was trained for it (Black et al., Training-Time Action Conditioning for Efficient
 * Real-Time Chunking): the rows that will have been executed when the new chunk arrives are given to the network clean
 * ({@link CleanPrefix}) and the rest follows from them. Cheaper than guidance and exact where guidance is soft, but the
 * prefix must be long enough: a chunk that arrives later than it was conditioned on is discarded, and the next is
 * conditioned on the delay that was measured.
 *
 * <p>If the delay is beyond what the network was trained with, every chunk is discarded until the old one has run out and
 * the robot goes on with an unconditioned one: {@link #lateChunks} and {@link #restarts} say so.
 */
public final class TrainedChunking extends ExecutionScheme {
    private final Sampler sampler;
    private final CleanPrefix prefix;
    private final int leastSteps;
    private final int trainedDelay;
    private final int chunkSize;
    private float[] chunk;
    private float[] former;
    private long formerTick;
    private final float[] target;

    /**
     * What a user may say about it.
     *
     * @param sampler how chunks are denoised
     * @param leastSteps s_min, fewest ticks between two inferences; half of the bundle's Ta if empty
     * @param delay d until one was measured, ticks
     * @param delays how many of the last delays count
     * @param trainedDelay the greatest delay that the network was trained with, ticks
     */
    public record Options(SamplerChoice sampler, OptionalInt leastSteps, int delay, int delays, int trainedDelay)
            implements SchemeOptions {

        /**
         * As published: trained with delays up to 10 ticks.
         *
         * @return the options
         */
        public static Options standard() {
            return new Options(SamplerChoice.STANDARD, OptionalInt.empty(), 0, 10, 10);
        }

        @Override
        public String name() {
            return "rtc-trained";
        }

        @Override
        public String text() {
            Options standard = standard();
            return new SettingsText(name())
                    .add("steps", sampler, standard.sampler)
                    .add("action_steps", leastSteps, standard.leastSteps)
                    .add("delay", delay, standard.delay)
                    .add("delays", delays, standard.delays)
                    .add("trained_delay", trainedDelay, standard.trainedDelay)
                    .toString();
        }

        @Override
        public Options withActionSteps(int ticks) {
            return new Options(sampler, OptionalInt.of(ticks), delay, delays, trainedDelay);
        }
    }

    /**
     * Makes a scheme.
     *
     * @param spec the policy
     * @param denoiser what is asked, able to be told of clean rows; closed with the scheme
     * @param sampler from pure noise to a clean chunk
     * @param noise where noise comes from
     * @param options the rest
     * @throws BadInputException if the network takes one level a chunk, or an option is out of range
     */
    public TrainedChunking(PolicySpec spec, Denoiser denoiser, Sampler sampler, NoiseSource noise, Options options) {
        this(spec, new CleanPrefix(denoiser), sampler, noise, options);
    }

    private TrainedChunking(PolicySpec spec, CleanPrefix prefix, Sampler sampler, NoiseSource noise, Options options) {
        super(spec, prefix, noise, new DelayWindow(options.delay(), options.delays()));
        this.prefix = prefix;
        this.sampler = sampler;
        this.leastSteps = Schemes.requireServed(
                "ticks between two inferences", options.leastSteps().orElse((spec.actionSteps() + 1) / 2), spec);
        if (options.trainedDelay() < 0) {
            throw new BadInputException("a trained delay of " + options.trainedDelay()
                    + " ticks; allowed is 0 or more, the greatest delay of the training");
        }
        this.trainedDelay = options.trainedDelay();
        this.chunkSize = prefix.horizon() * prefix.actionSize();
        this.chunk = new float[prefix.latentSize()];
        this.former = new float[chunk.length];
        this.target = new float[chunk.length];
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = elapsed(tick);
        int delay = Math.min(delayTicks(), trainedDelay);
        if (hasChunk() && elapsed >= 0 && elapsed < Math.max(leastSteps, Math.min(delay, servedTicks() - 1))) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean carried = hasChunk() && elapsed > 0 && elapsed < servedTicks();
        int certain = carried ? (int) Math.min(delay, servedTicks() - elapsed) : 0;
        formerTick = chunkTick();
        begin(tick, carried ? CycleKind.STEADY : CycleKind.RESTART, carried ? certain : Integer.MAX_VALUE);
        if (carried) {
            RealTimeChunking.carryOver(chunk, chunkSize, (int) elapsed * prefix.actionSize(), target);
            prefix.begin(target, firstRow() + certain);
        } else {
            prefix.release();
        }
        float[] next = former;
        former = chunk;
        chunk = next;
        sampler.begin(chunk, noise());
        return conclude(run(sampler, prefix, condition, chunk));
    }

    @Override
    boolean survivesLateness() {
        float[] late = chunk;
        chunk = former;
        former = late;
        takeBack(formerTick);
        return false;
    }

    @Override
    public float[] chunk() {
        return chunk;
    }
}
