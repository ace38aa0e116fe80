package dev.tactus.policies.bundle;

import java.util.Arrays;

/**
 * The one way in which a term's numbers enter the network: scale, clip, normalise, in this order and once. Element-wise
 * {@code n = clip(value * scale, clipMin, clipMax) * gain + offset}. An action is taken back by the inverse steps in
 * inverse order, with the same clip: {@code value = clip((n - offset) / gain, clipMin, clipMax) / scale}.
 *
 * @param scale factor from the physical unit
 * @param clipMin least scaled value, one per element; {@code -Double.MAX_VALUE} for none
 * @param clipMax greatest scaled value, one per element; {@code Double.MAX_VALUE} for none
 * @param gain factor of the affine normalisation, one per element, never 0
 * @param offset offset of the affine normalisation, one per element
 */
public record Normalisation(double scale, double[] clipMin, double[] clipMax, double[] gain, double[] offset) {

    /**
     * A normalisation with the same clip for every element.
     *
     * @param scale factor from the physical unit
     * @param clipMin least scaled value
     * @param clipMax greatest scaled value
     * @param gain factor of the affine normalisation, one per element, never 0
     * @param offset offset of the affine normalisation, one per element
     */
    public Normalisation(double scale, double clipMin, double clipMax, double[] gain, double[] offset) {
        this(scale, filled(clipMin, gain.length), filled(clipMax, gain.length), gain, offset);
    }

    /**
     * Leaves numbers as they are.
     *
     * @param size how many elements
     * @return the identity
     */
    public static Normalisation identity(int size) {
        return new Normalisation(1.0, -Double.MAX_VALUE, Double.MAX_VALUE, filled(1.0, size), new double[size]);
    }

    /**
     * A physical number as the network sees it.
     *
     * @param element index within the term
     * @param value the physical number
     * @return the normalised number
     */
    public double apply(int element, double value) {
        return Math.clamp(value * scale, clipMin[element], clipMax[element]) * gain[element] + offset[element];
    }

    /**
     * A number of the network in physical units.
     *
     * @param element index within the term
     * @param normalised the network's number
     * @return the physical number
     */
    public double invert(int element, double normalised) {
        return Math.clamp((normalised - offset[element]) / gain[element], clipMin[element], clipMax[element]) / scale;
    }

    private static double[] filled(double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }
}
