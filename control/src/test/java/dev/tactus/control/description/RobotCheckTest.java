package dev.tactus.control.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tactus.control.model.RobotCatalogue;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.UrdfReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The robots of this repository agree; each further test makes one mistake in a robot.yaml or URDF and reads the line. */
class RobotCheckTest {
    @TempDir
    private Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2"})
    void robotsOfThisRepositoryAgreeAndStandClearAtHome(String name) {
        RobotConfig robot = RobotCatalogue.load(name);
        var tree = UrdfReader.read(robot.urdf());
        assertEquals(List.of(), RobotCheck.compare(robot, tree));
        SelfClearance clearance =
                new SelfClearance(robot, tree, robot.selfCollision().orElseThrow());
        assertTrue(clearance.at(robot.home()).metres() >= 0.03, clearance.at(robot.home()) + " at home");
    }

    /** Capsules that are too fat would take the robot's room; pairs that are missing would leave it all of it. */
    @ParameterizedTest
    @ValueSource(strings = {"franka_fr3", "ur5e", "unitree_go2"})
    void mostOfTheConfigurationsAreFreeOfSelfCollisionAndSomeAreNot(String name) {
        RobotConfig robot = RobotCatalogue.load(name);
        SelfClearance clearance = new SelfClearance(
                robot, UrdfReader.read(robot.urdf()), robot.selfCollision().orElseThrow());
        SplittableRandom random = new SplittableRandom(3);
        double[] q = new double[robot.joints().size()];
        int trials = 20_000;
        int touching = 0;
        for (int n = 0; n < trials; n++) {
            for (int i = 0; i < q.length; i++) {
                var limits = robot.joints().get(i).limits();
                q[i] = random.nextDouble(limits.positionMin(), limits.positionMax());
            }
            touching += clearance.at(q).metres() < 0 ? 1 : 0;
        }
        double share = (double) touching / trials;
        assertTrue(share > 0.03 && share < 0.25, "share of configurations in self-collision: " + share);
    }

    @Test
    void limitsThatDiffer() throws IOException {
        differs("ur5e", "urdf", "effort=\"150\"", "effort=\"140\"", "shoulder_pan_joint torque (Nm): 150.0", "140.0");
        differs("unitree_go2", "urdf", "lower=\"-0.5236\"", "lower=\"-0.52\"", "RR_thigh_joint position min", "-0.52");
        differs("unitree_go2", "urdf", "velocity=\"15.7\"", "velocity=\"20\"", "FR_calf_joint velocity", "20.0");
    }

    @Test
    void namesAndOrdersThatDiffer() throws IOException {
        differs("ur5e", "yaml", "tool_frame: tool0", "tool_frame: tool1", "names the frame 'tool1'");
        differs("ur5e", "urdf", "<robot name=\"ur5e\">", "<robot name=\"ur5\">", "name: 'ur5e'", "'ur5'");
        differs("ur5e", "urdf", "name=\"elbow_joint\"", "name=\"elbow\"", "joint 'elbow_joint'", "not in the URDF");
        differs(
                "unitree_go2",
                "yaml",
                "base_link: base\n",
                "base_link: FR_foot\n",
                "floats",
                "must be the URDF's root, 'base'");
        differs("ur5e", "yaml", "link: upper_arm_link", "link: upper_arm", "capsule 'upper_arm'", "link 'upper_arm'");
    }

    @Test
    void orderOfJointsThatDiffers() throws IOException {
        RobotConfig robot = RobotCatalogue.load("ur5e");
        String yaml = Files.readString(robot.folder().resolve("robot.yaml"));
        int pan = yaml.indexOf("  - name: shoulder_pan_joint");
        int lift = yaml.indexOf("  - name: shoulder_lift_joint");
        int elbow = yaml.indexOf("  - name: elbow_joint");
        String swapped = yaml.substring(0, pan)
                + yaml.substring(lift, elbow)
                + yaml.substring(pan, lift)
                + yaml.substring(elbow);
        expect(copy("ur5e", Files.readString(robot.urdf()), swapped), "joint 'shoulder_pan_joint' stands later");
    }

    @Test
    void homeThatTouchesItself() throws IOException {
        differs("franka_fr3", "yaml", "margin: 0.01 m", "margin: 0.06 m", "forearm_end and hand are 0.05", "0.06 m");
        differs("ur5e", "yaml", "home: 1.5707963267948966 rad", "home: 3.1 rad", "apart, less than the margin");
    }

    private void differs(String name, String which, String original, String mistake, String... parts)
            throws IOException {
        RobotConfig robot = RobotCatalogue.load(name);
        String urdf = Files.readString(robot.urdf());
        String yaml = Files.readString(robot.folder().resolve("robot.yaml"));
        assertTrue((which.equals("urdf") ? urdf : yaml).contains(original), original);
        RobotConfig changed = which.equals("urdf")
                ? copy(name, urdf.replaceFirst(Pattern.quote(original), mistake), yaml)
                : copy(name, urdf, yaml.replaceFirst(Pattern.quote(original), mistake));
        expect(changed, parts);
    }

    private static void expect(RobotConfig robot, String... parts) {
        List<String> lines = RobotCheck.compare(robot, UrdfReader.read(robot.urdf()));
        assertTrue(
                lines.stream().anyMatch(line -> List.of(parts).stream().allMatch(line::contains)),
                String.join(", ", parts) + " not in " + lines);
    }

    private RobotConfig copy(String name, String urdf, String yaml) throws IOException {
        RobotConfig robot = RobotCatalogue.load(name);
        Path folder = Files.createDirectories(parent.resolve(name));
        Files.writeString(folder.resolve(robot.mjcf().getFileName()), Files.readString(robot.mjcf()));
        Files.writeString(folder.resolve(robot.urdf().getFileName()), urdf);
        return RobotConfig.read(Files.writeString(folder.resolve("robot.yaml"), yaml));
    }
}
