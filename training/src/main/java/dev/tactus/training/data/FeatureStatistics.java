package dev.tactus.training.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Least, greatest, mean and standard deviation of every element of a feature (Welford's recurrence). */
final class FeatureStatistics {
    private final double[] min;
    private final double[] max;
    private final double[] mean;
    private final double[] squares;
    private long count;

    FeatureStatistics(int size) {
        min = new double[size];
        max = new double[size];
        mean = new double[size];
        squares = new double[size];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
    }

    void add(float[] row) {
        count++;
        for (int i = 0; i < row.length; i++) {
            min[i] = Math.min(min[i], row[i]);
            max[i] = Math.max(max[i], row[i]);
            double before = row[i] - mean[i];
            mean[i] += before / count;
            squares[i] += before * (row[i] - mean[i]);
        }
    }

    Map<String, Object> toMap() {
        double[] deviation =
                Arrays.stream(squares).map(s -> Math.sqrt(s / count)).toArray();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("min", min);
        map.put("max", max);
        map.put("mean", mean);
        map.put("std", deviation);
        map.put("count", List.of(count));
        return map;
    }
}
