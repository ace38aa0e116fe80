package dev.tactus.policies.guidance;

import dev.tactus.policies.bundle.ActionTerm;
import dev.tactus.policies.bundle.Normaliser;
import dev.tactus.policies.bundle.PolicySpec;
import dev.tactus.policies.config.ConfigMap;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Part of an action as a guidance file names it: a term, and if not all of it some of its elements. Numbers in the file
 * are in the term's unit, which the file repeats, and become normalised ones here.
 */
final class ActionSelection {
    private static final double ROUND_TRIP = 1e-6;

    private final ActionTerm term;
    private final Normaliser normaliser;
    private final double clip;
    private final int[] columns;

    private ActionSelection(ActionTerm term, Normaliser normaliser, double clip, int[] columns) {
        this.term = term;
        this.clip = clip;
        this.normaliser = normaliser;
        this.columns = columns;
    }

    /** Reads the keys {@code term} and {@code elements}. */
    static ActionSelection read(ConfigMap map, PolicySpec spec) {
        String name = map.text("term");
        int start = 0;
        for (ActionTerm term : spec.actions()) {
            if (term.name().equals(name)) {
                int[] columns = elements(map, term);
                for (int i = 0; i < columns.length; i++) {
                    columns[i] += start;
                }
                return new ActionSelection(
                        term, Normaliser.ofActions(spec), spec.sampling().clipSample(), columns);
            }
            start += term.size();
        }
        throw map.error(
                "term",
                "policy '" + spec.name() + "' commands no '" + name + "'; its action terms are "
                        + spec.actions().stream().map(ActionTerm::name).toList());
    }

    private static int[] elements(ConfigMap map, ActionTerm term) {
        if (!map.has("elements")) {
            return IntStream.range(0, term.size()).toArray();
        }
        double[] numbers = map.numbers("elements");
        for (double number : numbers) {
            if (number != Math.rint(number) || number < 0 || number >= term.size()) {
                throw map.error(
                        "elements",
                        number + " is not one of term '" + term.name() + "', which has 0 to " + (term.size() - 1));
            }
        }
        return Arrays.stream(numbers).mapToInt(number -> (int) number).toArray();
    }

    /** Elements of a row. */
    int[] columns() {
        return columns;
    }

    /** Reads the key {@code unit}, which must be the term's own. */
    ActionSelection inItsUnit(ConfigMap map) {
        String unit = map.text("unit");
        if (!unit.equals(term.unit())) {
            throw map.error(
                    "unit",
                    "'" + unit + "' is not the unit of term '" + term.name() + "'; write '" + term.unit()
                            + "' and numbers in it");
        }
        return this;
    }

    /** Reads a place: a physical number for each element; what the policy cannot command is refused. */
    double[] place(ConfigMap map, String key) {
        double[] physical = bound(map, key);
        for (int i = 0; i < columns.length; i++) {
            double within = Math.clamp(normaliser.apply(columns[i], physical[i]), -clip, clip);
            double back = normaliser.invert(columns[i], within);
            if (Math.abs(back - physical[i]) > ROUND_TRIP * (1.0 + Math.abs(physical[i]))) {
                throw map.error(
                        key,
                        physical[i] + " " + term.unit() + " is more than the policy can command: its term '"
                                + term.name() + "' is clipped to " + back + " there. Choose a place within reach.");
            }
        }
        return normalised(physical);
    }

    /** Reads a number for each element, which may lie beyond what the policy can command. */
    double[] bound(ConfigMap map, String key) {
        double[] physical = map.numbers(key);
        if (physical.length != columns.length) {
            throw map.error(
                    key,
                    physical.length + " numbers for the " + columns.length + " elements of term '" + term.name()
                            + "' that are chosen; write one for each, or choose with elements: [...]");
        }
        return physical;
    }

    /** Physical numbers as the network has them. */
    double[] normalised(double[] physical) {
        double[] normalised = new double[columns.length];
        for (int i = 0; i < columns.length; i++) {
            normalised[i] = normaliser.apply(columns[i], physical[i]);
        }
        return normalised;
    }
}
