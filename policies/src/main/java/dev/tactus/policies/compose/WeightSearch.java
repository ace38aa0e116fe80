package dev.tactus.policies.compose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Chooses the weights of a convex composition by trying every one on a grid (Cao et al., Compose Your Policies: steps of
 * 0.1). The metric may be as expensive as closed-loop failures in simulation, or as cheap as {@link ScoreError}. Not for
 * the real-time path.
 */
public final class WeightSearch {
    private WeightSearch() {}

    /**
     * Weights that were tried.
     *
     * @param weights one a parent, 0 or more, their sum 1
     * @param metric what they gave
     */
    public record Trial(List<Double> weights, double metric) {}

    /**
     * Tries the whole grid.
     *
     * @param parents how many policies are composed
     * @param divisions how many steps from 0 to 1; 10 in the paper
     * @param metric of weights, what is to become small: a rate of failures, a score error
     * @return all trials, best first
     */
    public static List<Trial> grid(int parents, int divisions, ToDoubleFunction<double[]> metric) {
        if (parents < 1 || divisions < 1) {
            throw new IllegalArgumentException(parents + " parents, " + divisions + " divisions");
        }
        List<Trial> trials = new ArrayList<>();
        visit(new int[parents], 0, divisions, divisions, metric, trials);
        trials.sort(Comparator.comparingDouble(Trial::metric));
        return trials;
    }

    private static void visit(
            int[] parts, int at, int left, int divisions, ToDoubleFunction<double[]> metric, List<Trial> trials) {
        if (at == parts.length - 1) {
            parts[at] = left;
            double[] weights = new double[parts.length];
            List<Double> listed = new ArrayList<>();
            for (int i = 0; i < parts.length; i++) {
                weights[i] = (double) parts[i] / divisions;
                listed.add(weights[i]);
            }
            trials.add(new Trial(listed, metric.applyAsDouble(weights)));
            return;
        }
        for (int part = 0; part <= left; part++) {
            parts[at] = part;
            visit(parts, at + 1, left - part, divisions, metric, trials);
        }
    }
}
