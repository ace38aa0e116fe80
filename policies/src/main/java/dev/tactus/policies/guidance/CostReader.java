package dev.tactus.policies.guidance;

import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;

/** Reads objectives and costs of a guidance file. */
final class CostReader {
    private final PolicySpec spec;
    private final ChunkLayout layout;

    CostReader(PolicySpec spec) {
        this.spec = spec;
        this.layout = new ChunkLayout(spec.horizon(), spec.actionSize(), spec.firstActionRow());
    }

    private enum Shape {
        POINT,
        PATH,
        NUDGE,
        BOUNDS,
        SMOOTHNESS
    }

    ChunkLayout layout() {
        return layout;
    }

    /** One objective. */
    Cost read(ConfigMap map) {
        Shape shape = map.choice("shape", Shape.class);
        ActionSelection selection = ActionSelection.read(map, spec);
        return switch (shape) {
            case POINT ->
                TrackingCost.point(
                        layout, selection.columns(), selection.inItsUnit(map).place(map, "at"));
            case PATH -> TrackingCost.path(layout, selection.columns(), points(map, selection, Integer.MAX_VALUE));
            case NUDGE -> TrackingCost.nudge(layout, selection.columns(), points(map, selection, layout.rows()));
            case BOUNDS -> bounds(map, selection);
            case SMOOTHNESS -> new SmoothnessCost(layout, selection.columns());
        };
    }

    /** A sum of costs with weights. */
    Cost sum(ConfigMap map, String key) {
        List<Cost> costs = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (ConfigMap entry : map.maps(key)) {
            weights.add(entry.number("weight", 0.0, Double.MAX_VALUE));
            costs.add(read(entry));
            entry.rejectUnknownKeys();
        }
        if (costs.isEmpty()) {
            throw map.error(key, "is empty; name at least one cost");
        }
        return new WeightedCosts(
                costs, weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Points in the order of the file, at least one. */
    double[][] points(ConfigMap map, ActionSelection selection, int most) {
        selection.inItsUnit(map);
        List<double[]> points = new ArrayList<>();
        for (ConfigMap point : map.maps("points")) {
            points.add(selection.place(point, "at"));
            point.rejectUnknownKeys();
        }
        if (points.isEmpty() || points.size() > most) {
            throw map.error("points", points.size() + " points; 1 to " + most + " are allowed");
        }
        return points.toArray(new double[0][]);
    }

    private Cost bounds(ConfigMap map, ActionSelection selection) {
        selection.inItsUnit(map);
        double[] lower = selection.bound(map, "lower");
        double[] upper = selection.bound(map, "upper");
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] > upper[i]) {
                throw map.error("upper", upper[i] + " is below lower " + lower[i] + "; exchange them");
            }
        }
        double[] one = selection.normalised(lower);
        double[] other = selection.normalised(upper);
        for (int i = 0; i < one.length; i++) { // a negative gain turns an interval round
            double least = Math.min(one[i], other[i]);
            other[i] = Math.max(one[i], other[i]);
            one[i] = least;
        }
        return new BoundsCost(layout, selection.columns(), one, other);
    }
}
