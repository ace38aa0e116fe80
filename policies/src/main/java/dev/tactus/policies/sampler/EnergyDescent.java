package dev.tactus.policies.sampler;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;

/**
 * Descends on a learned energy E (Gladstone et al., Energy-Based Transformers; Davies et al., EBT-Policy). The denoiser
 * of such a policy answers with where one gradient step leads:
 *
 * <pre>
 *   x' = clamp(x - eta grad E(x), -clip, clip) + langevin z      repeated until |x' - x| is small, N times at most
 * </pre>
 *
 * The norm is that of the step really taken, after clipping, for at a bound the gradient never vanishes; every chunk of
 * a batch has to come to rest. The noise of Langevin dynamics, if any, is left out of the norm and of the last step.
 */
public final class EnergyDescent implements Sampler {
    private final int steps;
    private final double tolerance;
    private final double langevin;
    private final float clip;
    private final float[] next;

    /**
     * Makes a sampler.
     *
     * @param clip bound on every element of a chunk
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param steps greatest number of steps, at least 1
     * @param tolerance Euclidean norm of a chunk's step, {@code eta |grad E|}, below which the descent stops; 0 to
     *     take every step
     * @param langevin standard deviation of the noise that each step but the last adds; 0 for none
     * @throws BadInputException if there is no step
     */
    public EnergyDescent(double clip, int latentSize, int steps, double tolerance, double langevin) {
        if (steps < 1) {
            throw new BadInputException(steps + " steps; a sampler needs at least 1");
        }
        this.clip = (float) clip;
        this.steps = steps;
        this.tolerance = tolerance;
        this.langevin = langevin;
        this.next = new float[latentSize];
    }

    @Override
    public void begin(float[] latent, NoiseSource noise) {
        noise.fill(latent);
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        double level = denoiser.schedule().noisiest(); // an energy knows no levels
        int chunkSize = latent.length / denoiser.batch();
        boolean resting = false;
        for (int i = 0; i < steps && !resting; i++) {
            if (!CleanSample.estimate(denoiser, latent, level, condition, clip, next)) {
                return false;
            }
            resting = greatestStep(latent, chunkSize) < tolerance;
            boolean last = resting || i == steps - 1;
            WeightedSum.withNoise(latent, 1.0, next, last ? 0.0 : langevin, noise);
        }
        return true;
    }

    private double greatestStep(float[] latent, int chunkSize) {
        double greatest = 0.0;
        for (int start = 0; start < latent.length; start += chunkSize) {
            double square = 0.0;
            for (int i = start; i < start + chunkSize; i++) {
                double step = next[i] - latent[i];
                square += step * step;
            }
            greatest = Math.max(greatest, square);
        }
        return Math.sqrt(greatest);
    }
}
