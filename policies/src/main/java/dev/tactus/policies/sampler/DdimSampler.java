package dev.tactus.policies.sampler;

import dev.tactus.policies.bundle.PolicySpec.Parameterisation;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;
import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.Prediction;

/**
 * Denoising diffusion implicit sampling (Song, Meng, Ermon, ICLR 2021, equation 12) with leading spacing: levels are the
 * multiples of {@code floor(K / N)} below N times that, so the topmost level of the schedule is never visited.
 *
 * <pre>
 *   x0 = clamp(clean(x, prediction), -clip, clip)
 *   x' = sqrt(alphaBar') x0 + sqrt(1 - alphaBar' - s^2) epsilon + s z
 *   s  = eta sqrt((1 - alphaBar') / (1 - alphaBar)) sqrt(1 - alphaBar / alphaBar')
 * </pre>
 *
 * with {@code alphaBar' = 1} below the last level. By default epsilon is what the network predicted, not recomputed from
 * the clipped x0 (diffusers' {@code use_clipped_model_output=False}).
 */
public final class DdimSampler implements Sampler {
    private final double clip;
    private final boolean recomputeNoise;
    private final int[] levels;
    private final Prediction[] predictions;
    private final Prediction[] fromClean; // takes the clipped clean sample as if it were the prediction
    private final double[] ofClean;
    private final double[] ofNoise;
    private final double[] deviation;
    private final float[] predicted;

    /**
     * Makes a sampler.
     *
     * @param schedule the noise schedule that the network was trained with
     * @param parameterisation what the network predicts
     * @param clip bound on every element of the predicted clean sample
     * @param steps N, 1 to K
     * @param eta 0 for a deterministic path, 1 for as much noise as ancestral sampling adds
     * @param recomputeNoise whether epsilon is recomputed from the clipped clean sample
     * @param latentSize elements of a latent, {@code B * H * D}
     * @throws BadInputException if there are more steps than levels
     */
    public DdimSampler(
            NoiseSchedule schedule,
            Parameterisation parameterisation,
            double clip,
            int steps,
            double eta,
            boolean recomputeNoise,
            int latentSize) {
        if (steps < 1 || steps > schedule.steps()) {
            throw new BadInputException(
                    steps + " DDIM steps; this policy has " + schedule.steps() + " levels, so 1 to that are allowed");
        }
        if (eta < 0.0 || eta > 1.0) {
            throw new BadInputException("DDIM eta " + eta + " is out of range; allowed is 0 to 1");
        }
        this.clip = clip;
        this.recomputeNoise = recomputeNoise;
        this.levels = new int[steps];
        this.predictions = new Prediction[steps];
        this.fromClean = new Prediction[steps];
        this.ofClean = new double[steps];
        this.ofNoise = new double[steps];
        this.deviation = new double[steps];
        this.predicted = new float[latentSize];
        int stride = schedule.steps() / steps;
        for (int i = 0; i < steps; i++) {
            int k = (steps - 1 - i) * stride;
            double now = schedule.alphaBar(k);
            double next = schedule.alphaBar(k - stride);
            double s = eta * Math.sqrt((1.0 - next) / (1.0 - now)) * Math.sqrt(1.0 - now / next);
            levels[i] = k;
            predictions[i] = Prediction.at(parameterisation, now);
            fromClean[i] = Prediction.at(Parameterisation.X0, now);
            ofClean[i] = Math.sqrt(next);
            ofNoise[i] = Math.sqrt(Math.max(0.0, 1.0 - next - s * s));
            deviation[i] = s;
        }
    }

    @Override
    public int evaluations() {
        return levels.length;
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        for (int i = 0; i < levels.length; i++) {
            denoiser.evaluate(latent, levels[i], condition, predicted);
            if (!step(i, latent, noise)) {
                return false;
            }
        }
        return true;
    }

    private boolean step(int i, float[] latent, NoiseSource noise) {
        Prediction prediction = predictions[i];
        double s = deviation[i];
        float finite = 0.0f;
        for (int j = 0; j < latent.length; j++) {
            finite += predicted[j] * 0.0f; // becomes NaN and stays so; clipping would hide an infinity
            double x = latent[j];
            double clean = prediction.clean(x, predicted[j]);
            clean = clean > clip ? clip : clean < -clip ? -clip : clean;
            double epsilon = recomputeNoise ? fromClean[i].noise(x, clean) : prediction.noise(x, predicted[j]);
            double mean = ofClean[i] * clean + ofNoise[i] * epsilon;
            latent[j] = (float) (s == 0.0 ? mean : mean + s * noise.next());
        }
        return finite == 0.0f;
    }
}
