package dev.tactus.control.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.HardwareContractTest;
import dev.tactus.control.hardware.HardwareException;
import dev.tactus.control.hardware.HardwareInterface;
import dev.tactus.control.hardware.HardwareStatus;
import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.loop.ManualClock;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayHardwareTest extends HardwareContractTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final RobotConfig ROBOT = RobotCatalogue.load("franka_fr3");

    @TempDir
    private Path folder;

    @Override
    protected Rig open() {
        return new ReplayRig(record("run.log", 16_000));
    }

    private Path record(String name, int cycles) {
        Path path = folder.resolve(name);
        RobotState state = new RobotState(7);
        JointCommand command = new JointCommand(7);
        try (RecordedLog.Writer writer = BinaryLog.writer(path, ROBOT.name(), ROBOT.jointNames(), cycles)) {
            for (int i = 0; i < cycles; i++) {
                fill(state, command, i);
                assertTrue(writer.append(state, command));
            }
        }
        return path;
    }

    private static void fill(RobotState state, JointCommand command, int cycle) {
        state.stampNs(77 + cycle * PERIOD_NS);
        for (int joint = 0; joint < 7; joint++) {
            state.position()[joint] = joint + Math.sin(cycle * 1e-3);
            state.velocity()[joint] = cycle;
            command.effort()[joint] = joint + Math.cos(cycle * 1e-3);
        }
    }

    @Test
    void playsWhatWasMeasuredAtTheTimesOfThenOnTheClockOfNow() {
        ManualClock clock = new ManualClock(9_000_000_000L);
        RobotState state = new RobotState(7);
        RobotState then = new RobotState(7);
        JointCommand command = new JointCommand(7);
        try (ReplayHardware replay = new ReplayHardware(record("a.log", 100), ROBOT, clock)) {
            replay.configure();
            for (int cycle = 0; cycle < 90; cycle += 3) {
                assertEquals(HardwareStatus.OK, replay.read(state));
                fill(then, command, cycle);
                assertArrayEquals(then.position(), state.position());
                assertEquals(clock.nowNs(), state.stampNs());
                clock.advance(3 * PERIOD_NS);
            }
        }
    }

    @Test
    void reportsHowFarCommandsAreFromThoseOfThen() {
        ManualClock clock = new ManualClock(0);
        RobotState state = new RobotState(7);
        JointCommand command = new JointCommand(7);
        try (ReplayHardware replay = new ReplayHardware(record("b.log", 100), ROBOT, clock)) {
            replay.configure();
            replay.activate();
            for (int cycle = 0; cycle < 100; cycle++) {
                replay.read(state);
                fill(new RobotState(7), command, cycle);
                command.effort()[2] += cycle % 2 == 0 ? 3 : -4;
                command.gripperOpening(0.01);
                replay.write(command);
                clock.advance(PERIOD_NS);
            }
            CommandDifference difference = replay.difference();
            assertEquals(100, difference.compared());
            assertEquals(0, difference.otherModes());
            assertEquals(0, difference.greatest(1));
            assertEquals(4, difference.greatest(2), 1e-12);
            assertEquals(Math.sqrt((9.0 + 16.0) / 2), difference.rootMeanSquare(2), 1e-12);
            assertEquals(0.01, difference.others(), 1e-12);
        }
    }

    @Test
    void theRecordingOfAnotherRobotIsRefused() {
        Path path = folder.resolve("other.log");
        try (RecordedLog.Writer writer = BinaryLog.writer(path, "other", List.of("a", "b"), 1)) {
            writer.append(new RobotState(2), new JointCommand(2));
        }
        try (ReplayHardware replay = new ReplayHardware(path, ROBOT, () -> 0)) {
            var refused = assertThrows(HardwareException.class, replay::configure);
            assertTrue(refused.getMessage().contains("other with joints [a, b]"), refused.getMessage());
        }
    }

    private static final class ReplayRig implements Rig {
        private final ManualClock clock = new ManualClock(1_000_000_000L);
        private final Path path;
        private final Path away;
        private final ReplayHardware replay;

        private ReplayRig(Path path) {
            this.path = path;
            away = path.resolveSibling("away.log");
            replay = new ReplayHardware(path, ROBOT, clock);
        }

        @Override
        public HardwareInterface hardware() {
            return replay;
        }

        @Override
        public RobotConfig robot() {
            return ROBOT;
        }

        @Override
        public void passPeriod() {
            clock.advance(PERIOD_NS);
        }

        @Override
        public void cut() {
            clock.advance(20_000 * PERIOD_NS);
            move(path, away);
        }

        @Override
        public void mend() {
            move(away, path);
        }

        private static void move(Path from, Path to) {
            try {
                Files.move(from, to);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public double truePosition(String joint) {
            RobotState then = new RobotState(7);
            fill(then, new JointCommand(7), replay.cycle());
            return then.position()[ROBOT.jointNames().indexOf(joint)];
        }

        @Override
        public double arrivedEffort(String joint) {
            return replay.commanded().effort()[ROBOT.jointNames().indexOf(joint)];
        }

        @Override
        public boolean moves() {
            return false;
        }

        @Override
        public void close() {
            replay.close();
        }
    }
}
