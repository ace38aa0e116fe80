package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.controller.JointTrajectory.Point;
import dev.tactus.control.controller.JointTrajectory.Status;
import dev.tactus.control.controller.JointTrajectory.Tolerances;
import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.command.BadInputException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JointTrajectoryTest {
    private static final long MS = 1_000_000;
    private static final long START = 5_000_000_321L;
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    private static final int JOINTS = 7;
    private static final double[] NONE = {};

    private final InterventionCounters counters = new InterventionCounters();
    private final JointTrajectoryController controller = new JointTrajectoryController(ROBOT, counters);
    private final RobotState state = new RobotState(JOINTS);
    private final JointReference reference = new JointReference(JOINTS);
    private final JointReference left = new JointReference(JOINTS);
    private final JointReference earlier = new JointReference(JOINTS);

    @BeforeEach
    void startAtHome() {
        System.arraycopy(ROBOT.home(), 0, state.position(), 0, JOINTS);
        controller.start(START, state);
    }

    private static double[] home(double offset) {
        double[] q = ROBOT.home();
        for (int joint = 0; joint < JOINTS; joint++) {
            q[joint] += offset * (1 + 0.1 * joint);
        }
        return q;
    }

    private static JointTrajectory trajectory(long startNs, Tolerances tolerances, Point... points) {
        return JointTrajectory.of(ROBOT, ROBOT.jointNames(), startNs, List.of(points), tolerances);
    }

    private static Point at(long ms, double offset) {
        return new Point(ms * MS, home(offset), NONE, NONE);
    }

    private ControllerStatus update(long ms) {
        ControllerStatus status = controller.update(START + ms * MS, state, reference);
        System.arraycopy(reference.position(), 0, state.position(), 0, JOINTS); // a robot that follows
        return status;
    }

    @Test
    void pointsWithPositionsAloneArePassedInTimeBySplineAndTheLastIsHeld() {
        double[] offsets = {0.1, 0.25, 0.2, -0.1, 0};
        Point[] points = new Point[offsets.length];
        for (int k = 0; k < offsets.length; k++) {
            points[k] = at(500 * (k + 1), offsets[k]);
        }
        JointTrajectory trajectory = trajectory(0, Tolerances.NONE, points);
        controller.follow(trajectory);
        for (int ms = 0; ms <= 3000; ms++) {
            update(ms);
            if (ms > 0 && ms % 500 == 0) {
                double expected = home(offsets[Math.min(ms / 500, offsets.length) - 1])[3];
                assertEquals(expected, reference.position()[3], 1e-9);
            }
        }
        assertEquals(Status.SUCCEEDED, trajectory.status());
        assertEquals(1, trajectory.stretch());
        assertEquals(0, reference.velocity()[3]);
        assertEquals(0, counters.total());
    }

    @Test
    void aSplineThroughASineComesCloseToIt() {
        Point[] points = new Point[41];
        for (int k = 0; k <= 40; k++) {
            double t = 0.05 * k;
            points[k] = at(50 * k, 0.1 * Math.pow(Math.sin(Math.PI * t / 2), 2));
        }
        JointTrajectory trajectory = trajectory(0, Tolerances.NONE, points);
        for (int ms = 300; ms < 1700; ms++) {
            trajectory.sample(ms * MS, reference);
            double t = ms * 1e-3;
            double scale = 0.1 * 1.3;
            assertEquals(
                    home(0)[3] + scale * Math.pow(Math.sin(Math.PI * t / 2), 2),
                    reference.position()[3],
                    1e-6);
            assertEquals(scale * Math.PI / 2 * Math.sin(Math.PI * t), reference.velocity()[3], 1e-5, "velocity " + t);
            assertEquals(
                    scale * Math.PI * Math.PI / 2 * Math.cos(Math.PI * t),
                    reference.acceleration()[3],
                    5e-3);
        }
    }

    @Test
    void velocitiesAndAccelerationsOfPointsAreMet() {
        double[] v = home(0);
        double[] a = home(0);
        for (int joint = 0; joint < JOINTS; joint++) {
            v[joint] = 0.1 * joint;
            a[joint] = 0.2 - 0.1 * joint;
        }
        double[] zero = new double[JOINTS];
        JointTrajectory trajectory = trajectory(
                0, Tolerances.NONE, new Point(1000 * MS, home(0.1), v, a), new Point(2000 * MS, home(0.2), zero, zero));
        controller.follow(trajectory);
        for (int ms = 0; ms <= 1000; ms++) {
            update(ms);
        }
        for (int joint = 0; joint < JOINTS; joint++) {
            assertEquals(home(0.1)[joint], reference.position()[joint], 1e-12);
            assertEquals(v[joint], reference.velocity()[joint], 1e-12);
            assertEquals(a[joint], reference.acceleration()[joint], 1e-10);
        }
    }

    @Test
    void jointsAreTakenByName() {
        List<String> names = new ArrayList<>(ROBOT.jointNames());
        Collections.reverse(names);
        double[] target = home(0.1);
        double[] reversed = new double[JOINTS];
        for (int joint = 0; joint < JOINTS; joint++) {
            reversed[JOINTS - 1 - joint] = target[joint];
        }
        controller.follow(JointTrajectory.of(
                ROBOT, names, 0, List.of(new Point(1000 * MS, reversed, NONE, NONE)), Tolerances.NONE));
        for (int ms = 0; ms <= 1000; ms++) {
            update(ms);
        }
        for (int joint = 0; joint < JOINTS; joint++) {
            assertEquals(target[joint], reference.position()[joint], 1e-12);
        }
    }

    @Test
    void replacementsAreC2AndWithinTheLimitsWheneverTheyCome() {
        var random = new SplittableRandom(8);
        double[] lastAcceleration = new double[JOINTS];
        double greatest = 0;
        int next = 0;
        int followed = 0;
        for (long ms = 1; ms < 60_000; ms++) {
            controller.update(START + ms * MS - 2, state, earlier);
            controller.update(START + ms * MS - 1, state, left);
            if (ms == next + 1) {
                next += random.nextInt(20, 1500);
                controller.follow(random(random, ms));
                followed++;
            }
            update(ms);
            for (int joint = 0; joint < JOINTS; joint++) {
                double a = 2 * left.acceleration()[joint] - earlier.acceleration()[joint];
                double v = left.velocity()[joint] + 1e-9 * a;
                double q = left.position()[joint] + 1e-9 * v;
                String where = "joint " + joint + " at " + ms + " ms";
                assertEquals(q, reference.position()[joint], 1e-9, where);
                assertEquals(v, reference.velocity()[joint], 1e-9, where);
                assertEquals(a, reference.acceleration()[joint], 1e-9, where);
                greatest = Math.max(greatest, Math.abs(a));
                assertTrue(Math.abs(a) <= 10 + 1e-6, where + ": " + a + " rad/s2");
                assertTrue(Math.abs(a - lastAcceleration[joint]) <= 5 + 1e-6, where);
                lastAcceleration[joint] = reference.acceleration()[joint];
            }
        }
        assertTrue(followed > 50 && greatest > 5 && counters.get(Intervention.DEFERRED_TARGET) > 10);
    }

    /** Points anywhere within 0.5 rad of home, close together in time now and then, starting in past, now or future. */
    private static JointTrajectory random(SplittableRandom random, long nowMs) {
        int count = random.nextInt(1, 6);
        List<Point> points = new ArrayList<>();
        boolean velocities = random.nextBoolean();
        long ms = random.nextBoolean() ? 0 : random.nextLong(300);
        for (int k = 0; k < count; k++) {
            double[] q = home(0);
            double[] v = new double[velocities ? JOINTS : 0];
            for (int joint = 0; joint < JOINTS; joint++) {
                q[joint] += random.nextDouble(-0.5, 0.5);
                if (velocities && k < count - 1) {
                    v[joint] = random.nextDouble(-1, 1);
                }
            }
            points.add(new Point(ms * MS, q, v, NONE));
            ms += random.nextLong(30, 600);
        }
        long startNs = random.nextBoolean() ? 0 : START + (nowMs + random.nextLong(-200, 200)) * MS;
        return JointTrajectory.of(ROBOT, ROBOT.jointNames(), startNs, points, Tolerances.NONE);
    }

    @Test
    void aTrajectoryThatIsTooFastKeepsItsPathAndTakesMoreTime() {
        JointTrajectory fast = trajectory(0, Tolerances.NONE, at(0, 0), at(100, 0.2), at(200, 0.4));
        assertTrue(fast.stretch() > 2, "stretch " + fast.stretch());
        controller.follow(fast);
        for (int ms = 0; fast.status() != Status.SUCCEEDED; ms++) {
            assertTrue(ms < 2000);
            update(ms);
        }
        assertEquals(home(0.4)[2], reference.position()[2], 1e-12);
        assertEquals(1, counters.get(Intervention.DEFERRED_TARGET));
    }

    @Test
    void aTrajectoryWaitsForItsStartAndOneFromThePastIsRefused() {
        JointTrajectory first = trajectory(0, Tolerances.NONE, at(1000, 0.1));
        JointTrajectory later = trajectory(START + 500 * MS, Tolerances.NONE, at(1000, -0.1));
        controller.follow(first);
        for (int ms = 0; ms < 3000; ms++) {
            if (ms == 100) {
                controller.follow(later);
            }
            update(ms);
            assertEquals(ms < 500 ? Status.ACTIVE : Status.REPLACED, first.status());
            assertEquals(ms < 500, later.status() == Status.PENDING);
        }
        assertEquals(Status.SUCCEEDED, later.status());
        JointTrajectory old = trajectory(START, Tolerances.NONE, at(1000, 0.1));
        controller.follow(old);
        update(3000);
        assertEquals(Status.TOO_OLD, old.status());
        assertEquals(home(-0.1)[0], reference.position()[0], 1e-12);
    }

    @Test
    void aRobotThatIsBlockedOnTheWayStops() {
        JointTrajectory trajectory = trajectory(0, new Tolerances(0.05, 0, 0), at(1000, 0.5));
        controller.follow(trajectory);
        ControllerStatus status = ControllerStatus.WAITING;
        for (int ms = 0; ms < 3000; ms++) {
            status = controller.update(START + ms * MS, state, reference); // and the robot stays where it is
        }
        assertEquals(Status.PATH_TOLERANCE_VIOLATED, trajectory.status());
        assertEquals(ControllerStatus.STOPPED, status);
        assertEquals(0, reference.velocity()[0], 1e-12);
        double way = reference.position()[0] - home(0)[0];
        assertTrue(way > 0.03 && way < 0.2, "stopped after " + way + " rad");
    }

    @Test
    void successNeedsTheGoalWithinItsTime() {
        JointTrajectory missed = trajectory(0, new Tolerances(0, 0.01, 200 * MS), at(1000, 0.5));
        controller.follow(missed);
        for (int ms = 0; ms <= 1200; ms++) {
            controller.update(START + ms * MS, state, reference);
            assertEquals(Status.ACTIVE, missed.status());
        }
        controller.update(START + 1201 * MS, state, reference);
        assertEquals(Status.GOAL_TOLERANCE_VIOLATED, missed.status());
    }

    @Test
    void holdStopsAndReplaces() {
        JointTrajectory trajectory = trajectory(0, Tolerances.NONE, at(1000, 0.5));
        controller.follow(trajectory);
        for (int ms = 0; ms < 500; ms++) {
            update(ms);
        }
        controller.hold();
        for (int ms = 500; ms < 2000; ms++) {
            assertEquals(ControllerStatus.HOLDING, update(ms));
        }
        assertEquals(Status.REPLACED, trajectory.status());
        assertEquals(0, reference.velocity()[0], 1e-12);
    }

    @Test
    void whatCannotBeFollowedIsRefusedWithTheReason() {
        List<String> names = ROBOT.jointNames();
        assertRefused("needs each of", names.subList(0, 6), at(100, 0));
        assertRefused("at least one", names);
        assertRefused("times must", names, at(100, 0), at(100, 0.1));
        assertRefused("point 0 of the trajectory comes at -1000000 ns", names, at(-1, 0));
        assertRefused("has joint fr3_joint1 at 5.0 rad; allowed is", names, at(100, 5));
        assertRefused("point 0 of the trajectory has joint fr3_joint1 at NaN", names, at(100, Double.NaN));
        assertRefused("has 3 positions where 7", names, new Point(MS, new double[3], NONE, NONE));
        assertRefused("end at rest", names, new Point(MS, home(0), home(0.1), NONE));
        assertRefused("without velocities", names, new Point(MS, home(0), NONE, new double[JOINTS]));
        assertRefused(
                "has 0 velocities where 7", names, new Point(MS, home(0), new double[JOINTS], NONE), at(100, 0.1));
        assertThrows(BadInputException.class, () -> new Tolerances(-1, 0, 0));
    }

    private static void assertRefused(String reason, List<String> names, Point... points) {
        var refusal = assertThrows(
                BadInputException.class, () -> JointTrajectory.of(ROBOT, names, 0, List.of(points), Tolerances.NONE));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    @Test
    void followingAllocatesNothing() {
        JointTrajectory[] both = new JointTrajectory[2000];
        for (int i = 0; i < both.length; i++) {
            both[i] = trajectory(0, new Tolerances(1, 0.1, MS), at(100, 0.1), at(400, i % 2 == 0 ? 0.3 : -0.3));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int from = 0; from < both.length; from += 400) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(both, from, from + 400);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    private void run(JointTrajectory[] trajectories, int from, int to) {
        for (int i = from; i < to; i++) {
            controller.follow(trajectories[i]);
            for (int ms = 0; ms < 20; ms++) {
                update(20L * i + ms);
            }
        }
    }
}
