package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;

/**
 * DPM-Solver++ (2M) (Lu et al., DPM-Solver++, algorithm 2), the multistep solver of second order that predicts data, on
 * any schedule and with one evaluation a step:
 *
 * <pre>
 *   x0_i = clamp(E[a | x], -clip, clip)
 *   D    = (1 + 1/(2r)) x0_i - 1/(2r) x0_{i-1}       r = h_{i-1} / h_i,  h_i = lambda_{i+1} - lambda_i
 *   x'   = (sigma' / sigma) x - alpha' (e^{-h} - 1) D
 * </pre>
 *
 * The first step and the one to the noiseless end are of first order (D = x0_i). Where fewer than ten steps are spread
 * unevenly in lambda it is no better than DDIM.
 */
public final class DpmSolverSampler extends GridSampler {
    private final Multistep weights;
    private final float[] clean;
    private final float[] before;

    /**
     * Makes a sampler.
     *
     * @param grid the levels
     * @param clip bound on every element of the predicted clean sample
     * @param latentSize elements of a latent, {@code B * H * D}
     */
    public DpmSolverSampler(LevelGrid grid, double clip, int latentSize) {
        super(grid, clip);
        this.weights = new Multistep(grid);
        this.clean = new float[latentSize];
        this.before = new float[latentSize];
    }

    @Override
    boolean step(int i, Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        if (!estimate(denoiser, latent, grid().level(i), condition, clean)) {
            return false;
        }
        weights.step(i, latent, clean, before);
        System.arraycopy(clean, 0, before, 0, clean.length);
        return true;
    }
}
