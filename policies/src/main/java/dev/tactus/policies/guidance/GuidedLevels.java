package dev.tactus.policies.guidance;

import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * The levels at which a guidance acts: those noisier than a last one. Switching off late lets the policy tidy up after
 * its guide. A latent that holds no signal at all (the first level of a flow) is not guided either: a gradient there says
 * nothing about the chunk.
 */
final class GuidedLevels {
    private final NoiseSchedule schedule;
    private final double greatest;

    /**
     * Makes the set.
     *
     * @param schedule the schedule of the levels
     * @param stop the noisiest level without guidance; the schedule's cleanest level to guide at every other
     */
    GuidedLevels(NoiseSchedule schedule, double stop) {
        this.schedule = schedule;
        this.greatest = noiseToSignal(stop);
    }

    boolean contain(double level) {
        double ratio = noiseToSignal(level);
        return ratio > greatest && ratio < Double.POSITIVE_INFINITY;
    }

    double noiseToSignal(double level) {
        return schedule.sigma(level) / schedule.alpha(level);
    }
}
