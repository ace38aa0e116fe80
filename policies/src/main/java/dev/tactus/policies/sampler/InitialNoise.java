package dev.tactus.policies.sampler;

import java.util.Arrays;

/** The latent from which sampling begins where nothing better is given. */
final class InitialNoise {
    private InitialNoise() {}

    /** Fills with Gaussian noise of a standard deviation; with zeros, and without drawing any, if that is 0. */
    static void fill(float[] latent, double std, NoiseSource noise) {
        if (std == 0.0) {
            Arrays.fill(latent, 0.0f);
            return;
        }
        for (int i = 0; i < latent.length; i++) {
            latent[i] = (float) (std * noise.next());
        }
    }
}
