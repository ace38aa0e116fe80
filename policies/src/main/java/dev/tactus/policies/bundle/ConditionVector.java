package dev.tactus.policies.bundle;

import dev.tactus.policies.bundle.NetworkSpec.Condition;
import dev.tactus.policies.bundle.NetworkSpec.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a network's condition out of a window of observations: every term with its own history, normalised, laid out
 * input by input as {@code policy.yaml} says. The condition inputs are slices of it in their order. Immutable; its
 * methods allocate nothing.
 */
public final class ConditionVector {
    private final int windowSize;
    private final int[] source;
    private final boolean[] nullable;
    private final double[] scale;
    private final double[] clipMin;
    private final double[] clipMax;
    private final double[] gain;
    private final double[] offset;

    /**
     * Makes the layout of a policy.
     *
     * @param spec the policy
     */
    public ConditionVector(PolicySpec spec) {
        List<Element> elements = new ArrayList<>();
        for (Condition input : spec.network().conditions()) {
            List<ObservationTerm> terms =
                    input.terms().stream().map(spec::observation).toList();
            if (input.layout() == Layout.TERM_MAJOR) {
                terms.forEach(term -> {
                    for (int step = 0; step < term.history(); step++) {
                        add(elements, spec, term, step);
                    }
                });
            } else {
                for (int step = 0; step < terms.getFirst().history(); step++) {
                    for (ObservationTerm term : terms) {
                        add(elements, spec, term, step);
                    }
                }
            }
        }
        windowSize = spec.windowSteps() * spec.observationSize();
        source = elements.stream().mapToInt(Element::source).toArray();
        nullable = new boolean[source.length];
        scale = new double[source.length];
        clipMin = new double[source.length];
        clipMax = new double[source.length];
        gain = new double[source.length];
        offset = new double[source.length];
        for (int i = 0; i < source.length; i++) {
            Normalisation normalisation = elements.get(i).term().normalisation();
            int index = elements.get(i).index();
            nullable[i] = spec.nullTerms().contains(elements.get(i).term().name());
            scale[i] = normalisation.scale();
            clipMin[i] = normalisation.clipMin()[index];
            clipMax[i] = normalisation.clipMax()[index];
            gain[i] = normalisation.gain()[index];
            offset[i] = normalisation.offset()[index];
        }
    }

    /** One number of the condition: element {@code index} of a term, at a place in the window. */
    private record Element(ObservationTerm term, int index, int source) {}

    private static void add(List<Element> elements, PolicySpec spec, ObservationTerm term, int step) {
        int row = spec.windowSteps() - term.history() + step;
        int start = row * spec.observationSize();
        for (ObservationTerm before : spec.observations()) {
            if (before.name().equals(term.name())) {
                break;
            }
            start += before.size();
        }
        for (int i = 0; i < term.size(); i++) {
            elements.add(new Element(term, i, start + i));
        }
    }

    /**
     * Elements of the condition.
     *
     * @return C
     */
    public int size() {
        return source.length;
    }

    /**
     * Elements of the window that it is made of.
     *
     * @return steps of the window times the size of an observation
     */
    public int windowSize() {
        return windowSize;
    }

    /**
     * Makes a condition.
     *
     * @param window {@code [window steps][observation size]} in physical units, oldest first; not changed
     * @param condition receives {@code [C]}
     * @return how many elements were clipped
     */
    public int fill(float[] window, float[] condition) {
        int clipped = 0;
        for (int i = 0; i < source.length; i++) {
            double scaled = window[source[i]] * scale[i];
            clipped += scaled < clipMin[i] || scaled > clipMax[i] ? 1 : 0;
            condition[i] = (float) (Math.clamp(scaled, clipMin[i], clipMax[i]) * gain[i] + offset[i]);
        }
        return clipped;
    }

    /**
     * The condition of an unconditional evaluation: the same with zeros where the policy's null terms stand.
     *
     * @param condition {@code [C]}; not changed
     * @param unconditional receives {@code [C]}
     */
    public void fillUnconditional(float[] condition, float[] unconditional) {
        for (int i = 0; i < source.length; i++) {
            unconditional[i] = nullable[i] ? 0.0f : condition[i];
        }
    }
}
