package dev.tactus.policies.scheme;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.NoiseSource;
import dev.tactus.policies.sampler.Sampler;
import java.util.Arrays;

/**
 * Temporal ensembling (Zhao et al., Learning Fine-Grained Bimanual Manipulation with Low-Cost Hardware, section IV-C):
 * infer at every tick, and for each tick average what all chunks that cover it say, with weights {@code exp(-m i)}, i = 0
 * the oldest of them, which sum to 1. Rotations are averaged as rotations ({@link RotationBlocks}); discrete elements are
 * averaged as numbers and thresholded after, where every chunk's are.
 *
 * <p>An average lies between the predictions: where chunks belong to different modes (pass left, pass right) it belongs
 * to none. Made for policies of one mode; {@link BidirectionalDecoding} chooses instead of averaging.
 */
public final class TemporalEnsembling extends ExecutionScheme {
    private static final int DELAYS = 10;

    private final Sampler sampler;
    private final RotationBlocks rotations;
    private final int actionSize;
    private final double[] weights;
    private final float[][] chunks;
    private final long[] ticks;
    private final float[] ensemble;
    private int oldest;
    private int count;

    /**
     * What a user may say about it.
     *
     * @param sampler how chunks are denoised
     * @param decay m: 0 weighs all chunks alike, above it the oldest most
     */
    public record Options(SamplerChoice sampler, double decay) implements SchemeOptions {

        /**
         * The paper's m, 0.01.
         *
         * @return the options
         */
        public static Options standard() {
            return new Options(SamplerChoice.STANDARD, 0.01);
        }

        @Override
        public String name() {
            return "ensemble";
        }

        @Override
        public String text() {
            Options standard = standard();
            return new SettingsText(name())
                    .add("steps", sampler, standard.sampler)
                    .add("decay", decay, standard.decay)
                    .toString();
        }

        @Override
        public Options withActionSteps(int steps) {
            throw Schemes.infersAtEveryTick(name());
        }
    }

    /**
     * Makes a scheme for one robot.
     *
     * @param spec the policy
     * @param denoiser what the sampler asks, at batch 1; closed with the scheme
     * @param sampler from pure noise to a clean chunk
     * @param noise where noise comes from
     * @param options the rest
     * @throws BadInputException if an option is out of range
     */
    public TemporalEnsembling(PolicySpec spec, Denoiser denoiser, Sampler sampler, NoiseSource noise, Options options) {
        super(spec, denoiser, noise, new DelayWindow(0, DELAYS));
        if (!(options.decay() >= 0.0 && Double.isFinite(options.decay()))) {
            throw new BadInputException("a decay (m) of " + options.decay()
                    + " in temporal ensembling; allowed is a finite number of 0 or more, 0.01 in the paper");
        }
        this.sampler = sampler;
        this.rotations = new RotationBlocks(spec);
        this.actionSize = denoiser.actionSize();
        this.weights = new double[servedTicks()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(-options.decay() * i);
        }
        this.chunks = new float[servedTicks()][denoiser.latentSize()];
        this.ticks = new long[servedTicks()];
        this.ensemble = new float[denoiser.latentSize()];
    }

    @Override
    public void reset() {
        super.reset();
        count = 0;
    }

    @Override
    public CycleStatus cycle(float[] condition, long tick) {
        long elapsed = elapsed(tick);
        if (hasChunk() && elapsed == 0) {
            return CycleStatus.SAME_CHUNK;
        }
        boolean follows = hasChunk() && elapsed > 0;
        if (!follows) {
            count = 0;
        }
        forget(tick);
        int slot = (oldest + count) % chunks.length;
        sampler.begin(chunks[slot], noise());
        CycleStatus status = infer(sampler, condition, chunks[slot], tick, follows);
        if (status == CycleStatus.NEW_CHUNK) {
            ticks[slot] = tick;
            count++;
            average(slot);
        }
        return status;
    }

    /** Drops chunks whose last row is before a tick. What is left leaves room for one more. */
    private void forget(long tick) {
        while (count > 0 && tick - ticks[oldest] >= servedTicks()) {
            oldest = (oldest + 1) % chunks.length;
            count--;
        }
    }

    private void average(int newest) {
        System.arraycopy(chunks[newest], 0, ensemble, 0, ensemble.length); // rows before now are nobody's business
        for (int row = firstRow(); row < firstRow() + servedTicks(); row++) {
            average(newest, row);
        }
    }

    private void average(int newest, int row) {
        int start = row * actionSize;
        int skipped = 0;
        while (row + age(skipped) >= firstRow() + servedTicks()) {
            skipped++; // ages fall, so what does not reach this row comes first
        }
        double total = 0.0;
        for (int i = skipped; i < count; i++) {
            total += weights[i - skipped];
        }
        Arrays.fill(ensemble, start, start + actionSize, 0.0f);
        for (int i = skipped; i < count; i++) {
            float[] chunk = chunks[(oldest + i) % chunks.length];
            int from = start + age(i) * actionSize;
            rotations.align(chunk, from, chunks[newest], start);
            double weight = weights[i - skipped] / total;
            for (int j = 0; j < actionSize; j++) {
                ensemble[start + j] += (float) (weight * chunk[from + j]);
            }
        }
        rotations.project(ensemble, start, chunks[newest], start);
    }

    /** Ticks between a chunk and the newest; i = 0 is the oldest. */
    private int age(int i) {
        return (int) (chunkTick() - ticks[(oldest + i) % chunks.length]);
    }

    @Override
    public float[] chunk() {
        return ensemble;
    }
}
