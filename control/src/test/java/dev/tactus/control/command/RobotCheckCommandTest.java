package dev.tactus.control.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RobotCheckCommandTest {
    private final String home = System.getProperty(TactusHome.PROPERTY);

    @AfterEach
    void restoreHome() {
        System.setProperty(TactusHome.PROPERTY, home);
    }

    @Test
    void launcherFindsItInTheGroupRobot() {
        assertTrue(ServiceLoader.load(TactusCommand.class).stream()
                .anyMatch(found -> found.type() == RobotCheckCommand.class
                        && found.get().group().equals("robot")));
    }

    @Test
    void robotOfThisRepositoryPasses() {
        assertEquals(ExitCode.DONE, check("franka_fr3"));
    }

    @Test
    void differenceMakesTheExitCodeOne(@TempDir Path elsewhere) throws IOException {
        Path original = Path.of(home, "hardware-configs", "franka_fr3");
        Path copy =
                Files.createDirectories(elsewhere.resolve("hardware-configs").resolve("franka_fr3"));
        Files.copy(original.resolve("fr3.xml"), copy.resolve("fr3.xml"));
        Files.copy(original.resolve("robot.yaml"), copy.resolve("robot.yaml"));
        String urdf = Files.readString(original.resolve("fr3.urdf"));
        Files.writeString(copy.resolve("fr3.urdf"), urdf.replaceFirst("effort=\"87\"", "effort=\"88\""));
        System.setProperty(TactusHome.PROPERTY, elsewhere.toString());
        assertEquals(ExitCode.CHECK_FAILED, check("franka_fr3"));
    }

    @Test
    void unknownRobotIsBadInput() {
        assertThrows(BadInputException.class, () -> check("franka_fr3", "nobody"));
    }

    private static int check(String... names) {
        RobotCheckCommand command = new RobotCheckCommand();
        new CommandLine(command).parseArgs(names);
        return command.call();
    }
}
