package dev.tactus.control.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.description.DescriptionCheck;
import dev.tactus.policies.command.BadInputException;
import dev.tactus.policies.command.ExitCode;
import dev.tactus.policies.command.TactusCommand;
import dev.tactus.policies.config.TactusHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void robotsOfThisRepositoryPass() {
        assertEquals(ExitCode.DONE, check("franka_fr3", "ur5e", "unitree_go2"));
    }

    @Test
    void differenceThatAnotherDescriptionHasMakesTheExitCodeOne() {
        assertEquals(ExitCode.CHECK_FAILED, check(comparing("elbow is heavier")));
        assertEquals(ExitCode.DONE, check(comparing()));
    }

    private static RobotCheckCommand comparing(String... differences) {
        return new RobotCheckCommand(List.of(
                (robot, tree) -> new DescriptionCheck.Comparison("arm.sdf", List.of(differences), 1, 1e-16, 1e-16)));
    }

    @Test
    void whatWasNotComparedIsSaid() {
        assertTrue(printed(new RobotCheckCommand(List.of()))
                .contains("robot.yaml and fr3.urdf agree; fr3.xml was not compared, which needs the module sim"));
        String compared = printed(comparing());
        assertTrue(
                compared.contains("robot.yaml and fr3.urdf agree, and arm.sdf with them, in poses at 1 random"),
                compared);
        assertTrue(compared.contains("at home forearm_end and hand are nearest, 0.05"), compared);
    }

    private static String printed(RobotCheckCommand command) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            check(command);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int check(RobotCheckCommand command) {
        new CommandLine(command).parseArgs("franka_fr3");
        return command.call();
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
