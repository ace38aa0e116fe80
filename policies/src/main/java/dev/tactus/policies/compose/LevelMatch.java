package dev.tactus.policies.compose;

import dev.tactus.policies.schedule.NoiseSchedule;
import dev.tactus.policies.schedule.VariancePreserving;

/**
 * Shows a latent of one noise schedule to a policy that was trained on another. Two schedules meet where the ratio of
 * signal to noise is equal,
 *
 * <pre>
 *   alpha_j(t_j) / sigma_j(t_j) = alpha(t) / sigma(t),      x_j = x |(alpha_j, sigma_j)| / |(alpha, sigma)|
 * </pre>
 *
 * and then the factor is {@code alpha_j / alpha}, so that nothing is approximated. A network with discrete levels goes to
 * the nearest one, and one that never saw so much or so little noise to the end of its range; the factor then is the one
 * that keeps signal and noise together as strong as that level has them. Holds one level at a time; allocates nothing.
 */
final class LevelMatch {
    private final NoiseSchedule from;
    private final NoiseSchedule to;
    private final boolean same;
    private double level;
    private double scale = 1.0;

    LevelMatch(NoiseSchedule from, NoiseSchedule to) {
        this.from = from;
        this.to = to;
        this.same = same(from, to);
    }

    static boolean same(NoiseSchedule one, NoiseSchedule other) {
        if (one instanceof VariancePreserving a && other instanceof VariancePreserving b) {
            boolean equal = a.steps() == b.steps();
            for (int k = 0; equal && k < a.steps(); k++) {
                equal = a.beta(k) == b.beta(k);
            }
            return equal;
        }
        return one.equals(other);
    }

    boolean same() {
        return same;
    }

    void at(double newLevel) {
        if (same) {
            level = newLevel;
            return;
        }
        double matched = to.level(from.logSnr(newLevel));
        double low = Math.min(to.noisiest(), to.cleanest());
        double high = Math.max(to.noisiest(), to.cleanest());
        matched = Math.min(Math.max(matched, low), high);
        level = to instanceof VariancePreserving ? Math.rint(matched) : matched;
        scale = Math.hypot(to.alpha(level), to.sigma(level)) / Math.hypot(from.alpha(newLevel), from.sigma(newLevel));
    }

    double level() {
        return level;
    }

    double scale() {
        return scale;
    }
}
