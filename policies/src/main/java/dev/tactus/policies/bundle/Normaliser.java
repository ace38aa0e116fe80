package dev.tactus.policies.bundle;

import java.util.List;

/**
 * The normalisations of all terms of an action, flattened into one vector in term order. Immutable; its methods
 * allocate nothing. {@link ConditionVector} is its counterpart for observations.
 */
public final class Normaliser {
    private final double[] scale;
    private final double[] clipMin;
    private final double[] clipMax;
    private final double[] gain;
    private final double[] offset;

    private Normaliser(List<Normalisation> terms) {
        int size = terms.stream().mapToInt(term -> term.gain().length).sum();
        scale = new double[size];
        clipMin = new double[size];
        clipMax = new double[size];
        gain = new double[size];
        offset = new double[size];
        int at = 0;
        for (Normalisation term : terms) {
            for (int i = 0; i < term.gain().length; i++, at++) {
                scale[at] = term.scale();
                clipMin[at] = term.clipMin()[i];
                clipMax[at] = term.clipMax()[i];
                gain[at] = term.gain()[i];
                offset[at] = term.offset()[i];
            }
        }
    }

    /**
     * For actions.
     *
     * @param spec the policy
     * @return the normaliser of one action
     */
    public static Normaliser ofActions(PolicySpec spec) {
        return new Normaliser(
                spec.actions().stream().map(ActionTerm::normalisation).toList());
    }

    /**
     * Elements of a vector.
     *
     * @return elements
     */
    public int size() {
        return gain.length;
    }

    /**
     * A physical number as the network sees it.
     *
     * @param element its index in the vector
     * @param value the physical number
     * @return the normalised number
     */
    public double apply(int element, double value) {
        return Math.clamp(value * scale[element], clipMin[element], clipMax[element]) * gain[element] + offset[element];
    }

    /**
     * A number of the network in physical units.
     *
     * @param element its index in the vector
     * @param normalised the network's number
     * @return the physical number
     */
    public double invert(int element, double normalised) {
        double scaled = (normalised - offset[element]) / gain[element];
        return Math.clamp(scaled, clipMin[element], clipMax[element]) / scale[element];
    }

    /**
     * Whether a number of the network lies so far outside the bounds that the bundle declares for it that clipping would
     * not mend it: beyond one of them by more than half their width. A sampler overshoots a bound by per cents.
     *
     * @param element its index in the vector
     * @param normalised the network's number
     * @return whether it does; never for an element without bounds
     */
    public boolean strays(int element, double normalised) {
        double scaled = (normalised - offset[element]) / gain[element];
        double allowed = 0.5 * clipMax[element] - 0.5 * clipMin[element];
        return scaled - clipMax[element] > allowed || clipMin[element] - scaled > allowed;
    }
}
