package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;

/**
 * One or several calls of a consistency function f, which takes any noisy sample to the clean one (Song, Dhariwal,
 * Chen, Sutskever, Consistency Models, algorithm 1):
 *
 * <pre>
 *   a = clamp(f(x, sigma_0), -clip, clip),   then for each further sigma:
 *   x = a + sqrt(sigma^2 - residual^2) z,    a = clamp(f(x, sigma), -clip, clip)
 * </pre>
 *
 * The residual is the noise that f leaves in its answer: sigma_min for consistency models, for they end there, and 0
 * for the chains of consistency trajectory models (Prasad et al., Consistency Policy), which add all of sigma. With a
 * single level that is the one-step sampler. Noise is drawn between calls only.
 */
public final class ConsistencySampler implements Sampler {
    private final LevelGrid grid;
    private final double[] added;
    private final float clip;
    private final boolean noiseFirst;
    private final float[] clean;

    private ConsistencySampler(LevelGrid grid, double clip, int latentSize, double residual, boolean noiseFirst) {
        this.grid = grid;
        this.clip = (float) clip;
        this.noiseFirst = noiseFirst;
        this.clean = new float[latentSize];
        this.added = new double[grid.steps()];
        for (int i = 0; i < added.length; i++) {
            double sigma = grid.schedule().sigma(grid.level(i));
            added[i] = Math.sqrt(Math.max(0.0, sigma * sigma - residual * residual));
        }
    }

    /**
     * Makes a sampler.
     *
     * @param grid the sigmas at which f is called, and the noise to begin with
     * @param clip bound on every element of each answer
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param residual standard deviation of the noise that f leaves in its answer
     */
    public ConsistencySampler(LevelGrid grid, double clip, int latentSize, double residual) {
        this(grid, clip, latentSize, residual, false);
    }

    /**
     * A sampler for warm starts: takes the latent as an earlier answer, so that it gets the noise of the grid's first
     * level before the first call.
     *
     * @param grid the sigmas at which f is called
     * @param clip bound on every element of each answer
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param residual standard deviation of the noise that f leaves in its answer
     * @return the sampler
     */
    public static ConsistencySampler continuing(LevelGrid grid, double clip, int latentSize, double residual) {
        return new ConsistencySampler(grid, clip, latentSize, residual, true);
    }

    @Override
    public void begin(float[] latent, NoiseSource noise) {
        InitialNoise.fill(latent, noiseFirst ? 0.0 : grid.initialStd(), noise);
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        for (int i = 0; i < added.length; i++) {
            if (i > 0 || noiseFirst) {
                WeightedSum.withNoise(latent, 1.0, latent, added[i], noise);
            }
            if (!CleanSample.estimate(denoiser, latent, grid.level(i), condition, clip, clean)) {
                return false;
            }
            System.arraycopy(clean, 0, latent, 0, clean.length);
        }
        return true;
    }
}
