package dev.tactus.control.model;

import dev.tactus.policies.config.ConfigMap;
import dev.tactus.policies.config.Unit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads single figures of a {@code robot.yaml}: signs, ranges, not_applicable, and the source that each must cite. */
final class FigureReader {
    private static final String NOT_APPLICABLE = "not_applicable";

    private final Map<String, String> sources = new LinkedHashMap<>();

    FigureReader(ConfigMap sources) {
        for (String key : sources.keys()) {
            this.sources.put(key, sources.text(key));
        }
    }

    Map<String, String> sources() {
        return sources;
    }

    /** The short name of a source, checked to be one of the file's. */
    String source(ConfigMap map) {
        String source = map.text("source");
        requireKnown(map, "source", source);
        return source;
    }

    void requireKnown(ConfigMap map, String key, String source) {
        if (!sources.containsKey(source)) {
            throw map.error(
                    key,
                    "'" + source + "' is not among the sources of this file: " + String.join(", ", sources.keySet()));
        }
    }

    /** A mapping with a positive max and its source. */
    double max(ConfigMap map, Unit unit) {
        source(map);
        double value = positive(map, "max", unit);
        map.rejectUnknownKeys();
        return value;
    }

    /** The same, where a maker may publish none. */
    OptionalDouble maxIfApplicable(ConfigMap map, Unit unit) {
        source(map);
        OptionalDouble value = positiveIfApplicable(map, "max", unit);
        map.rejectUnknownKeys();
        return value;
    }

    static OptionalDouble positiveIfApplicable(ConfigMap map, String key, Unit unit) {
        return map.text(key).equals(NOT_APPLICABLE)
                ? OptionalDouble.empty()
                : OptionalDouble.of(positive(map, key, unit));
    }

    static double[] range(ConfigMap map, Unit unit) {
        double min = map.quantity("min", unit);
        double max = map.quantity("max", unit);
        if (min >= max) {
            throw map.error("max", max + " " + unit.symbol() + " must be greater than min, " + min);
        }
        return new double[] {min, max};
    }

    static double positive(ConfigMap map, String key, Unit unit) {
        double value = map.quantity(key, unit);
        if (value <= 0) {
            throw map.error(key, value + " " + unit.symbol() + " is not allowed; it must be greater than zero");
        }
        return value;
    }

    static double notNegative(ConfigMap map, String key, Unit unit) {
        double value = map.quantity(key, unit);
        if (value < 0) {
            throw map.error(key, value + " " + unit.symbol() + " is not allowed; it must not be negative");
        }
        return value;
    }

    static double[] notNegative(ConfigMap map, String key, Unit unit, int size) {
        double[] values = map.quantities(key, unit, size);
        for (double value : values) {
            if (value < 0) {
                throw map.error(key, value + " " + unit.symbol() + " is not allowed; it must not be negative");
            }
        }
        return values;
    }

    static long nanoseconds(ConfigMap map, String key, Unit unit) {
        double scale = unit == Unit.MILLISECOND ? 1e6 : 1e9;
        return Math.round(positive(map, key, unit) * scale);
    }
}
