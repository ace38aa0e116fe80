package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointReference;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuinticSegmentTest {
    private static final long START_NS = 5_000_000_000L;
    private static final long LENGTH_NS = 50_000_000L;

    private final QuinticSegment segment = new QuinticSegment(1);
    private final JointReference out = new JointReference(1);
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void meetsBothEndsInPositionVelocityAndAcceleration() {
        for (int i = 0; i < 1000; i++) {
            double[] x = random.doubles(6, -2, 2).toArray();
            segment.span(START_NS, LENGTH_NS);
            segment.connect(0, x[0], x[1], x[2], x[3], x[4], x[5]);
            assertState(START_NS, x[0], x[1], x[2]);
            assertState(START_NS + LENGTH_NS, x[3], x[4], x[5]);
            assertState(START_NS + 2 * LENGTH_NS, x[3], x[4], x[5]);
            assertState(START_NS - 1, x[0], x[1], x[2]);
        }
    }

    @Test
    void restToRestIsTheMinimumJerkMotion() {
        segment.span(START_NS, LENGTH_NS);
        segment.connect(0, 0, 0, 0, 1, 0, 0);
        for (int i = 0; i <= 10; i++) {
            double s = i / 10.0;
            segment.evaluate(START_NS + i * LENGTH_NS / 10, out);
            assertEquals(s * s * s * (10 - 15 * s + 6 * s * s), out.position()[0], 1e-12); // Flash and Hogan 1985
        }
        // Its greatest acceleration is 10 / sqrt(3) d / T^2.
        assertEquals(10 / Math.sqrt(3) / 0.05 / 0.05, segment.peakAcceleration(0), 1e-6);
    }

    @Test
    void peakAccelerationIsThatOfADenseSearch() {
        for (int i = 0; i < 200; i++) {
            double[] x = random.doubles(6, -1, 1).toArray();
            segment.span(START_NS, LENGTH_NS);
            if (i % 2 == 0) {
                segment.connect(0, x[0], x[1], x[2], x[3], x[4], x[5]);
            } else {
                segment.stop(0, x[0], x[1], x[2]);
            }
            double searched = 0;
            for (int k = 0; k <= 5000; k++) {
                segment.evaluate(START_NS + k * LENGTH_NS / 5000, out);
                searched = Math.max(searched, Math.abs(out.acceleration()[0]));
            }
            double peak = segment.peakAcceleration(0);
            assertTrue(peak >= searched * (1 - 1e-12));
            assertEquals(searched, peak, 1e-5 * peak);
        }
    }

    @Test
    void peakJerkIsThatOfADenseSearch() {
        double step = LENGTH_NS * 1e-9 / 5000;
        for (int i = 0; i < 200; i++) {
            double[] x = random.doubles(6, -1, 1).toArray();
            segment.span(START_NS, LENGTH_NS);
            if (i % 2 == 0) {
                segment.connect(0, x[0], x[1], x[2], x[3], x[4], x[5]);
            } else {
                segment.stop(0, x[0], x[1], x[2]);
            }
            double searched = 0;
            double before = x[2];
            for (int k = 1; k <= 5000; k++) {
                segment.evaluate(START_NS + k * LENGTH_NS / 5000, out);
                searched = Math.max(searched, Math.abs(out.acceleration()[0] - before) / step);
                before = out.acceleration()[0];
            }
            assertEquals(searched, segment.peakJerk(0), 2e-3 * searched);
        }
        segment.connect(0, 0, 0, 0, 1, 0, 0);
        // Rest to rest, its greatest jerk is 60 d / T^3, at the ends.
        assertEquals(60 / Math.pow(0.05, 3), segment.peakJerk(0), 1e-3);
    }

    @Test
    void aStopEndsAtRest() {
        segment.span(START_NS, LENGTH_NS);
        segment.stop(0, 0.3, 1.5, -4);
        assertState(START_NS, 0.3, 1.5, -4);
        segment.evaluate(START_NS + LENGTH_NS, out);
        assertEquals(0, out.velocity()[0], 1e-12);
        assertEquals(0, out.acceleration()[0], 1e-10);
    }

    private void assertState(long nowNs, double q, double v, double a) {
        segment.evaluate(nowNs, out);
        assertEquals(q, out.position()[0], 1e-12);
        assertEquals(v, out.velocity()[0], 1e-10);
        assertEquals(a, out.acceleration()[0], 1e-8);
    }
}
