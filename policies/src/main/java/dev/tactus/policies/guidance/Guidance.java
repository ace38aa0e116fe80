package dev.tactus.policies.guidance;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * A denoiser around another, which it owns: it differs in how it estimates, and in nothing else. Stack them as needed;
 * the outermost sees the latent first and has the last word on the estimate.
 */
public abstract class Guidance implements Denoiser {
    private final Denoiser inner;

    /**
     * Wraps a denoiser.
     *
     * @param inner what is guided; closed with the guidance
     */
    protected Guidance(Denoiser inner) {
        this.inner = inner;
    }

    /**
     * What is guided.
     *
     * @return the denoiser inside
     */
    protected final Denoiser inner() {
        return inner;
    }

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
    public boolean finish(float[] condition, float[] chunks) {
        return inner.finish(condition, chunks);
    }

    @Override
    public boolean cleanRows(int rows) {
        return inner.cleanRows(rows);
    }

    @Override
    public boolean movesLatent() {
        return inner.movesLatent();
    }

    @Override
    public long evaluations() {
        return inner.evaluations();
    }

    @Override
    public String failure() {
        return inner.failure();
    }

    @Override
    public void reset() {
        inner.reset();
    }

    @Override
    public void commit() {
        inner.commit();
    }

    @Override
    public void close() {
        inner.close();
    }
}
