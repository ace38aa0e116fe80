package dev.tactus.control.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A robot as its {@code robot.yaml} states it. The order of {@link #joints} is the joint order of everything else: every
 * array over joints in control follows it.
 *
 * @param name the robot's name, which is its folder's name too
 * @param folder the folder that holds its files
 * @param urdf its URDF; exists
 * @param mjcf its model for MuJoCo, made to be included by a scene; exists
 * @param baseLink the link that poses are expressed in
 * @param toolFrame the link whose pose is commanded
 * @param controlRateHz Hz, of the control loop
 * @param joints the joints that are controlled, in joint order
 * @param gripper the gripper
 * @param description one line about the robot
 * @param sources where each figure was read: the short names that the limits cite, and what they stand for
 */
public record RobotConfig(
        String name,
        Path folder,
        Path urdf,
        Path mjcf,
        String baseLink,
        String toolFrame,
        double controlRateHz,
        List<JointConfig> joints,
        GripperConfig gripper,
        String description,
        Map<String, String> sources) {

    /**
     * Makes the configuration.
     *
     * @param name the robot's name
     * @param folder the folder that holds its files
     * @param urdf its URDF
     * @param mjcf its model for MuJoCo
     * @param baseLink the link that poses are expressed in
     * @param toolFrame the link whose pose is commanded
     * @param controlRateHz Hz, of the control loop
     * @param joints the joints that are controlled, in joint order, copied
     * @param gripper the gripper
     * @param description one line about the robot
     * @param sources where each figure was read, copied
     */
    public RobotConfig {
        joints = List.copyOf(joints);
        sources = Map.copyOf(sources);
    }

    /**
     * Reads a {@code robot.yaml}.
     *
     * @param file the file; its folder's name must be the robot's name
     * @return the robot
     * @throws dev.tactus.policies.command.BadInputException if a key is unknown or missing, a unit is wrong, a value
     *     makes no sense, or a file that it names does not exist; says where and what is allowed
     */
    public static RobotConfig read(Path file) {
        return new RobotConfigReader(file).read();
    }

    /**
     * The names of the joints, in joint order.
     *
     * @return the names
     */
    public List<String> jointNames() {
        return joints.stream().map(JointConfig::name).toList();
    }

    /**
     * The home position of every joint.
     *
     * @return rad, in joint order; a new array
     */
    public double[] home() {
        return joints.stream().mapToDouble(JointConfig::home).toArray();
    }
}
