package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.LevelGrid;

/** A sampler that walks down a grid of levels, from each to the next and at last to the noiseless end. */
abstract sealed class GridSampler implements Sampler
        permits DdpmSampler, DdimSampler, DpmSolverSampler, UniPcSampler, OdeSampler {
    private final LevelGrid grid;
    private final float clip;

    /**
     * Makes what all have in common.
     *
     * @param grid the levels
     * @param clip bound on every element of the predicted clean sample
     */
    GridSampler(LevelGrid grid, double clip) {
        this.grid = grid;
        this.clip = (float) clip;
    }

    @Override
    public final void begin(float[] latent, NoiseSource noise) {
        InitialNoise.fill(latent, grid.initialStd(), noise);
    }

    @Override
    public final boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        for (int i = 0; i < grid.steps(); i++) {
            if (!step(i, denoiser, condition, latent, noise)) {
                return false;
            }
        }
        return true;
    }

    /** One step, from level i of the grid to level i + 1; false if an estimate was not finite. */
    abstract boolean step(int i, Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise);

    /** The estimate at a level, clipped; false if it was not finite. */
    final boolean estimate(Denoiser denoiser, float[] latent, double level, float[] condition, float[] clean) {
        return CleanSample.estimate(denoiser, latent, level, condition, clip, clean);
    }

    /** The levels. */
    final LevelGrid grid() {
        return grid;
    }

    /** Bound on every element of the predicted clean sample. */
    final float clip() {
        return clip;
    }
}
