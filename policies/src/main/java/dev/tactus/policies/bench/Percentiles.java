package dev.tactus.policies.bench;

import java.util.Arrays;

/** Order statistics of a few thousand numbers. */
public final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Sorts a copy.
     *
     * @param values at least one
     * @return their order statistics
     */
    public static Percentiles of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /**
     * The middle, or the mean of the two in the middle.
     *
     * @return the median
     */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The least number that at least {@code percent} of all do not exceed (nearest rank). */
    double at(double percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.clamp(rank, 1, sorted.length) - 1];
    }

    double greatest() {
        return sorted[sorted.length - 1];
    }
}
