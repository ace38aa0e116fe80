package dev.tactus.policies.guidance;

import dev.tactus.policies.denoiser.Denoiser;

/**
 * Draws several chunks at once and executes the one that an objective likes best (Wang et al., Inference-Time Policy
 * Steering, post-hoc ranking): all chunks of a batch are sampled under one condition, and when they are finished the best
 * takes the place of all. The policy is not bent: if no candidate does what the person wants, the least bad one is
 * executed.
 */
public final class CandidateRanking extends Guidance {
    /** Sharpness of the weights by which a display shades candidates; the paper's. */
    private static final double SHARPNESS = 20.0;

    private final Cost objective;
    private final float[] conditions;
    private final double[] values;
    private int best;

    /**
     * Makes a ranking.
     *
     * @param inner of a batch of N candidates, 32 in the paper; closed with the guidance
     * @param objective what is to be small
     */
    public CandidateRanking(Denoiser inner, Cost objective) {
        super(inner);
        this.objective = objective;
        this.conditions = new float[inner.batch() * inner.conditionSize()];
        this.values = new double[inner.batch()];
    }

    /**
     * Estimates all candidates.
     *
     * @param latent {@code [N, H, D]}
     * @param level a level of {@link #schedule}
     * @param condition {@code [C]}, the robot's, for all candidates
     * @param clean receives {@code [N, H, D]}
     */
    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        inner().denoise(latent, level, shared(condition), clean);
    }

    private float[] shared(float[] condition) {
        int size = conditionSize();
        for (int start = 0; start < conditions.length; start += size) {
            System.arraycopy(condition, 0, conditions, start, size);
        }
        return conditions;
    }

    @Override
    public boolean finish(float[] condition, float[] chunks) {
        boolean finite = inner().finish(shared(condition), chunks);
        int size = objective.chunkSize();
        best = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = objective.value(chunks, i * size);
            best = values[i] < values[best] ? i : best;
        }
        for (int i = 0; i < values.length; i++) {
            if (i != best) {
                System.arraycopy(chunks, best * size, chunks, i * size, size);
            }
        }
        return finite;
    }

    /**
     * Which candidate was chosen last.
     *
     * @return its place in the batch
     */
    public int best() {
        return best;
    }

    /**
     * How strongly a display should show each candidate of the last ranking: {@code softmax(20 (1 - d / d_max))}.
     *
     * @param weights receives N weights, their sum 1
     */
    public void shade(double[] weights) {
        double worst = 0.0;
        for (double value : values) {
            worst = Math.max(worst, value);
        }
        double sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            weights[i] = worst == 0.0 ? 1.0 : Math.exp(SHARPNESS * (values[best] - values[i]) / worst);
            sum += weights[i];
        }
        for (int i = 0; i < values.length; i++) {
            weights[i] /= sum;
        }
    }
}
