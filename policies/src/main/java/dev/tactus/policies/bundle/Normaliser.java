package dev.tactus.policies.bundle;

import java.util.List;

/**
 * The normalisations of all terms of an observation or an action, flattened into one vector in term order. Immutable;
 * its methods allocate nothing.
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
                clipMin[at] = term.clipMin();
                clipMax[at] = term.clipMax();
                gain[at] = term.gain()[i];
                offset[at] = term.offset()[i];
            }
        }
    }

    /**
     * For observations.
     *
     * @param spec the policy
     * @return the normaliser of one observation
     */
    public static Normaliser ofObservations(PolicySpec spec) {
        return new Normaliser(
                spec.observations().stream().map(ObservationTerm::normalisation).toList());
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
        return (normalised - offset[element]) / gain[element] / scale[element];
    }

    /**
     * Normalises one or several vectors.
     *
     * @param physical vectors one after the other
     * @param normalised receives them
     * @return how many elements were clipped
     */
    public int apply(float[] physical, float[] normalised) {
        int clipped = 0;
        for (int start = 0; start < physical.length; start += gain.length) {
            for (int i = 0; i < gain.length; i++) {
                double scaled = physical[start + i] * scale[i];
                clipped += scaled < clipMin[i] || scaled > clipMax[i] ? 1 : 0;
                normalised[start + i] = (float) apply(i, physical[start + i]);
            }
        }
        return clipped;
    }
}
