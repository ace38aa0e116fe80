package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the limit filter issues on an FR3, against limits that are computed here from the robot's own table. */
class LimitFilterTest {
    private static final double DT = 1e-3;
    private static final double ROUNDING = 1e-8;

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final int joints = robot.joints().size();
    private final InterventionCounters counters = new InterventionCounters();
    private final LimitFilter filter = new LimitFilter(robot.joints(), counters);
    private final double[] home =
            robot.joints().stream().mapToDouble(JointConfig::home).toArray();
    private final JointReference reference = new JointReference(joints);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void adversarialReferencesNeverLeaveTheLimits(long seed) {
        var adversary = new AdversarialReferences(seed, home);
        assertTrue(filter.reset(home, 0));
        double[] q = home.clone();
        double[] v = new double[joints];
        double[] firstDifference = new double[joints];
        for (int cycle = 0; cycle < 100_000; cycle++) {
            adversary.next(reference);
            filter.limit(reference, DT);
            for (int joint = 0; joint < joints; joint++) {
                assertWithinLimits(joint, cycle, q, v, firstDifference);
            }
        }
        assertTrue(counters.get(Intervention.POSITION) > 0);
        assertTrue(counters.get(Intervention.VELOCITY) > 0);
        assertTrue(counters.get(Intervention.ACCELERATION) > 0);
        assertTrue(counters.get(Intervention.NON_FINITE) > 0);
    }

    private void assertWithinLimits(int joint, int cycle, double[] q, double[] v, double[] firstDifference) {
        JointLimits limits = robot.joints().get(joint).limits();
        double a = limits.acceleration().orElseThrow();
        double issued = reference.position()[joint];
        double speed = reference.velocity()[joint];
        String where = "joint " + (joint + 1) + ", cycle " + cycle;
        assertTrue(issued >= limits.positionMin() && issued <= limits.positionMax(), () -> where + ": q " + issued);
        assertTrue(speed <= limits.velocityMax(issued) + ROUNDING, () -> where + ": v " + speed + " at " + issued);
        assertTrue(speed >= limits.velocityMin(issued) - ROUNDING, () -> where + ": v " + speed + " at " + issued);
        assertEquals(0, speed - v[joint], a * DT + ROUNDING, () -> where + ": step of velocity");
        // Positions alone, as the robot's own check sees them.
        double difference = (issued - q[joint]) / DT;
        assertEquals(0, difference - firstDifference[joint], a * DT + ROUNDING, () -> where + ": second difference");
        assertTrue(Math.abs(difference) <= limits.velocity() + ROUNDING, () -> where + ": difference " + difference);
        assertTrue(Math.abs(reference.acceleration()[joint]) <= a + ROUNDING, () -> where + ": acceleration");
        q[joint] = issued;
        v[joint] = speed;
        firstDifference[joint] = difference;
    }

    @Test
    void irregularCyclesNeverLeaveThePositionLimits() {
        var adversary = new AdversarialReferences(4, home);
        var random = new SplittableRandom(5);
        assertTrue(filter.reset(home, 0));
        for (int cycle = 0; cycle < 50_000; cycle++) {
            adversary.next(reference);
            filter.limit(reference, DT * (0.1 + 4.9 * random.nextDouble()));
            for (int joint = 0; joint < joints; joint++) {
                JointLimits limits = robot.joints().get(joint).limits();
                double issued = reference.position()[joint];
                assertTrue(issued >= limits.positionMin() && issued <= limits.positionMax());
                assertTrue(reference.velocity()[joint] <= limits.velocityMax(issued) + ROUNDING);
                assertTrue(reference.velocity()[joint] >= limits.velocityMin(issued) - ROUNDING);
            }
        }
    }

    @Test
    void feasibleReferencesPassToTheBit() {
        assertTrue(filter.reset(home, 0));
        double[] q = new double[joints];
        double[] v = new double[joints];
        double[] a = new double[joints];
        for (int cycle = 1; cycle <= 20_000; cycle++) {
            double t = cycle * DT;
            double ramp = Math.min(1, t);
            for (int joint = 0; joint < joints; joint++) {
                // Rest to 0.4 rad amplitude within a second, then a sine of up to 4.7 rad/s2.
                double w = 2 + 0.2 * joint;
                double envelope = ramp * ramp * ramp * (10 - 15 * ramp + 6 * ramp * ramp);
                double slope = t < 1 ? 30 * ramp * ramp * (1 - ramp) * (1 - ramp) : 0;
                double bend = t < 1 ? 60 * ramp * (1 - ramp) * (1 - 2 * ramp) : 0;
                double size = 0.4;
                double sine = Math.sin(w * t);
                double cosine = Math.cos(w * t);
                q[joint] = home[joint] + size * envelope * sine;
                v[joint] = size * (slope * sine + envelope * w * cosine);
                a[joint] = size * (bend * sine + 2 * slope * w * cosine - envelope * w * w * sine);
            }
            System.arraycopy(q, 0, reference.position(), 0, joints);
            System.arraycopy(v, 0, reference.velocity(), 0, joints);
            System.arraycopy(a, 0, reference.acceleration(), 0, joints);
            filter.limit(reference, DT);
            assertArrayEquals(q, reference.position());
            assertArrayEquals(v, reference.velocity());
            assertArrayEquals(a, reference.acceleration());
        }
        assertEquals(0, counters.total());
    }

    @Test
    void aStepIsFollowedWithoutOvershootOrChatter() {
        assertTrue(filter.reset(home, 0));
        double goal = home[0] + 1;
        double last = 0;
        int turns = 0;
        for (int cycle = 0; cycle < 3000; cycle++) {
            rest(home);
            reference.position()[0] = goal;
            filter.limit(reference, DT);
            assertTrue(
                    reference.position()[0] <= goal + 1e-9,
                    "overshoot to " + reference.position()[0]);
            double a = reference.acceleration()[0];
            turns += Math.abs(a) > 0.1 && a * last < 0 ? 1 : 0;
            last = Math.abs(a) > 0.1 ? a : last;
        }
        assertEquals(goal, reference.position()[0], 1e-6);
        assertEquals(0, reference.velocity()[0], 1e-6);
        assertEquals(1, turns, "accelerate once, brake once");
        long before = counters.total();
        rest(home);
        reference.position()[0] = goal;
        filter.limit(reference, DT);
        assertEquals(before, counters.total(), "having arrived, the same reference passes");
    }

    @Test
    void aRunIntoALimitStopsBeforeItAndComesBack() {
        assertTrue(filter.reset(home, 0));
        for (int cycle = 0; cycle < 8000; cycle++) {
            rest(home);
            reference.position()[3] = 2;
            reference.velocity()[3] = 2;
            filter.limit(reference, DT);
        }
        JointLimits limits = robot.joints().get(3).limits();
        double stop = reference.position()[3];
        assertTrue(stop < limits.positionMax());
        // The envelope that is zero first: 2 * 4 * (p - q) = 0.3^2 or 0.3533^2.
        double edge = Math.min(-0.1458 - 0.3 * 0.3 / 8, -0.1169 - 0.3533 * 0.3533 / 8);
        assertEquals(Math.min(edge, limits.positionMax()), stop, 1e-3);
        for (int cycle = 0; cycle < 4000; cycle++) {
            rest(home);
            filter.limit(reference, DT);
        }
        assertEquals(home[3], reference.position()[3], 1e-6);
    }

    @Test
    void whatIsNotFiniteStopsTheJointAndIsCounted() {
        assertTrue(filter.reset(home, 0.08));
        for (int cycle = 1; cycle <= 300; cycle++) {
            rest(home);
            reference.position()[1] = home[1] + 0.5;
            filter.limit(reference, DT);
        }
        assertTrue(reference.velocity()[1] > 0.5);
        long before = counters.get(Intervention.NON_FINITE);
        for (int cycle = 0; cycle < 300; cycle++) {
            rest(home);
            reference.velocity()[1] = Double.NaN;
            reference.gripperOpening(Double.NaN);
            filter.limit(reference, DT);
        }
        assertEquals(0, reference.velocity()[1], 1e-12);
        assertTrue(Double.isFinite(reference.position()[1]));
        assertEquals(0, reference.gripperOpening(), "the gripper keeps what it was last told");
        assertEquals(before + 600, counters.get(Intervention.NON_FINITE));
    }

    @Test
    void aRobotOutsideItsLimitsIsNotStarted() {
        double[] outside = home.clone();
        outside[5] = 0.5;
        assertFalse(filter.reset(outside, 0));
        outside[5] = Double.NaN;
        assertFalse(filter.reset(outside, 0));
    }

    private void rest(double[] position) {
        System.arraycopy(position, 0, reference.position(), 0, joints);
        java.util.Arrays.fill(reference.velocity(), 0);
        java.util.Arrays.fill(reference.acceleration(), 0);
        reference.gripperOpening(0);
    }
}
