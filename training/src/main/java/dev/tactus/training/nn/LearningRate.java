package dev.tactus.training.nn;

/**
 * Linear warm-up, then half a cosine down to zero: {@code lr(s) = peak * s/warmUp} for {@code s < warmUp}, else {@code
 * peak/2 * (1 + cos(pi * (s - warmUp)/(steps - warmUp)))}, with s counted from 1 so that the first step moves.
 *
 * @param peak the greatest rate
 * @param warmUpSteps steps until it is reached
 * @param steps steps of the whole run
 */
public record LearningRate(double peak, int warmUpSteps, int steps) {

    /**
     * The rate of a step.
     *
     * @param step steps done before this one, from 0
     * @return the rate
     */
    public double at(int step) {
        int s = step + 1;
        if (s < warmUpSteps) {
            return peak * s / warmUpSteps;
        }
        double progress = Math.min(1.0, (double) (s - warmUpSteps) / Math.max(1, steps - warmUpSteps));
        return peak / 2 * (1 + Math.cos(Math.PI * progress));
    }
}
