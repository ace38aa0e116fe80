package dev.tactus.launch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TactusTest {

    static Stream<String> everyLevel() {
        return Stream.of(
                "--help",
                "run --help",
                "train --help",
                "demos --help",
                "doctor --help",
                "bench --help",
                "bench physics --help",
                "bench schemes --help",
                "policy --help",
                "policy info --help",
                "policy verify --help",
                "robot --help",
                "robot check --help");
    }

    @ParameterizedTest
    @MethodSource("everyLevel")
    void helpStandsOnEveryLevel(String commandLine) {
        Printed printed = Printed.by(commandLine.split(" "));
        assertEquals(0, printed.exitCode(), printed.err());
        assertTrue(printed.out().startsWith("Usage: tactus"), printed.out());
    }

    @Test
    void unknownCommandIsBadInputWithASuggestion() {
        Printed printed = Printed.by("dcotor");
        assertEquals(2, printed.exitCode());
        assertTrue(printed.err().contains("Did you mean: "), printed.err());
        assertTrue(printed.err().contains("tactus doctor"), printed.err());
    }

    @Test
    void unknownOptionIsBadInput() {
        Printed printed = Printed.by("run", "--episods", "3");
        assertEquals(2, printed.exitCode());
        assertTrue(printed.err().contains("--episods"), printed.err());
        assertTrue(printed.err().contains("--episodes"), printed.err());
    }

    @Test
    void bareGroupNamesItsCommands() {
        Printed printed = Printed.by("bench");
        assertEquals(2, printed.exitCode());
        assertTrue(printed.err().contains("physics"), printed.err());
    }

    @Test
    void doctorFindsEveryPartOfTheLearner() {
        Printed printed = Printed.by("doctor");
        for (String part : new String[] {"JDK", "MuJoCo", "ONNX Runtime", "libtorch", "real-time priority"}) {
            assertTrue(printed.out().contains(part), "no line for " + part + " in:\n" + printed.out());
        }
    }
}
