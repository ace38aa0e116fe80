package dev.tactus.control.dynamics;

import dev.tactus.control.kinematics.Rotations;
import java.util.Arrays;

/** Where every body stands in its parent, and the base in the world: rotation by rows and translation, twelve doubles. */
final class JointTransforms {
    static final int STRIDE = 12;

    /** Beyond this the reduction by whole quarter turns loses digits, and the library's functions take over. */
    private static final double LARGEST_ANGLE = 1e5;

    private static final double QUARTERS = 2 / Math.PI;
    /** pi / 2 in three parts of 33, 33 and 53 bits, so that products with a quarter's number are exact. */
    private static final double QUARTER_1 = 0x1.921fb544p0;

    private static final double QUARTER_2 = 0x1.0b4611a6p-34;
    private static final double QUARTER_3 = 0x1.3198a2e037073p-69;

    final double[] values;
    private final double[] turns;
    private final MultibodyModel model;

    JointTransforms(MultibodyModel model) {
        this.model = model;
        values = new double[STRIDE * model.bodies];
        turns = new double[2 * model.bodies];
        for (int k = 0; k < 3; k++) {
            values[4 * k] = 1;
        }
    }

    void update(double[] q) {
        if (model.floating) {
            placeBase(q);
        }
        turn(q);
        double[] constants = model.constants;
        double[] turns = this.turns;
        double[] values = this.values;
        boolean[] slides = model.slides;
        for (int body = 1; body < slides.length; body++) {
            int from = MultibodyModel.STRIDE * body;
            int to = STRIDE * body;
            double s = turns[2 * body];
            double c = turns[2 * body + 1];
            double slide = slides[body] ? s : 0;
            s = slides[body] ? 0 : s;
            c = slides[body] ? 1 : c;
            for (int row = 0; row < 3; row++) {
                double x = constants[from + 3 * row];
                double y = constants[from + 3 * row + 1];
                double z = constants[from + 3 * row + 2];
                values[to + 3 * row] = c * x + s * y;
                values[to + 3 * row + 1] = c * y - s * x;
                values[to + 3 * row + 2] = z;
                values[to + 9 + row] = constants[from + MultibodyModel.TRANSLATION + row] + slide * z;
            }
        }
    }

    /** A quaternion without a direction makes everything that follows from it not a number, instead of old. */
    private void placeBase(double[] q) {
        if (!Rotations.fromQuaternionXyzw(q, 3, values)) {
            Arrays.fill(values, 0, 9, Double.NaN);
        }
        System.arraycopy(q, 0, values, 9, 3);
    }

    /** Sine and cosine of every angle; the position of a joint that slides. */
    private void turn(double[] q) {
        double[] turns = this.turns;
        int[] inQ = model.inQ;
        boolean[] slides = model.slides;
        for (int body = 1; body < inQ.length; body++) {
            double angle = q[inQ[body]];
            if (slides[body]) {
                turns[2 * body] = angle;
            } else if (Math.abs(angle) <= LARGEST_ANGLE) {
                sineCosine(angle, turns, 2 * body);
            } else {
                turns[2 * body] = Math.sin(angle);
                turns[2 * body + 1] = Math.cos(angle);
            }
        }
    }

    /**
     * Both at once, to the last bit or two: within an eighth turn of the nearest quarter, Taylor's series to x^17.
     *
     * @param angle rad, at most {@link #LARGEST_ANGLE}
     * @param out receives sine, then cosine
     * @param at where they go
     */
    static void sineCosine(double angle, double[] out, int at) {
        double quarters = Math.rint(angle * QUARTERS);
        double x = ((angle - quarters * QUARTER_1) - quarters * QUARTER_2) - quarters * QUARTER_3;
        double z = x * x;
        double w = z * z;
        double sine = x
                + x
                        * z
                        * ((-1.0 / 6 + z * (1.0 / 120))
                                + w
                                        * ((-1.0 / 5040 + z * (1.0 / 362880))
                                                + w
                                                        * ((-1.0 / 39916800 + z * (1.0 / 6227020800.0))
                                                                + w
                                                                        * (-1.0 / 1307674368000.0
                                                                                + z * (1.0 / 355687428096000.0)))));
        double cosine = (1 - z * (1.0 / 2))
                + w
                        * ((1.0 / 24 - z * (1.0 / 720))
                                + w
                                        * ((1.0 / 40320 - z * (1.0 / 3628800))
                                                + w
                                                        * ((1.0 / 479001600 - z * (1.0 / 87178291200.0))
                                                                + w * (1.0 / 20922789888000.0))));
        int quarter = (int) quarters;
        double sign = 1 - (quarter & 2);
        boolean odd = (quarter & 1) != 0;
        out[at] = sign * (odd ? cosine : sine);
        out[at + 1] = sign * (odd ? -sine : cosine);
    }
}
