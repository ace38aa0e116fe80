package dev.tactus.policies.sampler;

import dev.tactus.policies.denoiser.Denoiser;
import java.util.Arrays;

/**
 * The two calls of a minimal iterative policy (Pan et al., Much Ado About Noising), which predicts the chunk itself:
 *
 * <pre>
 *   a0 = pi(o, 0, 0)
 *   a  = pi(o, c a0, t*)
 * </pre>
 *
 * c is the scale that the second input was trained with: t* in the paper, 1 in its code. Nothing is drawn, so the
 * answer is the same for every seed. {@link #refining} is the second call alone, for a chunk that is already good.
 */
public final class MipSampler implements Sampler {
    private final double tStar;
    private final double secondInputScale;
    private final float clip;
    private final boolean firstCall;
    private final float[] clean;

    private MipSampler(double clip, int latentSize, double tStar, double secondInputScale, boolean firstCall) {
        this.tStar = tStar;
        this.secondInputScale = secondInputScale;
        this.clip = (float) clip;
        this.firstCall = firstCall;
        this.clean = new float[latentSize];
    }

    /**
     * Makes a sampler of two calls.
     *
     * @param clip bound on every element of each answer
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param tStar t* of the second call
     * @param secondInputScale what the first answer is multiplied by on its way into the second call
     */
    public MipSampler(double clip, int latentSize, double tStar, double secondInputScale) {
        this(clip, latentSize, tStar, secondInputScale, true);
    }

    /**
     * The second call alone, a warm start: the latent takes the place of the first answer.
     *
     * @param clip bound on every element of the answer
     * @param latentSize elements of a latent, {@code B * H * D}
     * @param tStar t* of the call
     * @param secondInputScale what the latent is multiplied by
     * @return the sampler
     */
    public static MipSampler refining(double clip, int latentSize, double tStar, double secondInputScale) {
        return new MipSampler(clip, latentSize, tStar, secondInputScale, false);
    }

    @Override
    public void begin(float[] latent, NoiseSource noise) {
        Arrays.fill(latent, 0.0f);
    }

    @Override
    public boolean sample(Denoiser denoiser, float[] condition, float[] latent, NoiseSource noise) {
        if (firstCall && !call(denoiser, 0.0, condition, latent)) {
            return false;
        }
        WeightedSum.scale(latent, secondInputScale);
        return call(denoiser, tStar, condition, latent);
    }

    private boolean call(Denoiser denoiser, double level, float[] condition, float[] latent) {
        boolean finite = CleanSample.estimate(denoiser, latent, level, condition, clip, clean);
        System.arraycopy(clean, 0, latent, 0, clean.length);
        return finite;
    }
}
