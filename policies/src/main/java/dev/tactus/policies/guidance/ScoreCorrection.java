package dev.tactus.policies.guidance;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.denoiser.Denoiser;

/**
 * Moves finished chunks toward the demonstrations, whatever policy made them (after CDSA, Conservative Denoising Score-based
 * Algorithm): up the gradient of the log density of the data at a small noise level, with any denoiser for the score,
 *
 * <pre>
 *   a += eta grad log p(x | s),      grad log p(x | s) = (alpha E[a | x] - x) / sigma^2,     x = alpha a
 * </pre>
 */
public final class ScoreCorrection extends Guidance {
    private final Denoiser score;
    private final double level;
    private final double eta;
    private final int steps;
    private final float clip;
    private final float[] noisy;
    private final float[] clean;

    /**
     * Makes a correction.
     *
     * @param inner the policy; closed with the guidance
     * @param score a denoiser of the demonstrations, of the same shapes; closed with the guidance
     * @param level a level of its schedule, with little noise
     * @param eta how far to go: at most {@code sigma^2 / alpha}, which is all the way to the estimate
     * @param steps how often
     * @param clip bound on every element of a chunk, normalised
     * @throws BadInputException if the level has no noise, or eta would overshoot
     */
    public ScoreCorrection(Denoiser inner, Denoiser score, double level, double eta, int steps, double clip) {
        super(inner);
        double alpha = score.schedule().alpha(level);
        double variance = score.schedule().sigma(level) * score.schedule().sigma(level);
        if (!(variance > 0.0)) {
            throw new BadInputException("score correction at level " + level
                    + ", which has no noise and so no score; choose one with a little");
        }
        if (!(eta > 0.0 && eta * alpha <= variance)) {
            throw new BadInputException("score correction with eta " + eta + " at level " + level + "; above 0 and at"
                    + " most sigma^2 / alpha = " + variance / alpha + " is allowed, where it reaches the estimate");
        }
        this.score = score;
        this.level = level;
        this.eta = eta;
        this.steps = steps;
        this.clip = (float) clip;
        this.noisy = new float[score.latentSize()];
        this.clean = new float[score.latentSize()];
    }

    @Override
    public void denoise(float[] latent, double level, float[] condition, float[] clean) {
        inner().denoise(latent, level, condition, clean);
    }

    @Override
    public boolean finish(float[] condition, float[] chunks) {
        boolean finite = inner().finish(condition, chunks);
        for (int step = 0; step < steps; step++) {
            finite &= correct(condition, chunks);
        }
        return finite;
    }

    private boolean correct(float[] condition, float[] chunks) {
        double alpha = score.schedule().alpha(level);
        double sigma = score.schedule().sigma(level);
        for (int i = 0; i < chunks.length; i++) {
            noisy[i] = (float) (alpha * chunks[i]);
        }
        score.denoise(noisy, level, condition, clean);
        float finite = 0.0f;
        for (int i = 0; i < chunks.length; i++) {
            double gradient = alpha * (clean[i] - chunks[i]) / (sigma * sigma);
            float moved = (float) (chunks[i] + eta * gradient);
            finite += moved * 0.0f; // becomes NaN and stays so; clipping would hide an infinity
            chunks[i] = Math.min(Math.max(moved, -clip), clip);
        }
        return finite == 0.0f;
    }

    @Override
    public long evaluations() {
        return super.evaluations() + score.evaluations();
    }

    @Override
    public String failure() {
        return super.failure().isEmpty() ? score.failure() : super.failure();
    }

    @Override
    public void reset() {
        super.reset();
        score.reset();
    }

    @Override
    public void commit() {
        super.commit();
        score.commit();
    }

    @Override
    public void close() {
        super.close();
        score.close();
    }
}
