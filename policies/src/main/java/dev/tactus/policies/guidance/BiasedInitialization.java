package dev.tactus.policies.guidance;

import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.sampler.GaussianNoise;

/**
 * Starts sampling from a person's sketch instead of from noise (Wang et al., Inference-Time Policy Steering, biased
 * initialisation): {@code x = deviation z + sketch}, the sketch itself not scaled, taken up at a middle level. Elements
 * that the sketch says nothing about begin there as noise, {@code x = sigma z}.
 *
 * <p>Levels above that one cost nothing: the estimate there is the sketch. When a sampler comes down from them the latent
 * is put to its start, once; one that begins below, as a steady cycle of real-time iteration does, is left alone. So this
 * goes with every sampler and scheme as they are.
 */
public final class BiasedInitialization extends Guidance {
    private final float[] sketch;
    private final boolean[] sketched;
    private final double deviation;
    private final double start;
    private final long seed;
    private final GaussianNoise noise;
    private boolean above;

    /**
     * Makes a guidance.
     *
     * @param inner what is guided; closed with the guidance
     * @param elements what is sketched: positions in a chunk, {@code row * D + column}
     * @param values their values, normalised
     * @param deviation of the noise on it; 0.5 in the paper's code
     * @param start the noisiest level that is sampled; k = 50 of 100 in the paper's code
     * @param seed of the noise, which begins anew with every episode
     */
    public BiasedInitialization(
            Denoiser inner, int[] elements, float[] values, double deviation, double start, long seed) {
        super(inner);
        this.sketch = new float[inner.horizon() * inner.actionSize()];
        this.sketched = new boolean[sketch.length];
        for (int i = 0; i < elements.length; i++) {
            sketch[elements[i]] = values[i];
            sketched[elements[i]] = true;
        }
        this.deviation = deviation;
        this.start = inner.schedule().logSnr(start);
        this.seed = seed;
        this.noise = new GaussianNoise(seed);
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        if (schedule().logSnr(level) < start) {
            for (int i = 0; i < clean.length; i++) {
                clean[i] = sketch[i % sketch.length];
            }
            above = true;
            return;
        }
        if (above) {
            begin(latent, schedule().sigma(level));
            above = false;
        }
        inner().denoise(latent, level, condition, clean);
    }

    private void begin(float[] latent, double sigma) {
        for (int i = 0; i < latent.length; i++) {
            int element = i % sketch.length;
            latent[i] = (float) ((sketched[element] ? deviation : sigma) * noise.next() + sketch[element]);
        }
    }

    @Override
    public boolean movesLatent() {
        return true;
    }

    @Override
    public void reset() {
        super.reset();
        above = false;
        noise.reset(seed);
    }
}
