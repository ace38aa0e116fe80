package dev.tactus.control.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.kinematics.InverseKinematics;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.MotionBounds;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.control.safety.Intervention;
import dev.tactus.control.safety.InterventionCounters;
import dev.tactus.policies.runner.ActionChunk;
import dev.tactus.policies.runner.ChunkBuffer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random streams of chunks: late, early, overlapping, out of order, with rows of NaN and with jumps across the workspace. */
class HandOverTest {
    private static final long MS = 1_000_000;
    private static final long TICK = 50 * MS;
    private static final long START = 7_000_000_123L;
    private static final int TICKS = 60;
    private static final int ROWS = 16;
    private static final double GENTLE_JERK = 400;

    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");
    private static final int JOINTS = ROBOT.joints().size();

    private final InverseKinematics inverse = new InverseKinematics(
            new ForwardKinematics(UrdfReader.read(ROBOT.urdf()), ROBOT), ROBOT, InverseKinematics.Settings.DEFAULT);
    private final InterventionCounters counters = new InterventionCounters();
    private final RobotState state = new RobotState(JOINTS);
    private final JointReference earlier = new JointReference(JOINTS);
    private final JointReference left = new JointReference(JOINTS);
    private final JointReference right = new JointReference(JOINTS);
    private final double[] lastAcceleration = new double[JOINTS];
    private double greatestAcceleration;
    private double greatestJerk;

    /** Fills one row of a chunk for a time since the start, s. */
    private interface Row {
        void fill(ActionChunk chunk, int row, double seconds, SplittableRandom random);
    }

    @Test
    void poseChunksHandOverC2AndWithinTheLimits() {
        for (int seed = 0; seed < 60; seed++) {
            ChunkScript script = new ChunkScript();
            ChunkSettings settings = ChunkScript.settings(TICK);
            check(
                    new EndEffectorController(ROBOT, inverse, script.chunks(), settings, counters),
                    script.chunks(),
                    HandOverTest::poseRow,
                    seed);
        }
        assertEquals(0, counters.get(Intervention.POSITION));
        assertTrue(counters.get(Intervention.INVERSE_KINEMATICS) > 0, "some jumps lead out of reach");
        assertEverythingHappened();
    }

    @Test
    void jointChunksHandOverC2AndWithinTheLimits() {
        for (int seed = 0; seed < 60; seed++) {
            ChunkBuffer chunks = new ChunkBuffer(ROWS, JOINTS);
            ChunkSettings settings = new ChunkSettings(
                    TICK,
                    IntStream.range(0, JOINTS).boxed().toList(),
                    OptionalInt.empty(),
                    ChunkSettings.REFERENCE_SPEED,
                    seed % 2 == 0 ? TICK : TICK / 4,
                    seed % 3 == 0 ? 0 : ChunkSettings.SMOOTHING_S);
            check(new JointPositionController(ROBOT, chunks, settings, counters), chunks, HandOverTest::jointRow, seed);
        }
        assertTrue(counters.get(Intervention.POSITION) > 0, "some jumps lead beyond a limit");
        assertEverythingHappened();
    }

    @Test
    void aTighterJerkLimitIsKeptToo() {
        List<JointConfig> gentle = ROBOT.joints().stream()
                .map(joint -> new JointConfig(
                        joint.name(),
                        joint.home(),
                        joint.stiffness(),
                        joint.damping(),
                        joint.limits(),
                        new MotionBounds(
                                joint.motion().velocity(),
                                joint.motion().acceleration(),
                                OptionalDouble.of(GENTLE_JERK),
                                joint.motion().braking())))
                .toList();
        RobotConfig robot = RobotVariant.of(ROBOT, ROBOT.commandInterfaces(), gentle);
        for (int seed = 0; seed < 20; seed++) {
            ChunkScript script = new ChunkScript();
            check(
                    new EndEffectorController(robot, inverse, script.chunks(), ChunkScript.settings(TICK), counters),
                    script.chunks(),
                    HandOverTest::poseRow,
                    seed);
        }
        assertTrue(greatestJerk > 0.9 * GENTLE_JERK && greatestJerk < GENTLE_JERK + 1e-3, greatestJerk + " rad/s3");
    }

    private void assertEverythingHappened() {
        for (Intervention kind : List.of(
                Intervention.BAD_ROW,
                Intervention.UNDERRUN,
                Intervention.EARLY_CHUNK,
                Intervention.OUTDATED_CHUNK,
                Intervention.REFERENCE_SPEED,
                Intervention.DEFERRED_TARGET)) {
            assertTrue(counters.get(kind) > 0, kind + " never happened");
        }
        assertTrue(greatestAcceleration > 9, "greatest acceleration " + greatestAcceleration);
        assertTrue(greatestJerk > 1500, "greatest jerk " + greatestJerk);
    }

    private static void poseRow(ActionChunk chunk, int row, double s, SplittableRandom random) {
        double jump = random.nextInt(12) == 0 ? 0.9 * random.nextDouble(-1, 1) : 0;
        double noise = 0.004 * random.nextDouble(-1, 1);
        ChunkScript.row(chunk, row, 0.05 * Math.sin(3 * s) + noise, 0.05 * Math.cos(2 * s) + jump, noise, 1);
    }

    private static void jointRow(ActionChunk chunk, int row, double s, SplittableRandom random) {
        for (int joint = 0; joint < JOINTS; joint++) {
            double jump = random.nextInt(40) == 0 ? 4 * random.nextDouble(-1, 1) : 0;
            double path = ROBOT.joints().get(joint).home() + 0.1 * Math.sin(3 * s + joint);
            chunk.set(row, joint, path + 0.01 * random.nextDouble(-1, 1) + jump);
        }
    }

    private void check(Controller controller, ChunkBuffer chunks, Row row, int seed) {
        var random = new SplittableRandom(seed);
        System.arraycopy(ROBOT.home(), 0, state.position(), 0, JOINTS);
        controller.start(START, state);
        java.util.Arrays.fill(lastAcceleration, 0);
        for (long t = MS; t < TICKS * TICK; t += MS) {
            // Left limits: up to a nanosecond before, no newer chunk is there; the last one is extrapolated.
            controller.update(START + t - 2, state, earlier);
            controller.update(START + t - 1, state, left);
            if (random.nextInt(30) == 0) {
                publish(chunks, row, t, random);
            }
            controller.update(START + t, state, right);
            assertC2("seed " + seed + ", " + t + " ns");
        }
    }

    private static void publish(ChunkBuffer chunks, Row row, long t, SplittableRandom random) {
        long tick = t / TICK;
        long firstTick = random.nextInt(8) == 0 ? tick + random.nextLong(1, 4) : tick - random.nextLong(6);
        ActionChunk chunk = chunks.writable();
        int rows = random.nextInt(1, ROWS + 1);
        chunk.begin(rows, firstTick, t - random.nextLong(2 * TICK), 1);
        for (int i = 0; i < rows; i++) {
            row.fill(chunk, i, (firstTick + i + 1) * TICK * 1e-9, random);
            if (random.nextInt(20) == 0) {
                chunk.set(i, random.nextInt(chunk.actionSize()), Double.NaN);
            }
        }
        chunks.publish();
    }

    private void assertC2(String where) {
        for (int joint = 0; joint < JOINTS; joint++) {
            double a = 2 * left.acceleration()[joint] - earlier.acceleration()[joint];
            double v = left.velocity()[joint] + 1e-9 * a;
            double q = left.position()[joint] + 1e-9 * v;
            assertEquals(q, right.position()[joint], 1e-9, where);
            assertEquals(v, right.velocity()[joint], 1e-9, where);
            assertEquals(a, right.acceleration()[joint], 1e-9, where);
            double acceleration = Math.abs(right.acceleration()[joint]);
            assertTrue(acceleration <= 10 + 1e-9, where + ": " + acceleration + " rad/s2");
            double jerk = Math.abs(a - lastAcceleration[joint]) * 1e3;
            assertTrue(jerk <= 5000 + 1e-3, where + ": " + jerk + " rad/s3");
            lastAcceleration[joint] = right.acceleration()[joint];
            greatestAcceleration = Math.max(greatestAcceleration, acceleration);
            greatestJerk = Math.max(greatestJerk, jerk);
        }
    }
}
