package dev.tactus.policies.sampler;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ancestral sampling (Ho, Jain, Abbeel, Denoising Diffusion Probabilistic Models, algorithm 2) over an explicit list of
 * levels, with clipped clean sample and the small posterior variance:
 *
 * <pre>
 *   x0 = clamp(E[a | x], -clip, clip)
 *   x  = q x0 + p x + std z          z ~ N(0, 1), none at k = 0
 *
 *   from k to j:  p = (alpha_k / alpha_j) sigma_j^2 / sigma_k^2
 *                 q = alpha_j (1 - alpha_k^2 / alpha_j^2) / sigma_k^2
 *                 std^2 = (1 - alpha_k^2 / alpha_j^2) sigma_j^2 / sigma_k^2
 * </pre>
 *
 * {@link Skipping} says what j is where the list leaves levels out.
 */
public final class DdpmSampler extends GridSampler {
    private final double[] ofNoisy;
    private final double[] ofClean;
    private final double[] deviation;
    private final float[] clean;

    /** What becomes of the levels that a list leaves out. */
    public enum Skipping {
        /**
         * Each listed level is one ordinary step from k to k - 1, whatever comes next: levels are dropped without
         * compensation, as real-time iteration (Duan, Yin, Kragic, RTI-DP) does.
         */
        DROPPED,
        /** Each step goes from k to the next listed level, the posterior over what lies between. */
        RESPACED
    }

    /**
     * Makes a sampler.
     *
     * @param schedule the noise schedule that the network was trained with
     * @param clip bound on every element of the predicted clean sample
     * @param levels the levels, strictly descending to 0
     * @param skipping what becomes of levels that are left out
     * @param latentSize elements of a latent, {@code B * H * D}
     * @throws BadInputException if the levels do not descend to 0 or are outside of the schedule
     */
    public DdpmSampler(
            VariancePreserving schedule, double clip, List<Integer> levels, Skipping skipping, int latentSize) {
        super(descending(schedule, levels), clip);
        int count = levels.size();
        this.ofNoisy = new double[count];
        this.ofClean = new double[count];
        this.deviation = new double[count];
        this.clean = new float[latentSize];
        for (int i = 0; i < count; i++) {
            int k = levels.get(i);
            int next = i + 1 < count && skipping == Skipping.RESPACED ? levels.get(i + 1) : k - 1;
            ofNoisy[i] = schedule.posteriorOfNoisy(k, next);
            ofClean[i] = schedule.posteriorOfClean(k, next);
            deviation[i] = schedule.posteriorDeviation(k, next);
        }
    }

    /**
     * Makes a sampler that drops the levels which are left out.
     *
     * @param schedule the noise schedule that the network was trained with
     * @param clip bound on every element of the predicted clean sample
     * @param levels the levels, strictly descending to 0
     * @param latentSize elements of a latent, {@code B * H * D}
     * @throws BadInputException if the levels do not descend to 0 or are outside of the schedule
     */
    public DdpmSampler(VariancePreserving schedule, double clip, List<Integer> levels, int latentSize) {
        this(schedule, clip, levels, Skipping.DROPPED, latentSize);
    }

    /**
     * Every level of a schedule, greatest first: the list of a full denoise.
     *
     * @param schedule the schedule
     * @return K - 1 down to 0
     */
    public static List<Integer> allLevels(VariancePreserving schedule) {
        return IntStream.range(0, schedule.steps())
                .map(i -> schedule.steps() - 1 - i)
                .boxed()
                .toList();
    }

    private static LevelGrid descending(VariancePreserving schedule, List<Integer> levels) {
        LevelGrid grid = LevelGrid.of(
                schedule, levels.stream().mapToDouble(Integer::doubleValue).toArray());
        if (levels.getLast() != 0) {
            throw new BadInputException("denoising steps " + levels + " end at " + levels.getLast()
                    + ", where noise is left in the chunk; the last one must be 0");
        }
        return grid;
    }

    @Override
    boolean step(int i, Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        if (!estimate(denoiser, latent, grid().level(i), condition, clean)) {
            return false;
        }
        WeightedSum.withNoise(latent, ofClean[i], clean, ofNoisy[i], latent, deviation[i], noise);
        return true;
    }
}
