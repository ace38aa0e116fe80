package dev.tactus.policies.schedule;

import dev.tactus.policies.command.BadInputException;

/**
 * The variance-exploding family (Karras et al., Elucidating the Design Space of Diffusion-Based Generative Models):
 * {@code x = a + sigma epsilon}; a level is sigma itself.
 *
 * @param sigmaMin least sigma that the network was trained at, above 0
 * @param sigmaMax greatest sigma, where sampling begins
 */
public record VarianceExploding(double sigmaMin, double sigmaMax) implements NoiseSchedule {

    /**
     * Makes a schedule.
     *
     * @param sigmaMin least sigma that the network was trained at, above 0
     * @param sigmaMax greatest sigma, where sampling begins
     * @throws BadInputException unless {@code 0 < sigmaMin < sigmaMax}
     */
    public VarianceExploding {
        if (!(sigmaMin > 0.0 && sigmaMin < sigmaMax && Double.isFinite(sigmaMax))) {
            throw new BadInputException("noise schedule edm: sigma_min " + sigmaMin + " and sigma_max " + sigmaMax
                    + "; 0 < sigma_min < sigma_max is needed (policy.yaml, schedule)");
        }
    }

    @Override
    public double alpha(double level) {
        return 1.0;
    }

    @Override
    public double sigma(double level) {
        return level;
    }

    @Override
    public double level(double logSnr) {
        return Math.exp(-logSnr);
    }

    @Override
    public double noisiest() {
        return sigmaMax;
    }

    @Override
    public double cleanest() {
        return sigmaMin;
    }

    @Override
    public double noiseless() {
        return 0.0;
    }
}
