package dev.tactus.control.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tactus.control.controller.ChunkScript;
import dev.tactus.control.controller.EndEffectorController;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.EmergencyStop;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole chain from chunk to torque, on simulated time. */
class ControlCycleTest {
    private static final long MS = 1_000_000;
    private static final int MS_PER_TICK = 50;
    private static final ChunkScript.Path CIRCLE = ControlCycleTest::circle;

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final KinematicTree tree = UrdfReader.read(robot.urdf());
    private final ForwardKinematics forward = new ForwardKinematics(tree, robot);
    private final InterventionCounters counters = new InterventionCounters();
    private final ChunkScript script = new ChunkScript();
    private final ManualClock clock = new ManualClock(1_000_000_007L);
    private final JointPlant plant = new JointPlant(robot.jointNames(), robot.home(), clock);
    private final EndEffectorController controller = new EndEffectorController(
            robot,
            new InverseKinematics(new ForwardKinematics(tree, robot), robot, InverseKinematics.Settings.DEFAULT),
            script.chunks(),
            ChunkScript.settings(MS_PER_TICK * MS),
            counters);
    private final ControlCycle cycle = new ControlCycle(robot, tree, plant, controller, counters, clock);

    @BeforeEach
    void start() {
        assertEquals(CycleStatus.OK, cycle.start(clock.nowNs()));
    }

    private static double circle(int axis, double t) {
        double ramp = Math.min(1, t);
        double radius = 0.05 * ramp * ramp * (3 - 2 * ramp);
        return switch (axis) {
            case 0 -> radius * Math.sin(2 * t);
            case 1 -> radius * Math.cos(2 * t);
            default -> -radius * Math.sin(3 * t);
        };
    }

    /** Runs ticks with a new chunk at each of them; allocates nothing itself. */
    private CycleStatus runTicks(long first, int count) {
        CycleStatus status = CycleStatus.OK;
        for (long tick = first; tick < first + count; tick++) {
            script.publish(8, tick, clock.nowNs(), CIRCLE);
            for (int ms = 0; ms < MS_PER_TICK; ms++) {
                status = cycle.run(clock.nowNs());
                clock.advance(MS);
            }
        }
        return status;
    }

    @Test
    void theArmFollowsTheChunksWithoutInterventions() {
        for (int tick = 0; tick < 200; tick++) {
            assertEquals(CycleStatus.OK, runTicks(tick, 1));
            forward.update(plant.position());
            double t = (tick + 1) * 0.05;
            assertEquals(0.4770 + circle(0, t), forward.position(0), 0.01);
            assertEquals(circle(1, t), forward.position(1), 0.01);
            assertEquals(0.3837 + circle(2, t), forward.position(2), 0.01);
        }
        assertEquals(0, counters.total(), "a smooth path needs none");
        assertEquals(0.08, plant.gripper);
    }

    @Test
    void aControlCycleAllocatesNothing() {
        assertAllocatesNothing(this::runTicks);
        assertEquals(0, counters.total());
    }

    @Test
    void faultsAllocateNothingEither() {
        assertAllocatesNothing(this::runFaults);
        assertTrue(counters.get(Intervention.BAD_ROW) > 0);
        assertTrue(counters.get(Intervention.UNDERRUN) > 0);
        assertTrue(counters.get(Intervention.REFERENCE_SPEED) > 0);
        assertTrue(counters.get(Intervention.READ_FAILED) > 0);
    }

    private interface Ticks {
        void run(long first, int count);
    }

    /**
     * Asks for a window of 10000 cycles in which this thread allocated not one byte. What a cycle, a tick or a fault
     * allocates would show in every window; what the virtual machine allocates once, while its compiler exchanges the
     * code under the loop, does not (with -Xint every window but the first is empty).
     */
    private static void assertAllocatesNothing(Ticks ticks) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        int window = 10_000 / MS_PER_TICK;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20 && least > 0; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            ticks.run((long) i * window, window);
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, least, "bytes in the best of 20 windows of 10000 cycles");
    }

    private void runFaults(long first, int count) {
        for (long tick = first; tick < first + count; tick++) {
            int kind = (int) (tick % 8);
            if (kind < 5) {
                var chunk = script.begin(1, tick, clock.nowNs());
                ChunkScript.row(chunk, 0, 0, kind < 3 ? 0.2 : -0.2, 0, kind == 1 ? Double.NaN : 1);
                script.chunks().publish();
            }
            for (int ms = 0; ms < MS_PER_TICK; ms++) {
                plant.failReads = kind == 7 && ms < 5;
                cycle.run(clock.nowNs());
                clock.advance(MS);
            }
        }
    }

    @Test
    void theAgeOfTheObservationIsRecordedOncePerCommand() {
        long stamp = clock.nowNs();
        for (int ms = 0; ms < 10; ms++) {
            cycle.run(clock.nowNs());
            clock.advance(MS);
        }
        assertEquals(0, cycle.observationAge().getTotalCount(), "no observation stands behind these");
        script.publish(8, 0, stamp, CIRCLE);
        for (int ms = 10; ms < 50; ms++) {
            cycle.run(clock.nowNs());
            clock.advance(MS);
        }
        assertEquals(40, cycle.observationAge().getTotalCount());
        assertEquals(10 * MS, cycle.observationAge().getMinValue(), 0.001 * 10 * MS);
        assertEquals(49 * MS, cycle.observationAge().getMaxValue(), 0.001 * 49 * MS);
    }

    @Test
    void aFailedReadLetsTheTorqueFade() {
        for (int tick = 0; tick < 20; tick++) {
            runTicks(tick, 1);
        }
        plant.failReads = true;
        for (int ms = 0; ms < 100; ms++) {
            assertEquals(CycleStatus.READ_FAILED, cycle.run(clock.nowNs()));
            clock.advance(MS);
        }
        assertArrayEquals(new double[7], plant.effort);
        assertEquals(100, counters.get(Intervention.READ_FAILED));
    }

    @Test
    void aFailedWriteIsCounted() {
        plant.failWrites = true;
        assertEquals(CycleStatus.WRITE_FAILED, cycle.run(clock.nowNs()));
        assertEquals(1, counters.get(Intervention.WRITE_FAILED));
        plant.failReads = true;
        assertEquals(CycleStatus.READ_FAILED, cycle.run(clock.nowNs()));
        assertEquals(2, counters.get(Intervention.WRITE_FAILED));
    }

    @Test
    void holdStopsTheArmUntilTheNextStart() {
        runTicks(0, 20);
        cycle.hold();
        assertEquals(CycleStatus.HOLDING, runTicks(20, 20));
        double[] held = plant.position().clone();
        assertEquals(CycleStatus.HOLDING, runTicks(40, 20));
        assertArrayEquals(held, plant.position(), 1e-4);
        cycle.start(clock.nowNs());
        assertEquals(CycleStatus.OK, cycle.run(clock.nowNs()));
    }

    @Test
    void theEStopStopsWithinLimitsAndStaysLatchedUntilItIsCleared() {
        runTicks(0, 30);
        cycle.emergencyStop().trip(EmergencyStop.Cause.REQUEST);
        assertEquals(CycleStatus.EMERGENCY_STOP, runTicks(30, 20));
        double[] held = plant.position().clone();
        assertEquals(CycleStatus.EMERGENCY_STOP, runTicks(50, 20), "chunks go on and change nothing");
        assertArrayEquals(held, plant.position(), 1e-4);
        assertEquals(1, counters.get(Intervention.EMERGENCY_STOP));
        assertEquals(CycleStatus.NOT_STARTED, cycle.start(clock.nowNs()), "a start does not clear it");
        cycle.emergencyStop().clear();
        assertEquals(CycleStatus.OK, cycle.start(clock.nowNs()));
        assertEquals(CycleStatus.OK, cycle.run(clock.nowNs()));
    }

    @Test
    void whatIsClearedWithoutAStartIsHeld() {
        runTicks(0, 30);
        cycle.emergencyStop().trip(EmergencyStop.Cause.REQUEST);
        runTicks(30, 5);
        cycle.emergencyStop().clear();
        assertEquals(CycleStatus.HOLDING, runTicks(35, 5));
    }

    @Test
    void missedDeadlinesInARowLatchTheEStop() {
        runTicks(0, 20);
        int allowed = robot.supervision().missedDeadlines();
        clock.advance((allowed - 1) * MS);
        assertEquals(CycleStatus.OK, cycle.run(clock.nowNs()));
        assertEquals(1, counters.get(Intervention.MISSED_DEADLINE));
        clock.advance(MS);
        assertEquals(CycleStatus.OK, cycle.run(clock.nowNs()));
        clock.advance((allowed + 1) * MS);
        assertEquals(CycleStatus.EMERGENCY_STOP, cycle.run(clock.nowNs()));
        assertEquals(EmergencyStop.Cause.MISSED_DEADLINES, cycle.emergencyStop().cause());
    }

    @Test
    void failedReadsInARowLatchTheEStop() {
        runTicks(0, 20);
        plant.failReads = true;
        for (int i = 0; i < robot.supervision().failedReads(); i++) {
            cycle.run(clock.nowNs());
            clock.advance(MS);
        }
        plant.failReads = false;
        assertEquals(CycleStatus.EMERGENCY_STOP, cycle.run(clock.nowNs()));
        assertEquals(EmergencyStop.Cause.READ_FAILURES, cycle.emergencyStop().cause());
    }

    @Test
    void aPolicyThatSeesOnlyThePastStopsTheArmUntilItSeesThePresent() {
        runTicks(0, 20);
        long stamp = clock.nowNs();
        CycleStatus status = CycleStatus.OK;
        long stale = robot.supervision().staleObservationNs() / (MS_PER_TICK * MS) + 2;
        for (long tick = 20; tick < 20 + stale; tick++) {
            script.publish(8, tick, stamp, CIRCLE);
            for (int ms = 0; ms < MS_PER_TICK; ms++) {
                status = cycle.run(clock.nowNs());
                clock.advance(MS);
            }
        }
        assertEquals(CycleStatus.PROTECTIVE_STOP, status);
        assertEquals(
                1,
                counters.get(Intervention.STALE_OBSERVATION) + counters.get(Intervention.POLICY_SILENCE),
                "one stop");
        assertEquals(CycleStatus.OK, runTicks(20 + stale, 20));
    }

    @Test
    void timeThatRunsBackwardsIsCountedAndHarmless() {
        runTicks(0, 20);
        double[] before = cycle.reference().position().clone();
        clock.jump(-1_000_000_000L);
        cycle.run(clock.nowNs());
        assertArrayEquals(before, cycle.reference().position(), 0.01);
        assertEquals(1, counters.get(Intervention.TIME_JUMP));
    }

    @Test
    void aRobotOutsideItsLimitsIsNotStarted() {
        plant.position()[0] = 2.8;
        assertEquals(CycleStatus.NOT_STARTED, cycle.start(clock.nowNs()));
        assertEquals(CycleStatus.NOT_STARTED, cycle.run(clock.nowNs()));
    }

    @Test
    void hardwareWithOtherJointsIsRefused() {
        var reversed = new java.util.ArrayList<>(robot.jointNames());
        Collections.reverse(reversed);
        var other = new JointPlant(reversed, robot.home(), clock);
        var thrown = assertThrows(
                IllegalArgumentException.class,
                () -> new ControlCycle(robot, tree, other, controller, counters, clock));
        assertTrue(thrown.getMessage().contains("fr3_joint7, fr3_joint6"), thrown.getMessage());
    }

    @Test
    void runsOnWallTime() throws InterruptedException {
        var wall = new WallClock();
        plant.clock = wall;
        cycle.start(wall.nowNs());
        int[] count = {0};
        script.publish(16, 0, wall.nowNs(), CIRCLE);
        var loop = new ControlLoop("tactus-control", cycle.periodNs(), (nowNs, dtNs) -> {
            if (cycle.run(nowNs) == CycleStatus.EMERGENCY_STOP) { // this machine stood still for a while
                cycle.emergencyStop().clear();
                cycle.start(nowNs);
                script.publish(16, 0, nowNs, CIRCLE);
            }
            return ++count[0] < 500;
        });
        loop.start();
        loop.join();
        assertEquals(500, loop.cycles());
        assertTrue(loop.failure().isEmpty());
        assertTrue(cycle.observationAge().getTotalCount() > 0);
    }
}
