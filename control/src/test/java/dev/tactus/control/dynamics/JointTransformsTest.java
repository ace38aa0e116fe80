package dev.tactus.control.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JointTransformsTest {
    @Test
    void sineAndCosineAreThoseOfTheLibrary() {
        SplittableRandom random = new SplittableRandom(1);
        double[] out = new double[2];
        for (int n = 0; n < 200_000; n++) {
            double largest = n % 2 == 0 ? 4 : 1e5;
            double angle = n < 400 ? (n - 200) * Math.PI / 4 : largest * (2 * random.nextDouble() - 1);
            JointTransforms.sineCosine(angle, out, 0);
            assertEquals(StrictMath.sin(angle), out[0], 3e-16, "sine of " + angle);
            assertEquals(StrictMath.cos(angle), out[1], 3e-16, "cosine of " + angle);
        }
    }

    @Test
    void anglesOfAnySizeTurnTheBody() {
        JointTransforms transforms =
                new JointTransforms(Golden.read("franka_fr3").model());
        double[] q = new double[7];
        for (double angle : new double[] {1e5 + 1, -3e9, 1e300}) {
            q[0] = angle;
            transforms.update(q);
            assertEquals(Math.cos(angle), transforms.values[JointTransforms.STRIDE], 1e-12);
        }
        q[0] = Double.NaN;
        transforms.update(q);
        assertTrue(Double.isNaN(transforms.values[JointTransforms.STRIDE]));
    }
}
