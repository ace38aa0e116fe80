package dev.tactus.policies.guidance;

import dev.tactus.policies.schedule.NoiseSchedule;

/**
 * The gradient of a cost at a noisy latent. Costs are made for chunks of about unit size, which a variance-preserving
 * latent is at every level; latents of other schedules are seen in its coordinates, {@code u = x / |(alpha, sigma)|}, so
 * that guidance acts alike on all of them. Allocates nothing once made.
 */
final class CostGradient {
    private final Cost cost;
    private final NoiseSchedule schedule;
    private final float[] unit;
    private final float[] gradient;

    CostGradient(Cost cost, NoiseSchedule schedule, int latentSize) {
        this.cost = cost;
        this.schedule = schedule;
        this.unit = new float[latentSize];
        this.gradient = new float[latentSize];
    }

    /** What a latent is divided by: 1 on a variance-preserving schedule. */
    double size(double level) {
        return Math.hypot(schedule.alpha(level), schedule.sigma(level));
    }

    /** The gradient by u, {@code [B, H, D]}; this object's own array. */
    float[] at(float[] latent, double level) {
        double factor = 1.0 / size(level);
        for (int i = 0; i < latent.length; i++) {
            unit[i] = (float) (factor * latent[i]);
        }
        cost.gradient(unit, gradient);
        return gradient;
    }
}
