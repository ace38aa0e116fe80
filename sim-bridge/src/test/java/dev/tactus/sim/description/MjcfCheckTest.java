package dev.tactus.sim.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.description.DescriptionCheck;
import dev.tactus.control.description.DescriptionCheck.Comparison;
import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import dev.tactus.policies.command.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The robots of this repository agree; each further test makes one mistake in an MJCF and reads the line. */
class MjcfCheckTest {
    @TempDir
    private Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2"})
    void robotsOfThisRepositoryAgree(String name) {
        Comparison found = compare(RobotCatalogue.load(name));
        assertEquals(List.of(), found.differences());
        assertEquals(100, found.poses());
        assertTrue(found.position() > 0 && found.position() < 1e-12, "deviation " + found.position());
        assertTrue(found.rotation() > 0 && found.rotation() < 1e-12, "deviation " + found.rotation());
    }

    @Test
    void robotCheckFindsItThroughServiceLoader() {
        assertTrue(
                ServiceLoader.load(DescriptionCheck.class).stream().anyMatch(each -> each.type() == MjcfCheck.class));
    }

    @Test
    void limitsThatDiffer() throws IOException {
        differs(
                "ur5e",
                "range=\"-3.141592653589793 ",
                "range=\"-3.2 ",
                "elbow_joint position min (rad): -3.14",
                "-3.2");
        differs(
                "ur5e",
                "ctrlrange=\"-28 28\"",
                "ctrlrange=\"-28 29\"",
                "wrist_1_joint motor control max",
                "28.0",
                "29.0");
        differs("ur5e", "forcerange=\"-150 150\"", "forcerange=\"-140 150\"", "shoulder_pan_joint motor torque min");
        differs("ur5e", "gear=\"1\"", "gear=\"2\"", "shoulder_pan_joint gear: 1.0", "2.0");
        differs("franka_fr3", "forcerange=\"-20 20\"", "forcerange=\"-20 25\"", "fr3_finger_joint1 force (N): 20.0");
    }

    @Test
    void massesThatDiffer() throws IOException {
        differs("unitree_go2", "mass=\"6.921\"", "mass=\"7\"", "base mass (kg): 6.921 in the URDF, 7.0 in go2.xml");
        differs("unitree_go2", "pos=\"0.021112 0 ", "pos=\"0.021 0 ", "base centre of mass x (m)");
        differs("unitree_go2", "0.02448 0.098077", "0.02448 0.099", "base inertia yy (kg m2): 0.098077");
        differs(
                "ur5e",
                "<site name=\"tool0\"",
                "<body name=\"weight\"><geom size=\"0.01\" mass=\"1\"/></body><site name=\"tool0\"",
                "body 'weight' has 1.0 kg and is no link");
        differs("unitree_go2", "<body name=\"RL_foot\"", "<body name=\"RL_toe\"", "link 'RL_foot'", "is no body");
    }

    @Test
    void posesThatDiffer() throws IOException {
        differs("ur5e", "pos=\"-0.425 0 0\"", "pos=\"-0.4251 0 0\"", "pose of 'forearm_link'", "9.98");
        differs("unitree_go2", "joint axis=\"1 0 0\"", "joint axis=\"-1 0 0\"", "pose of 'FR_hip'");
        differs(
                "franka_fr3",
                "name=\"fr3_hand_tcp\" pos=\"0 0 0.1034\"",
                "name=\"fr3_hand_tcp\"",
                "pose of 'fr3_hand_tcp'");
        differs("unitree_go2", "name=\"imu\" pos=\"-0.02557 0 ", "name=\"imu\" pos=\"0 0 ", "pose of 'imu'");
        differs("ur5e", "<site name=\"tool0\"", "<site name=\"tool\"", "tool frame 'tool0'", "neither body nor site");
    }

    @Test
    void namesOrdersAndBasesThatDiffer() throws IOException {
        differs(
                "unitree_go2",
                "<motor name=\"FR_hip_joint\" class=\"go2\" joint=\"FR_hip_joint\"/>",
                "",
                "actuators are FR_thigh_joint");
        differs(
                "unitree_go2",
                "<motor name=\"FR_hip_joint\" class=\"go2\" joint=\"FR_hip_joint\"/>",
                "<motor name=\"FR_hip_joint\" class=\"go2\" joint=\"FL_hip_joint\"/>",
                "actuator 'FR_hip_joint' drives 'FL_hip_joint'");
        differs("unitree_go2", "<freejoint name=\"go2_base\"/>", "", "base is floating in robot.yaml");
        differs(
                "ur5e",
                "<body name=\"base_link_inertia\" quat=\"0 0 0 1\">",
                "<body name=\"base_link_inertia\" quat=\"0 0 0 1\"><joint name=\"slip\" type=\"slide\"/>",
                "joints are slip, shoulder_pan_joint");
        differs("ur5e", "<joint axis=\"0 0 1\"", "<joint type=\"slide\" axis=\"0 0 1\"", "is no hinge as in the URDF");
    }

    @Test
    void descriptionThatMujocoCannotReadIsBadInput() throws IOException {
        RobotConfig robot = changed("ur5e", "</mujoco>", "");
        String message =
                assertThrows(BadInputException.class, () -> compare(robot)).getMessage();
        assertTrue(message.contains("ur5e.xml") && message.contains("malformed"), message);
    }

    /** One of the lines has all the parts. */
    private void differs(String name, String original, String mistake, String... parts) throws IOException {
        List<String> lines = compare(changed(name, original, mistake)).differences();
        assertTrue(
                lines.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains)),
                mistake + " gives " + lines);
    }

    private RobotConfig changed(String name, String original, String mistake) throws IOException {
        RobotConfig robot = RobotCatalogue.load(name);
        Path folder = Files.createDirectories(parent.resolve(name));
        for (Path file : List.of(robot.urdf(), robot.mjcf(), robot.folder().resolve("robot.yaml"))) {
            Files.writeString(folder.resolve(file.getFileName()), Files.readString(file));
        }
        Path mjcf = folder.resolve(robot.mjcf().getFileName());
        String text = Files.readString(mjcf);
        int at = text.indexOf(original);
        assertTrue(at >= 0, original);
        Files.writeString(mjcf, text.substring(0, at) + mistake + text.substring(at + original.length()));
        return RobotConfig.read(folder.resolve("robot.yaml"));
    }

    private static Comparison compare(RobotConfig robot) {
        return new MjcfCheck().compare(robot, UrdfReader.read(robot.urdf()));
    }
}
