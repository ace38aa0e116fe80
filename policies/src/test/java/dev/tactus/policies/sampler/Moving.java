package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;

/** A denoiser that moves every element of the latent before it looks at it, and says so. */
record Moving(Denoiser inner, float shift) implements Denoiser {
    @Override
    public int batch() {
        return inner.batch();
    }

    @Override
    public int horizon() {
        return inner.horizon();
    }

    @Override
    public int actionSize() {
        return inner.actionSize();
    }

    @Override
    public int conditionSize() {
        return inner.conditionSize();
    }

    @Override
    public NoiseSchedule schedule() {
        return inner.schedule();
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        for (int i = 0; i < latent.length; i++) {
            latent[i] += shift;
        }
        inner.denoise(latent, level, condition, clean);
    }

    @Override
    public boolean movesLatent() {
        return true;
    }

    @Override
    public long evaluations() {
        return inner.evaluations();
    }

    @Override
    public void close() {}
}
