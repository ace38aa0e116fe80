package dev.tactus.policies.compose;

import dev.tactus.policies.schedule.NoiseSchedule;

/** Fixed weights; counts the levels of a descent, because one parent may answer alone in the first of them. */
final class LinearWeighting implements Weighting {
    private final NoiseSchedule schedule;
    private final Operator.Linear operator;
    private final double[] weights;
    private double lambda = Double.POSITIVE_INFINITY;
    private int step;

    LinearWeighting(NoiseSchedule schedule, Operator.Linear operator) {
        this.schedule = schedule;
        this.operator = operator;
        this.weights = operator.weights();
    }

    @Override
    public void enter(double level, float[] latent) {
        double now = schedule.logSnr(level);
        step = now < lambda ? 0 : now > lambda ? step + 1 : step;
        lambda = now;
    }

    @Override
    public boolean needs(int parent) {
        return weight(0, parent) != 0.0;
    }

    @Override
    public void answered(double level) {}

    @Override
    public double weight(int chunk, int parent) {
        if (step < operator.leadSteps()) {
            return parent == operator.lead() ? 1.0 : 0.0;
        }
        return weights[parent];
    }
}
