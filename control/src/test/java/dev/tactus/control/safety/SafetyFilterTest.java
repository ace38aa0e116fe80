package dev.tactus.control.safety;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.dynamics.InverseDynamics;
import dev.tactus.control.dynamics.MultibodyModel;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the safety filter issues on an FR3; adversarial commands on every robot are in {@code SafetyTrialTest}. */
class SafetyFilterTest {
    private static final double DT = 1e-3;

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final KinematicTree tree = UrdfReader.read(robot.urdf());
    private final int joints = robot.joints().size();
    private final InterventionCounters counters = new InterventionCounters();
    private final SafetyFilter filter = new SafetyFilter(robot, tree, counters);
    private final double[] home = robot.home();
    private final JointReference reference = new JointReference(joints);

    private void start() {
        assertEquals(Optional.empty(), filter.reset(home, 0));
    }

    /** From rest at home into sines, each joint at its own frequency; feasible by far. */
    private void sines(double t, double size) {
        double ramp = Math.min(1, t);
        double envelope = ramp * ramp * ramp * (10 - 15 * ramp + 6 * ramp * ramp);
        double slope = t < 1 ? 30 * ramp * ramp * (1 - ramp) * (1 - ramp) : 0;
        double bend = t < 1 ? 60 * ramp * (1 - ramp) * (1 - 2 * ramp) : 0;
        for (int joint = 0; joint < joints; joint++) {
            double w = 2 + 0.2 * joint;
            double sine = Math.sin(w * t);
            double cosine = Math.cos(w * t);
            reference.position()[joint] = home[joint] + size * envelope * sine;
            reference.velocity()[joint] = size * (slope * sine + envelope * w * cosine);
            reference.acceleration()[joint] = size * (bend * sine + 2 * slope * w * cosine - envelope * w * w * sine);
        }
    }

    @Test
    void feasibleReferencesPassToTheBit() {
        start();
        for (int cycle = 1; cycle <= 20_000; cycle++) {
            sines(cycle * DT, 0.3);
            double[] q = reference.position().clone();
            double[] v = reference.velocity().clone();
            double[] a = reference.acceleration().clone();
            filter.limit(reference, DT);
            assertArrayEquals(q, reference.position());
            assertArrayEquals(v, reference.velocity());
            assertArrayEquals(a, reference.acceleration());
        }
        assertEquals(0, counters.total());
    }

    @Test
    void irregularCyclesPassAFeasibleReferenceToo() {
        start();
        SplittableRandom random = new SplittableRandom(7);
        double t = 0;
        for (int cycle = 1; cycle <= 20_000; cycle++) {
            double seconds = DT * random.nextDouble(0.2, 3);
            t += seconds;
            sines(t, 0.3);
            double[] q = reference.position().clone();
            filter.limit(reference, seconds);
            assertArrayEquals(q, reference.position());
        }
        assertEquals(0, counters.total());
    }

    @Test
    void aStepIsFollowedWithoutOvershootOrChatter() {
        start();
        double goal = home[0] + 1;
        double last = 0;
        int turns = 0;
        for (int cycle = 0; cycle < 3000; cycle++) {
            rest(home);
            reference.position()[0] = goal;
            filter.limit(reference, DT);
            assertTrue(
                    reference.position()[0] <= goal + 1e-6,
                    "overshoot to " + reference.position()[0]);
            double a = reference.acceleration()[0];
            turns += Math.abs(a) > 0.1 && a * last < 0 ? 1 : 0;
            last = Math.abs(a) > 0.1 ? a : last;
        }
        assertEquals(goal, reference.position()[0], 1e-6);
        assertEquals(0, reference.velocity()[0], 1e-6);
        assertEquals(1, turns, "accelerate once, brake once");
    }

    @Test
    void aRunIntoALimitStopsBeforeItAndComesBack() {
        start();
        for (int cycle = 0; cycle < 8000; cycle++) {
            rest(home);
            reference.position()[0] = 4;
            reference.velocity()[0] = 2;
            filter.limit(reference, DT);
        }
        double stop = reference.position()[0];
        // The envelope that is zero first: 2 * 6 * (p - q) = 0.3^2 with p = 2.7501.
        double edge = 2.7501 - 0.3 * 0.3 / 12;
        assertTrue(stop <= edge, "rests at " + stop);
        assertEquals(edge, stop, 0.01);
        for (int cycle = 0; cycle < 4000; cycle++) {
            rest(home);
            filter.limit(reference, DT);
        }
        assertEquals(home[0], reference.position()[0], 1e-6);
    }

    @Test
    void whatIsNotFiniteStopsTheJointAndIsCounted() {
        start();
        for (int cycle = 1; cycle <= 300; cycle++) {
            rest(home);
            reference.position()[1] = home[1] + 0.5;
            filter.limit(reference, DT);
        }
        assertTrue(reference.velocity()[1] > 0.4);
        long before = counters.get(Intervention.NON_FINITE);
        for (int cycle = 0; cycle < 600; cycle++) {
            rest(home);
            reference.velocity()[1] = Double.NaN;
            reference.gripperOpening(Double.NaN);
            filter.limit(reference, DT);
        }
        assertEquals(0, reference.velocity()[1], 1e-12);
        assertTrue(Double.isFinite(reference.position()[1]));
        assertEquals(0, reference.gripperOpening(), "the gripper keeps what it was last told");
        assertEquals(before + 1200, counters.get(Intervention.NON_FINITE));
    }

    @Test
    void theStoredStopEndsAtRestFromFullSpeed() {
        start();
        for (int cycle = 1; cycle <= 2300; cycle++) {
            sines(cycle * DT, 0.5);
            filter.limit(reference, DT);
        }
        double speed = Arrays.stream(reference.velocity()).map(Math::abs).max().orElseThrow();
        assertTrue(speed > 0.5);
        assertFalse(filter.atRest());
        double[] before = reference.acceleration().clone();
        int cycles = 0;
        while (!filter.atRest()) {
            filter.stop(reference, DT);
            for (int joint = 0; joint < joints; joint++) {
                double jerk = robot.joints().get(joint).motion().jerk().orElseThrow();
                assertEquals(before[joint], reference.acceleration()[joint], jerk * DT * (1 + 1e-9));
            }
            System.arraycopy(reference.acceleration(), 0, before, 0, joints);
            cycles++;
        }
        assertTrue(cycles < 1000, cycles + " cycles to stop");
        double[] rest = reference.position().clone();
        filter.stop(reference, DT);
        assertArrayEquals(rest, reference.position());
    }

    @Test
    void fullSpeedThatWouldNeedTooMuchTorqueIsNotIssued() {
        start();
        InverseDynamics dynamics = new InverseDynamics(MultibodyModel.fixed(tree, robot.jointNames()));
        double[] effort = new double[joints];
        SplittableRandom random = new SplittableRandom(11);
        double[] goal = home.clone();
        for (int cycle = 0; cycle < 40_000; cycle++) {
            if (cycle % 700 == 0) {
                for (int joint = 0; joint < joints; joint++) {
                    var limits = robot.joints().get(joint).limits();
                    goal[joint] = random.nextBoolean() ? limits.positionMin() : limits.positionMax();
                }
            }
            rest(goal);
            filter.limit(reference, DT);
            dynamics.compute(reference.position(), reference.velocity(), reference.acceleration(), effort);
            for (int joint = 0; joint < joints; joint++) {
                assertTrue(Math.abs(effort[joint])
                        <= robot.joints().get(joint).limits().effort());
            }
        }
        assertTrue(counters.get(Intervention.INVERSE_DYNAMICS) > 0);
    }

    @Test
    void aRobotInAStateThatIsNotViableIsNotStarted() {
        double[] outside = home.clone();
        outside[5] = 0.5;
        assertEquals(Optional.of(Intervention.POSITION), filter.reset(outside, 0));
        outside[5] = Double.NaN;
        assertEquals(Optional.of(Intervention.NON_FINITE), filter.reset(outside, 0));
        double[] folded = {0, 1.7, 0, -3.0, 0, 0.6, 0};
        assertTrue(filter.reset(folded, 0).isPresent(), "the hand is in the table or the arm");
    }

    @Test
    void aToolOutsideItsBoxMayComeInAndIsKeptThere() {
        double[] below = {0, 1.2, 0, -1.6, 0, 2.5, 0.785};
        assertEquals(Optional.empty(), filter.reset(below, 0), "the workspace is last in the order of priority");
        assertEquals(1, counters.get(Intervention.RELAXED_LIMIT));
        for (int cycle = 0; cycle < 4000; cycle++) {
            rest(home);
            filter.limit(reference, DT);
        }
        assertArrayEquals(home, reference.position(), 1e-6);
        for (int cycle = 0; cycle < 4000; cycle++) {
            rest(below);
            filter.limit(reference, DT);
        }
        assertTrue(counters.get(Intervention.WORKSPACE) > 0, "now it holds");
    }

    @Test
    void nothingIsAllocated() {
        start();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom random = new SplittableRandom(3);
        long least = Long.MAX_VALUE;
        for (int window = 0; window < 30 && least > 0; window++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int cycle = 0; cycle < 2000; cycle++) {
                for (int joint = 0; joint < joints; joint++) {
                    reference.position()[joint] = random.nextDouble(-4, 4);
                    reference.velocity()[joint] = random.nextDouble(-4, 4);
                    reference.acceleration()[joint] = cycle % 100 == 0 ? Double.NaN : 0;
                }
                filter.limit(reference, DT);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes in the best of 30 windows of 2000 cycles");
    }

    private void rest(double[] position) {
        System.arraycopy(position, 0, reference.position(), 0, joints);
        Arrays.fill(reference.velocity(), 0);
        Arrays.fill(reference.acceleration(), 0);
        reference.gripperOpening(0);
    }
}
