package dev.tactus.policies.guidance;

import java.util.List;

/** A weighted sum of costs. */
public final class WeightedCosts implements Cost {
    private final Cost[] costs;
    private final double[] weights;

    /**
     * Makes a cost.
     *
     * @param costs at least one, all of chunks of one size
     * @param weights a factor for each
     */
    public WeightedCosts(List<Cost> costs, double... weights) {
        if (costs.isEmpty() || costs.size() != weights.length) {
            throw new IllegalArgumentException(costs.size() + " costs with " + weights.length + " weights");
        }
        this.costs = costs.toArray(new Cost[0]);
        this.weights = weights.clone();
    }

    @Override
    public int chunkSize() {
        return costs[0].chunkSize();
    }

    @Override
    public double value(float[] chunks, int start) {
        double sum = 0.0;
        for (int i = 0; i < costs.length; i++) {
            sum += weights[i] * costs[i].value(chunks, start);
        }
        return sum;
    }

    @Override
    public void addGradient(float[] chunks, int start, double weight, float[] gradient) {
        for (int i = 0; i < costs.length; i++) {
            costs[i].addGradient(chunks, start, weight * weights[i], gradient);
        }
    }
}
