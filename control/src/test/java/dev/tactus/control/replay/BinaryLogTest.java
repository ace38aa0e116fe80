package dev.tactus.control.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.hardware.JointCommand;
import dev.tactus.control.hardware.RobotState;
import dev.tactus.control.model.CommandInterface;
import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryLogTest {
    @TempDir
    private Path folder;

    @Test
    void everyNumberComesBackAsItWas() {
        Path path = written("a.log", 5, 10);
        try (RecordedLog log = BinaryLog.open(path)) {
            assertEquals("robot", log.robot());
            assertEquals(List.of("a", "b"), log.joints());
            assertEquals(5, log.cycles());
            RobotState state = new RobotState(2);
            JointCommand command = new JointCommand(2);
            for (int i = 0; i < 5; i++) {
                log.copyState(i, state);
                log.copyCommand(i, command);
                assertArrayEquals(numbers(state(i), command(i)), numbers(state, command));
                assertEquals(state(i).stampNs(), log.stampNs(i));
                assertEquals(state(i).stampNs(), state.stampNs());
                assertEquals(command(i).mode(), command.mode());
            }
        }
    }

    @Test
    void aFullRecordingDropsAndCounts() {
        try (RecordedLog.Writer writer = BinaryLog.writer(folder.resolve("b.log"), "r", List.of("a", "b"), 2)) {
            assertTrue(writer.append(state(0), command(0)));
            assertTrue(writer.append(state(1), command(1)));
            assertFalse(writer.append(state(2), command(2)));
            assertEquals(1, writer.dropped());
        }
    }

    @Test
    void aFileThatLostItsEndIsReadUpToItsLastWholeRecord() throws IOException {
        Path path = written("c.log", 5, 10);
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 9));
        try (RecordedLog log = BinaryLog.open(path)) {
            assertEquals(4, log.cycles());
        }
    }

    @Test
    void whatIsNoRecordingIsRefusedWithWhatItIs() throws IOException {
        Path path = folder.resolve("d.log");
        assertTrue(refusal(path).contains("there is no recording"));
        Files.writeString(path, "hello\n");
        assertTrue(refusal(path).contains("is no recording of Tactus"));
        Files.writeString(path, "tactus-log 1\nrobot");
        assertTrue(refusal(path).contains("its header is damaged"));
        Files.writeString(path, "tactus-log 9\nrobot r\njoints a\nrecord x\nend\n");
        assertTrue(refusal(path).contains("its format is 'tactus-log 9'"));
        Files.writeString(path, "tactus-log 1\nrobot r\njoints a\nrecord x\nend\n");
        assertTrue(refusal(path).contains("its records are 'record x'"));
        assertTrue(refusal(written("e.log", 0, 3)).contains("no whole cycle"));
    }

    private Path written(String name, int cycles, int room) {
        Path path = folder.resolve(name);
        try (RecordedLog.Writer writer = BinaryLog.writer(path, "robot", List.of("a", "b"), room)) {
            for (int i = 0; i < cycles; i++) {
                writer.append(state(i), command(i));
            }
        }
        return path;
    }

    private static String refusal(Path path) {
        return assertThrows(BadInputException.class, () -> BinaryLog.open(path)).getMessage();
    }

    private static RobotState state(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RobotState state = new RobotState(2);
        stateArrays(state).forEach(array -> Arrays.setAll(array, i -> random.nextDouble()));
        state.hasImu(seed % 2 == 0);
        state.gripperOpening(random.nextDouble());
        state.stampNs(random.nextLong());
        return state;
    }

    private static JointCommand command(int seed) {
        SplittableRandom random = new SplittableRandom(100 + seed);
        JointCommand command = new JointCommand(2);
        commandArrays(command).forEach(array -> Arrays.setAll(array, i -> random.nextDouble()));
        command.mode(CommandInterface.values()[seed % 4]);
        command.gripperOpening(random.nextDouble());
        return command;
    }

    private static Stream<double[]> stateArrays(RobotState state) {
        return Stream.of(
                state.position(),
                state.velocity(),
                state.effort(),
                state.baseOrientation(),
                state.baseAngularVelocity(),
                state.baseLinearAcceleration());
    }

    private static Stream<double[]> commandArrays(JointCommand command) {
        return Stream.of(
                command.position(), command.velocity(), command.effort(), command.stiffness(), command.damping());
    }

    private static double[] numbers(RobotState state, JointCommand command) {
        double[] others = {state.hasImu() ? 1 : 0, state.gripperOpening(), command.gripperOpening()};
        return Stream.of(stateArrays(state), commandArrays(command), Stream.of(others))
                .flatMap(arrays -> arrays)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
