package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.RobotCatalogue;
import org.junit.jupiter.api.Test;

/** The closed form of the braking envelope against a search over where the braking motion comes along. */
class BrakingEnvelopeTest {
    private static final int GRID = 20_000;

    @Test
    void closedFormEqualsSearchOnEveryJoint() {
        for (JointConfig joint : RobotCatalogue.load("franka_fr3").joints()) {
            JointLimits limits = joint.limits();
            var envelope = new BrakingEnvelope(limits, limits.deceleration());
            for (int i = 0; i <= 50; i++) {
                double q = limits.positionMin() + (limits.positionMax() - limits.positionMin()) * i / 50;
                assertEquals(searched(limits, q), envelope.upper(q), 2e-3, joint.name() + " at " + q);
                assertTrue(envelope.upper(q) <= limits.velocityMax(q) + 1e-12);
                assertTrue(envelope.lower(q) >= limits.velocityMin(q) - 1e-12);
            }
        }
    }

    private static double searched(JointLimits limits, double q) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double ahead = q + (limits.positionMax() - q) * i / GRID;
            double v = i == GRID ? 0 : limits.velocityMax(ahead);
            least = Math.min(least, v * v + 2 * limits.deceleration() * (ahead - q));
        }
        return Math.sqrt(least);
    }
}
