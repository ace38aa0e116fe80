package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndEffectorControllerTest {
    private static final long MS = 1_000_000;
    private static final long TICK = 50 * MS;
    private static final long START = 7_000_000_123L;
    private static final ChunkSettings SETTINGS = ChunkScript.settings(TICK);

    private final RobotConfig robot = RobotCatalogue.load("franka_fr3");
    private final int joints = robot.joints().size();
    private final double[] home =
            robot.joints().stream().mapToDouble(JointConfig::home).toArray();
    private final InterventionCounters counters = new InterventionCounters();
    private final ChunkScript script = new ChunkScript();
    private final EndEffectorController controller =
            new EndEffectorController(robot, kinematics(robot), script.chunks(), SETTINGS, counters);
    private final RobotState state = new RobotState(joints);
    private final JointReference reference = new JointReference(joints);
    private final JointReference left = new JointReference(joints);

    private static InverseKinematics kinematics(RobotConfig robot) {
        var forward = new ForwardKinematics(UrdfReader.read(robot.urdf()), robot);
        return new InverseKinematics(forward, robot, InverseKinematics.Settings.DEFAULT);
    }

    @BeforeEach
    void startAtHome() {
        System.arraycopy(home, 0, state.position(), 0, joints);
        state.gripperOpening(0.05);
        controller.start(START, state);
    }

    private static double circle(int axis, double t) {
        double ramp = Math.min(1, t);
        double radius = 0.06 * ramp * ramp * (3 - 2 * ramp);
        return switch (axis) {
            case 0 -> radius * Math.sin(3 * t);
            case 1 -> radius * Math.cos(3 * t);
            default -> -radius * Math.sin(2 * t);
        };
    }

    private ControllerStatus at(long sinceStartNs) {
        return controller.update(START + sinceStartNs, state, reference);
    }

    @Test
    void restsAtTheMeasuredPositionUntilAChunkComes() {
        for (long t = 0; t < 10 * TICK; t += MS) {
            assertEquals(ControllerStatus.WAITING, at(t));
            assertArrayEquals(home, reference.position());
            assertArrayEquals(new double[joints], reference.velocity());
            assertEquals(0.05, reference.gripperOpening());
        }
        assertEquals(Controller.NO_OBSERVATION, controller.observationStampNs());
        assertEquals(0, counters.total());
    }

    @Test
    void theReferenceIsC2AtKnotsAndAtReplansWheneverChunksArrive() {
        var random = new SplittableRandom(3);
        int replans = 0;
        for (long tick = 0; tick < 80; tick++) {
            long arrival = random.nextLong(TICK / MS);
            for (long ms = 0; ms < TICK / MS; ms++) {
                long t = tick * TICK + ms * MS;
                // Left limit: a nanosecond before, still on the old segment. Right limit: now.
                controller.update(START + t - 1, state, left);
                if (ms == arrival) {
                    double noise = 0.002 * random.nextDouble(-1, 1);
                    long first = tick;
                    script.publish(8, first, START + t, (axis, s) -> circle(axis, s) + noise);
                    replans++;
                }
                at(t);
                assertSmooth(t);
            }
        }
        assertEquals(80, replans);
        assertEquals(0, counters.get(Intervention.UNDERRUN));
        assertEquals(0, counters.get(Intervention.INVERSE_KINEMATICS));
    }

    private void assertSmooth(long t) {
        for (int joint = 0; joint < joints; joint++) {
            String where = "joint " + (joint + 1) + " at " + t + " ns";
            assertEquals(left.position()[joint], reference.position()[joint], 1e-8, where);
            assertEquals(left.velocity()[joint], reference.velocity()[joint], 1e-6, where);
            assertEquals(left.acceleration()[joint], reference.acceleration()[joint], 1e-3, where);
        }
    }

    @Test
    void everyTargetIsPassedAtTheEndOfItsTick() {
        var forward = new ForwardKinematics(UrdfReader.read(robot.urdf()), robot);
        for (long tick = 0; tick < 60; tick++) {
            script.publish(4, tick, START + tick * TICK, EndEffectorControllerTest::circle);
            for (long ms = 0; ms < 50; ms++) {
                at(tick * TICK + ms * MS);
            }
            controller.update(START + (tick + 1) * TICK - 1, state, left);
            forward.update(left.position());
            double s = (tick + 1) * 0.05;
            assertEquals(0.4770 + circle(0, s), forward.position(0), 6e-4);
            assertEquals(circle(1, s), forward.position(1), 6e-4);
            assertEquals(0.3837 + circle(2, s), forward.position(2), 6e-4);
            // The circle's acceleration is up to 0.8 m/s2; times P^2 / 6 that is 0.33 mm.
            assertEquals(1, forward.rotation(0), 1e-5);
            assertEquals(-1, forward.rotation(4), 1e-5);
        }
        assertEquals(0, counters.total());
    }

    @Test
    void aSlowMotionStaysWithinTheAccelerationLimitByItself() {
        for (long tick = 0; tick < 100; tick++) {
            script.publish(8, tick, START + tick * TICK, EndEffectorControllerTest::circle);
            for (long ms = 0; ms < 50; ms++) {
                at(tick * TICK + ms * MS);
                for (int joint = 0; joint < joints; joint++) {
                    assertTrue(Math.abs(reference.acceleration()[joint]) <= 10);
                }
            }
        }
        assertEquals(0, counters.total());
    }

    @Test
    void runningPastTheChunkIsCountedPerTickAndStops() {
        script.publish(3, 0, START, (axis, t) -> axis == 1 ? 0.2 * t : 0);
        for (long t = 0; t < 3 * TICK; t += MS) {
            assertEquals(ControllerStatus.TRACKING, at(t));
        }
        for (long t = 3 * TICK; t < 20 * TICK; t += MS) {
            assertEquals(ControllerStatus.STOPPED, at(t));
        }
        assertEquals(17, counters.get(Intervention.UNDERRUN));
        assertArrayEquals(new double[joints], reference.velocity(), 1e-12);
        assertEquals(0.08, reference.gripperOpening());
        double[] stopped = reference.position().clone();
        script.publish(3, 20, START + 20 * TICK, (axis, t) -> axis == 1 ? 0.03 : 0);
        assertEquals(ControllerStatus.TRACKING, at(20 * TICK));
        assertArrayEquals(stopped, reference.position(), 1e-9, "goes on from where it stopped");
    }

    @Test
    void theGripperIsOpenOrClosedAndNothingBetween() {
        ActionChunk chunk = script.begin(4, 0, START);
        double[] elements = {0.01, -0.01, 0, 7};
        double[] openings = {0.08, 0, 0, 0.08};
        for (int row = 0; row < 4; row++) {
            ChunkScript.row(chunk, row, 0, 0, 0, elements[row]);
        }
        script.chunks().publish();
        for (int tick = 0; tick < 4; tick++) {
            at(tick * TICK);
            assertEquals(openings[tick], reference.gripperOpening());
        }
    }

    @Test
    void aRowThatIsNoPoseStopsTheArmAndIsCounted() {
        for (int element = 0; element < ChunkScript.ACTION_SIZE; element++) {
            startAtHome();
            long before = counters.get(Intervention.BAD_ROW);
            ActionChunk chunk = script.begin(3, 0, START);
            chunk.set(1, element, element % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
            script.chunks().publish();
            assertEquals(ControllerStatus.TRACKING, at(0));
            assertEquals(ControllerStatus.STOPPED, at(TICK));
            assertEquals(before + 1, counters.get(Intervention.BAD_ROW));
            assertEquals(ControllerStatus.TRACKING, at(2 * TICK));
        }
    }

    @Test
    void parallelColumnsAreNoRotation() {
        ActionChunk chunk = script.begin(1, 0, START);
        for (int i = 0; i < 3; i++) {
            chunk.set(0, 6 + i, 2 * chunk.get(0, 3 + i));
        }
        script.chunks().publish();
        assertEquals(ControllerStatus.WAITING, at(0));
        assertEquals(1, counters.get(Intervention.BAD_ROW));
        assertArrayEquals(home, reference.position());
    }

    @Test
    void aPoseOutOfReachStopsTheArmAndIsCounted() {
        script.publish(2, 0, START, (axis, t) -> axis == 0 && t > 0.06 ? 3 : 0);
        at(0);
        assertEquals(ControllerStatus.STOPPED, at(TICK));
        assertEquals(1, counters.get(Intervention.INVERSE_KINEMATICS));
    }

    @Test
    void aFarTargetIsApproachedAtTheReferenceSpeed() {
        script.publish(16, 0, START, (axis, t) -> axis == 1 ? 0.4 : 0);
        double fastest = 0;
        for (int ms = 0; ms < 16 * 50; ms++) {
            at(ms * MS);
            for (int joint = 0; joint < joints; joint++) {
                fastest = Math.max(fastest, Math.abs(reference.velocity()[joint]));
            }
        }
        assertTrue(fastest > 1.9 && fastest < 2.1, "fastest " + fastest + " rad/s");
        assertTrue(counters.get(Intervention.REFERENCE_SPEED) > 2);
        assertTrue(counters.get(Intervention.REFERENCE_SPEED) < 16, "it arrives");
    }

    @Test
    void aTargetThatTheAccelerationLimitForbidsIsPutOffAndThenReached() {
        double far = 0.02; // some 0.05 rad, which rest to rest in one tick would take 115 rad/s2
        for (long tick = 0; tick < 10; tick++) {
            script.publish(16, tick, START, (axis, t) -> axis == 1 ? far : 0);
            for (long ms = 0; ms < 50; ms++) {
                at(tick * TICK + ms * MS);
                for (int joint = 0; joint < joints; joint++) {
                    assertTrue(Math.abs(reference.acceleration()[joint]) <= 10 + 1e-9);
                }
            }
        }
        var forward = new ForwardKinematics(UrdfReader.read(robot.urdf()), robot);
        forward.update(reference.position());
        assertEquals(far, forward.position(1), 2e-4);
        assertArrayEquals(new double[joints], reference.velocity(), 0.01);
        long putOff = counters.get(Intervention.DEFERRED_TARGET);
        assertTrue(putOff >= 2 && putOff <= 6, "put off " + putOff + " times");
    }

    @Test
    void aChunkForLaterTicksIsTakenFromItsFirstRowAndCounted() {
        script.publish(3, 2, START, (axis, t) -> 0);
        at(0);
        at(TICK);
        at(2 * TICK);
        assertEquals(2, counters.get(Intervention.EARLY_CHUNK));
    }

    @Test
    void aChunkLateInATickCountsFromTheNextTick() {
        script.publish(4, 0, 11, (axis, t) -> 0);
        at(0);
        assertEquals(11, controller.observationStampNs());
        script.publish(4, 0, 22, (axis, t) -> 0);
        at(20 * MS);
        assertEquals(22, controller.observationStampNs());
        script.publish(4, 0, 33, (axis, t) -> 0);
        at(40 * MS);
        assertEquals(22, controller.observationStampNs());
        at(TICK);
        assertEquals(33, controller.observationStampNs());
    }

    @Test
    void holdStopsWithinTheAccelerationLimitUntilTheNextStart() {
        long t = 0;
        for (long tick = 0; tick < 20; tick++) {
            script.publish(8, tick, START + t, EndEffectorControllerTest::circle);
            for (long ms = 0; ms < 50; ms++, t += MS) {
                at(t);
            }
        }
        controller.update(START + t - 1, state, left);
        controller.hold();
        assertEquals(ControllerStatus.HOLDING, at(t));
        assertSmooth(t);
        script.publish(8, 20, START + t, EndEffectorControllerTest::circle);
        for (int ms = 0; ms < 1000; ms++, t += MS) {
            assertEquals(ControllerStatus.HOLDING, at(t));
            for (int joint = 0; joint < joints; joint++) {
                assertTrue(Math.abs(reference.acceleration()[joint]) <= 10);
            }
        }
        assertArrayEquals(new double[joints], reference.velocity(), 1e-12);
        startAtHome();
        assertEquals(ControllerStatus.WAITING, at(0));
    }
}
