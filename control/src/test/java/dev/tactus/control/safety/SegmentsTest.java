package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static double slow(double[] a, double[] b, int steps) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= steps; i++) {
            for (int j = 0; j <= steps; j++) {
                double square = 0;
                for (int k = 0; k < 3; k++) {
                    double d = a[k] + (a[3 + k] - a[k]) * i / steps - b[k] - (b[3 + k] - b[k]) * j / steps;
                    square += d * d;
                }
                least = Math.min(least, Math.sqrt(square));
            }
        }
        return least;
    }

    @Test
    void isTheLeastOfAllPairsOfPoints() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            double[] a = random.doubles(6, -1, 1).toArray();
            double[] b = random.doubles(6, -1, 1).toArray();
            assertEquals(slow(a, b, 200), Segments.distance(a, 0, b, 0), 0.012);
            assertEquals(Segments.distance(a, 0, b, 0), Segments.distance(b, 0, a, 0), 1e-12);
        }
    }

    @Test
    void pointsAndParallelsAreSegmentsToo() {
        double[] point = {0, 0, 2, 0, 0, 2};
        double[] line = {-1, 0, 0, 1, 0, 0};
        double[] beside = {0, 3, 0, 5, 3, 0};
        double[] behind = {4, 0, 0, 9, 0, 0};
        assertEquals(2, Segments.distance(point, 0, line, 0), 1e-12);
        assertEquals(2, Segments.distance(line, 0, point, 0), 1e-12);
        assertEquals(0, Segments.distance(point, 0, point, 0), 1e-12);
        assertEquals(3, Segments.distance(line, 0, beside, 0), 1e-12);
        assertEquals(3, Segments.distance(line, 0, behind, 0), 1e-12);
    }
}
