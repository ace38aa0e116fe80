package dev.tactus.policies.sampler;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.VariancePreserving;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ancestral sampling (Ho, Jain, Abbeel, Denoising Diffusion Probabilistic Models, algorithm 2) over an explicit list of
 * levels, with clipped clean sample and the small posterior variance:
 *
 * <pre>
 *   x0 = clamp(E[a | x], -clip, clip)
 *   x  = q_k x0 + p_k x + std_k z          z ~ N(0, 1), none at k = 0
 * </pre>
 *
 * Each listed level is one ordinary posterior step from k to k - 1, whatever the next listed level is: a list that
 * skips levels drops them without compensation, as real-time iteration (Duan, Yin, Kragic, RTI-DP) does.
 */
public final class DdpmSampler implements Sampler {
    private final float clip;
    private final int[] levels;
    private final double[] ofNoisy;
    private final double[] ofClean;
    private final double[] deviation;
    private final float[] clean;

    /**
     * Makes a sampler.
     *
     * @param schedule the noise schedule that the network was trained with
     * @param clip bound on every element of the predicted clean sample
     * @param levels the levels, strictly descending
     * @param latentSize elements of a latent, {@code B * H * D}
     * @throws BadInputException if the levels do not descend or are outside of the schedule
     */
    public DdpmSampler(VariancePreserving schedule, double clip, List<Integer> levels, int latentSize) {
        checkLevels(levels, schedule.steps());
        int count = levels.size();
        this.clip = (float) clip;
        this.levels = levels.stream().mapToInt(Integer::intValue).toArray();
        this.ofNoisy = new double[count];
        this.ofClean = new double[count];
        this.deviation = new double[count];
        this.clean = new float[latentSize];
        for (int i = 0; i < count; i++) {
            int k = this.levels[i];
            ofNoisy[i] = schedule.posteriorOfNoisy(k);
            ofClean[i] = schedule.posteriorOfClean(k);
            deviation[i] = schedule.posteriorDeviation(k);
        }
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

    @Override
    public void begin(float[] latent, NoiseSource noise) {
        noise.fill(latent);
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        for (int i = 0; i < levels.length; i++) {
            denoiser.denoise(latent, levels[i], condition, clean);
            if (!CleanSample.clip(clean, clip)) {
                return false;
            }
            step(i, latent, noise);
        }
        return true;
    }

    private void step(int i, float[] latent, NoiseSource noise) {
        double p = ofNoisy[i];
        double q = ofClean[i];
        double std = deviation[i];
        for (int j = 0; j < latent.length; j++) {
            double mean = q * clean[j] + p * latent[j];
            latent[j] = (float) (std == 0.0 ? mean : mean + std * noise.next());
        }
    }

    private static void checkLevels(List<Integer> levels, int steps) {
        if (levels.isEmpty()) {
            throw new BadInputException("the list of denoising steps is empty; name at least one level");
        }
        int previous = steps;
        for (int level : levels) {
            if (level < 0 || level >= steps) {
                throw new BadInputException("denoising steps " + levels + ": " + level
                        + " is out of range; levels of this policy are 0 to " + (steps - 1));
            }
            if (level >= previous) {
                throw new BadInputException("denoising steps " + levels + ": " + level + " follows " + previous
                        + "; levels must descend, each once");
            }
            previous = level;
        }
    }
}
