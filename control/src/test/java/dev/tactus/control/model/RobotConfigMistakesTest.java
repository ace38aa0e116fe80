package dev.tactus.control.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.description.RobotCheck;
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
        refuses("schema: 2", "schema: 1", "schema", "[2, 2]");
    }

    @Test
    void motionBoundBeyondThePublishedLimit() throws IOException {
        refuses("acceleration: 10 rad/s^2", "acceleration: 11 rad/s^2", "motion.acceleration", "published limit, 10.0");
        refuses("jerk: 5000 rad/s^3", "jerk: not_applicable", "motion.jerk", "published limit, 5000.0");
        refuses("braking: 6.0 rad/s^2", "braking: 6.5 rad/s^2", "motion.braking", "published limit, 6.0");
        refuses(
                "acceleration: 10 rad/s^2, jerk: 5000 rad/s^3, braking: 6.0",
                "acceleration: 5 rad/s^2, jerk: 5000 rad/s^3, braking: 6.0",
                "6.0 rad/s^2 is more than the acceleration, 5.0");
    }

    @Test
    void wordsThatTheSchemaDoesNotHave() throws IOException {
        refuses("base: fixed", "base: bolted", "'bolted'", "fixed, floating");
        refuses("[effort, position, velocity]", "[torque]", "'torque'", "position, velocity, effort, joint_pd");
        refuses("[effort, position, velocity]", "[]", "at least one", "command_interfaces");
        refuses("[position, self_collision,", "[position,", "limit_priority", "lacks self_collision");
        refuses("[position, self_collision,", "[position, position,", "'position' stands twice");
        refuses("[docs_2022, libfranka]", "[docs_2022, libfrank]", "limit_sets.docs_2022", "'libfrank'", "libfranka");
        refuses("joint_orders: none", "joint_orders: {sdk: [fr3_joint1]}", "joint_orders.sdk", "stand in it once");
    }

    @Test
    void supervisionHasNoDefaults() throws IOException {
        refuses("stale_observation: 600 ms, ", "", "supervision.stale_observation", "missing", "no default");
        refuses("failed_reads: 5", "failed_reads: 0", "supervision.failed_reads", "'0'");
        refuses("policy_silence: 600 ms", "policy_silence: 0.6 s", "policy_silence", "'ms'");
    }

    @Test
    void shapesThatDoNotFit() throws IOException {
        refuses("max: 0.85 0.85 1.2 m", "max: 0.85 0.85 -1.2 m", "workspace.max", "its z, -1.2 m", "-0.05 m");
        refuses("max: 0.85 0.85 1.2 m", "max: 0.85 0.85 1.2", "3 numbers and 'm'");
        refuses("tool_frame: fr3_hand_tcp", "tool_frame: none", "workspace", "tool_frame is none");
        refuses("name: base_rear", "name: base", "capsule 'base' stands twice");
        refuses("forearm: [hand]", "forearm: [hnd]", "no capsule 'hnd'", "forearm_end");
        refuses("forearm: [hand]", "forearm: [forearm]", "held against itself");
        refuses("forearm: [hand]", "forearm: [hand, column]", "'forearm' and 'column' stands twice");
        refuses("radius: 0.082 m", "radius: 0 m", "radius", "greater than zero");
    }

    @Test
    void legsThatDoNotFit() throws IOException {
        String stance = "stance: {damping: 1 1 1 1 1 1 1 Nms/rad, source: tactus, postures: {up: {position: 0 0 0 -1 0"
                + " 1 0 rad, stiffness: 9 9 9 9 9 9 9 Nm/rad, damping: 1 1 1 1 1 1 1 Nms/rad, duration: 1 s}}}";
        Files.writeString(file, text.replace("stance: none", stance));
        Posture up = RobotConfig.read(file).requireStance().postures().get("up");
        assertEquals(1_000_000_000L, up.durationNs());
        assertEquals(-1, up.position()[3]);
        refuses("stance: none", stance.replace("0 0 0 -1", "0 0 0 0"), "position", "0.0 rad is outside", "fr3_joint4");
        refuses("stance: none", stance.replace("9 9 Nm/rad", "9 Nm/rad"), "stiffness", "7 numbers and 'Nm/rad'");
        refuses("stance: none", stance.replace("damping: 1 1", "damping: 1 -1"), "damping", "-1.0", "not be negative");
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
