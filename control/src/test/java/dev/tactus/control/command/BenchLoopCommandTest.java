package dev.tactus.control.command;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchLoopCommandTest {

    private static String refusal(String... args) {
        var command = new BenchLoopCommand();
        new CommandLine(command).parseArgs(args);
        return assertThrows(BadInputException.class, command::call).getMessage();
    }

    @Test
    void optionsThatCannotBeAreRefusedBeforeAnythingRuns() {
        assertTrue(refusal("--seconds", "0").contains("at least 1"));
        assertTrue(refusal("--pairs", "-1").contains("at least 1"));
        assertTrue(refusal("--priority", "99").contains("real-time priority 99; allowed is 1 to 98"));
        assertTrue(refusal("--cpus", "1,1024").contains("CPU 1024; allowed is 0 to 1023"));
        assertTrue(refusal("--json", "/no/such/folder/loop.json").contains("its folder does not exist"));
    }
}
