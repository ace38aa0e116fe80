package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TorqueLimiterTest {
    private static final double DT = 1e-3;
    private static final double[] GREATEST = {87, 87, 87, 87, 12, 12, 12}; // FR3 datasheet
    private static final double STEP = 1.0; // 1000 Nm/s over 1 ms

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final InterventionCounters counters = new InterventionCounters();
    private final TorqueLimiter limiter = new TorqueLimiter(robot.joints(), counters);
    private final double[] effort = new double[7];

    @Test
    void adversarialTorquesNeverLeaveTheLimits() {
        var random = new SplittableRandom(7);
        double[] absurd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300};
        double[] last = new double[7];
        for (int cycle = 0; cycle < 100_000; cycle++) {
            for (int joint = 0; joint < 7; joint++) {
                effort[joint] = random.nextInt(8) == 0 ? absurd[random.nextInt(5)] : random.nextDouble(-200, 200);
            }
            limiter.limit(effort, DT);
            for (int joint = 0; joint < 7; joint++) {
                assertTrue(Math.abs(effort[joint]) <= GREATEST[joint]);
                assertEquals(last[joint], effort[joint], STEP + 1e-12);
                last[joint] = effort[joint];
            }
        }
        assertTrue(counters.get(Intervention.TORQUE) > 0);
        assertTrue(counters.get(Intervention.TORQUE_RATE) > 0);
        assertTrue(counters.get(Intervention.NON_FINITE) > 0);
    }

    @Test
    void torquesWithinLimitsPassToTheBit() {
        for (int cycle = 0; cycle < 10_000; cycle++) {
            double[] wanted = new double[7];
            for (int joint = 0; joint < 7; joint++) {
                wanted[joint] = 0.9 * GREATEST[joint] * Math.sin(cycle * 0.01);
            }
            System.arraycopy(wanted, 0, effort, 0, 7);
            limiter.limit(effort, DT);
            assertArrayEquals(wanted, effort);
        }
        assertEquals(0, counters.total());
    }

    @Test
    void torquesThatAreNotFiniteFadeToZero() {
        for (int cycle = 0; cycle < 20; cycle++) {
            java.util.Arrays.fill(effort, 10);
            limiter.limit(effort, DT);
        }
        assertEquals(10, effort[0]);
        for (int cycle = 1; cycle <= 12; cycle++) {
            java.util.Arrays.fill(effort, Double.NaN);
            limiter.limit(effort, DT);
            assertEquals(Math.max(0, 10 - cycle), effort[0], 1e-12);
        }
        assertEquals(12 * 7, counters.get(Intervention.NON_FINITE));
    }
}
