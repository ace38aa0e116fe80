package dev.tactus.control.model;

import dev.tactus.policies.command.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A robot as its {@code robot.yaml} states it. The order of {@link #joints} is the joint order of everything else: every
 * array over joints in control follows it.
 *
 * @param name the robot's name, which is its folder's name too
 * @param description one line about the robot
 * @param folder the folder that holds its files
 * @param urdf its URDF; exists
 * @param mjcf its model for MuJoCo, made to be included by a scene; exists
 * @param base whether the base is bolted down
 * @param baseLink the link that poses are expressed in; of a floating robot, the link that floats
 * @param toolFrame the link whose pose is commanded, if it has one
 * @param controlRateHz Hz, of the control loop
 * @param commandInterfaces what its drives take
 * @param joints the joints that are controlled, in joint order
 * @param gripper the gripper, if it has one
 * @param jointOrders other orders of the joints, by name
 * @param stance how it gets up, if it has legs
 * @param limitSet which of the maker's sets of limits {@link #joints} holds, or {@link #MINIMUM}
 * @param workspace where the tool frame may be, if that is bounded
 * @param selfCollision its shape for keeping it off itself, if that is checked
 * @param supervision when it is stopped although nobody asks
 * @param limitPriority every kind of limit once, the one that holds longest first
 * @param sources where each figure was read: the short names that the limits cite, and what they stand for
 */
public record RobotConfig(
        String name,
        String description,
        Path folder,
        Path urdf,
        Path mjcf,
        BaseType base,
        String baseLink,
        Optional<String> toolFrame,
        double controlRateHz,
        Set<CommandInterface> commandInterfaces,
        List<JointConfig> joints,
        Optional<GripperConfig> gripper,
        Map<String, JointOrder> jointOrders,
        Optional<Stance> stance,
        String limitSet,
        Optional<WorkspaceBox> workspace,
        Optional<SelfCollision> selfCollision,
        Supervision supervision,
        List<LimitKind> limitPriority,
        Map<String, String> sources) {

    /** The name of the tightest of all the maker's sets of limits, which every set allows. */
    public static final String MINIMUM = "minimum";

    /**
     * Makes the configuration; collections are copied. The components are described at the record.
     *
     * @param name the robot's name
     * @param description one line about the robot
     * @param folder the folder that holds its files
     * @param urdf its URDF
     * @param mjcf its model for MuJoCo
     * @param base whether the base is bolted down
     * @param baseLink the link that poses are expressed in
     * @param toolFrame the link whose pose is commanded
     * @param controlRateHz Hz, of the control loop
     * @param commandInterfaces what its drives take
     * @param joints the joints that are controlled, in joint order
     * @param gripper the gripper
     * @param jointOrders other orders of the joints
     * @param stance how it gets up
     * @param limitSet which set of limits the joints hold
     * @param workspace where the tool frame may be
     * @param selfCollision its shape for keeping it off itself
     * @param supervision when it is stopped
     * @param limitPriority every kind of limit once
     * @param sources where each figure was read
     */
    public RobotConfig {
        commandInterfaces = Set.copyOf(commandInterfaces);
        joints = List.copyOf(joints);
        jointOrders = Map.copyOf(jointOrders);
        limitPriority = List.copyOf(limitPriority);
        sources = Map.copyOf(sources);
    }

    /**
     * Reads a {@code robot.yaml} with the tightest of the maker's sets of limits.
     *
     * @param file the file; its folder's name must be the robot's name
     * @return the robot
     * @throws BadInputException if a key is unknown or missing, a unit is wrong, a value makes no sense, or a file that
     *     it names does not exist; says where and what is allowed
     */
    public static RobotConfig read(Path file) {
        return read(file, MINIMUM);
    }

    /**
     * Reads a {@code robot.yaml} with one of the maker's sets of limits.
     *
     * @param file the file; its folder's name must be the robot's name
     * @param limitSet one of the file's {@code limit_sets}, or {@link #MINIMUM}
     * @return the robot
     * @throws BadInputException as {@link #read(Path)}, and if there is no such set; names those there are
     */
    public static RobotConfig read(Path file, String limitSet) {
        return new RobotConfigReader(file).read(limitSet);
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

    /**
     * The robot's own joint order, that of {@link #joints}, to map to and from others.
     *
     * @return the order, under the robot's name
     */
    public JointOrder jointOrder() {
        return new JointOrder(name, jointNames());
    }

    /**
     * One of the other joint orders.
     *
     * @param order its name in {@code robot.yaml}
     * @return the order
     * @throws BadInputException if there is no such order; names those there are
     */
    public JointOrder jointOrder(String order) {
        if (!jointOrders.containsKey(order)) {
            throw new BadInputException("robot '" + name + "' has no joint order '" + order + "'; it has "
                    + (jointOrders.isEmpty() ? "none beside its own" : sorted(jointOrders.keySet().stream()))
                    + ". Add it under joint_orders in " + folder.resolve("robot.yaml") + ".");
        }
        return jointOrders.get(order);
    }

    /**
     * The gripper of a robot that must have one.
     *
     * @return the gripper
     * @throws BadInputException if it has none
     */
    public GripperConfig requireGripper() {
        return gripper.orElseThrow(() -> lacks("gripper", "gripper", "that grasps nothing"));
    }

    /**
     * The tool frame of a robot that must have one.
     *
     * @return the link whose pose is commanded
     * @throws BadInputException if it has none
     */
    public String requireToolFrame() {
        return toolFrame.orElseThrow(() -> lacks("tool frame", "tool_frame", "that commands joints"));
    }

    /**
     * How a robot that must have legs gets up.
     *
     * @return the stance
     * @throws BadInputException if it has none
     */
    public Stance requireStance() {
        return stance.orElseThrow(() -> lacks("stance", "stance", "for arms"));
    }

    /**
     * Refuses a robot whose drives do not take what somebody is going to write.
     *
     * @param needed what is going to be written
     * @param byWhom who needs it, for the message, for example {@code "joint impedance control"}
     * @throws BadInputException if the robot does not have it; says what it has
     */
    public void require(CommandInterface needed, String byWhom) {
        if (!commandInterfaces.contains(needed)) {
            throw new BadInputException(byWhom + " commands " + word(needed) + ", which robot '" + name
                    + "' does not take; its command interfaces are "
                    + sorted(commandInterfaces.stream().map(RobotConfig::word))
                    + ". Choose a controller that commands one of them, or a robot with "
                    + word(needed) + " among command_interfaces in its robot.yaml.");
        }
    }

    private BadInputException lacks(String what, String key, String instead) {
        return new BadInputException("robot '" + name + "' has no " + what
                + ", which is needed here. Choose a robot with" + " one, or a task or controller " + instead + " ("
                + key + " in " + folder.resolve("robot.yaml") + ").");
    }

    private static String word(CommandInterface which) {
        return which.name().toLowerCase(Locale.ROOT);
    }

    private static String sorted(Stream<String> words) {
        return words.sorted().collect(Collectors.joining(", "));
    }
}
