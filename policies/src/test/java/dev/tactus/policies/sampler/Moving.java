package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;

/** A denoiser that says that it may move the latent. */
record Moving(Denoiser inner) implements Denoiser {
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
