package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test makes one mistake in the FR3's own robot.yaml and reads the message. */
class RobotConfigMistakesTest {
    @TempDir
    private Path parent;

    private Path file;
    private String text;

    @BeforeEach
    void copyRobot() throws IOException {
        RobotConfig robot = RobotCatalogue.load("franka_fr3");
        Path folder = Files.createDirectory(parent.resolve("franka_fr3"));
        Files.copy(robot.urdf(), folder.resolve("fr3.urdf"));
        Files.copy(robot.mjcf(), folder.resolve("fr3.xml"));
        file = folder.resolve("robot.yaml");
        text = Files.readString(robot.folder().resolve("robot.yaml"));
    }

    @Test
    void unknownKey() throws IOException {
        refuses("stiffness: 600 Nm/rad", "stiffnes: 600 Nm/rad", "joints[0].stiffness", "missing");
        refuses("    damping: 50 Nms/rad", "    damping: 50 Nms/rad\n    colour: red", "colour", "unknown key");
        refuses("control_rate: 1000 Hz", "control_rate: 1000 Hz\nrate: 1", "rate: unknown key", "control_rate");
    }

    @Test
    void missingLimit() throws IOException {
        refuses(
                "      jerk: {max: 5000 rad/s^3, source: docs_2025}\n",
                "",
                "key 'joints[0].limits.jerk' is missing",
                "add it");
        refuses("        max: 2.7437 rad\n", "", "key 'joints[0].limits.position.max' is missing", "add it");
    }

    @Test
    void wrongUnit() throws IOException {
        refuses("max: 2.62 rad/s\n", "max: 150 deg/s\n", "'150 deg/s' has the unit 'deg/s'", "'rad/s'");
        refuses("max: 2.62 rad/s\n", "max: 2.62\n", "'2.62' has no unit", "'rad/s'");
        refuses("torque: {max: 87 Nm,", "torque: {max: 87 N,", "has the unit 'N'", "'Nm'");
    }

    @Test
    void messageNamesFileAndLine() throws IOException {
        int line = (int) text.lines()
                        .takeWhile(each -> !each.contains("max: 2.62 rad/s"))
                        .count()
                + 1;
        refuses("max: 2.62 rad/s\n", "max: 150 deg/s\n", file + ":" + line + ":", "joints[0].limits.velocity.max");
    }

    @Test
    void valuesThatMakeNoSense() throws IOException {
        refuses("max: 2.7437 rad\n", "max: -2.8 rad\n", "must be greater than min", "-2.7437");
        refuses("max: 2.7437 rad\n", "max: 2.8 rad\n", "reaches beyond the tightest", "2.7437");
        refuses("home: -0.25 rad", "home: -2.5 rad", "outside the position limits", "fr3_joint2");
        refuses("torque: {max: 87 Nm,", "torque: {max: -87 Nm,", "must be greater than zero", "torque.max");
        refuses("stiffness: 600", "stiffness: -600", "must not be negative", "stiffness");
        refuses("- name: fr3_joint2", "- name: fr3_joint1", "stands twice", "fr3_joint1");
        refuses(
                "jerk: {max: 5000 rad/s^3, source: docs_2025}",
                "jerk: {max: 5000 rad/s^3, source: memory}",
                "memory",
                "docs_2025");
        refuses("schema: 1", "schema: 2", "schema", "[1, 1]");
    }

    @Test
    void filesThatDoNotFit() throws IOException {
        refuses("urdf: fr3.urdf", "urdf: fr4.urdf", "there is no file", "fr4.urdf");
        refuses("name: franka_fr3", "name: franka", "is not the folder's name", "franka_fr3");
    }

    @Test
    void limitThatNoMakerPublishesIsNotApplicable() throws IOException {
        Files.writeString(file, text.replaceFirst("max: 5000 rad/s\\^3", "max: not_applicable"));
        assertEquals(
                OptionalDouble.empty(),
                RobotConfig.read(file).joints().getFirst().limits().jerk());
    }

    @Test
    void differenceFromTheUrdfIsNamedWithBothFigures() throws IOException {
        Files.writeString(file, text.replaceFirst("max: 2\\.7437 rad", "max: 2.5 rad"));
        RobotConfig robot = RobotConfig.read(file);
        assertEquals(
                List.of("fr3_joint1 position max (rad): 2.5 in robot.yaml, 2.7437 in the URDF"),
                RobotCheck.compare(robot, UrdfReader.read(robot.urdf())));
    }

    private void refuses(String original, String mistake, String... parts) throws IOException {
        int at = text.indexOf(original);
        assertTrue(at >= 0, original);
        Files.writeString(file, text.substring(0, at) + mistake + text.substring(at + original.length()));
        String message = assertThrows(BadInputException.class, () -> RobotConfig.read(file))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message + "\nlacks: " + part);
        }
    }
}
