package dev.tactus.policies.bundle;

/**
 * The one way in which a term's numbers enter the network: scale, clip, normalise, in this order and once. Element-wise
 * {@code n = clip(value * scale, clipMin, clipMax) * gain + offset}; an action is taken back by the inverse of the last
 * and the first step.
 *
 * @param scale factor from the physical unit, one per element
 * @param clipMin least scaled value
 * @param clipMax greatest scaled value
 * @param gain factor of the affine normalisation, one per element, never 0
 * @param offset offset of the affine normalisation, one per element
 */
public record Normalisation(double scale, double clipMin, double clipMax, double[] gain, double[] offset) {

    /**
     * Leaves numbers as they are.
     *
     * @param size how many elements
     * @return the identity
     */
    public static Normalisation identity(int size) {
        double[] gain = new double[size];
        java.util.Arrays.fill(gain, 1.0);
        return new Normalisation(1.0, -Double.MAX_VALUE, Double.MAX_VALUE, gain, new double[size]);
    }

    /**
     * A physical number as the network sees it.
     *
     * @param element index within the term
     * @param value the physical number
     * @return the normalised number
     */
    public double apply(int element, double value) {
        return Math.clamp(value * scale, clipMin, clipMax) * gain[element] + offset[element];
    }

    /**
     * A number of the network in physical units.
     *
     * @param element index within the term
     * @param normalised the network's number
     * @return the physical number
     */
    public double invert(int element, double normalised) {
        return (normalised - offset[element]) / gain[element] / scale;
    }
}
