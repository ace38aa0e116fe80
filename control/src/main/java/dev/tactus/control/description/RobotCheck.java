package dev.tactus.control.description;

import dev.tactus.control.kinematics.ForwardKinematics;
import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.Capsule;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointLimits;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.control.model.SelfCollision;
import dev.tactus.control.model.WorkspaceBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares what {@code robot.yaml} and the URDF say about the same robot. */
public final class RobotCheck {
    /** Both files state limits in decimal; anything beyond rounding is a difference. */
    private static final double TOLERANCE = 1e-9;

    private final RobotConfig robot;
    private final KinematicTree tree;
    private final List<String> differences = new ArrayList<>();

    private RobotCheck(RobotConfig robot, KinematicTree tree) {
        this.robot = robot;
        this.tree = tree;
    }

    /**
     * Compares names, order and limits, and looks whether home keeps the robot off itself.
     *
     * @param robot what {@code robot.yaml} says
     * @param tree what its URDF says
     * @return one line for each difference, naming both files' figures; empty if they agree
     */
    public static List<String> compare(RobotConfig robot, KinematicTree tree) {
        RobotCheck check = new RobotCheck(robot, tree);
        check.name("name", robot.name(), tree.name());
        check.frames();
        check.joints();
        robot.gripper().ifPresent(check::gripper);
        robot.selfCollision().ifPresent(check::selfCollision);
        robot.workspace().ifPresent(check::workspace);
        return List.copyOf(check.differences);
    }

    private void frames() {
        List<String> frames = new ArrayList<>(List.of(robot.baseLink()));
        robot.toolFrame().ifPresent(frames::add);
        for (String frame : frames) {
            if (!tree.hasLink(frame)) {
                differences.add("robot.yaml names the frame '" + frame
                        + "', which the URDF does not have as a link; it has " + links());
            }
        }
        if (robot.base() == BaseType.FLOATING && !robot.baseLink().equals(tree.linkName(0))) {
            differences.add("base_link '" + robot.baseLink()
                    + "' of robot.yaml floats, so it must be the URDF's root, '" + tree.linkName(0) + "'");
        }
    }

    /** Home may touch nothing; whether it does can be said only of a robot that is otherwise consistent. */
    private void selfCollision(SelfCollision shape) {
        for (Capsule capsule : shape.capsules()) {
            if (!tree.hasLink(capsule.link())) {
                differences.add("capsule '" + capsule.name() + "' of robot.yaml moves with link '" + capsule.link()
                        + "', which the URDF does not have; it has " + links());
            }
        }
        if (!differences.isEmpty()) {
            return;
        }
        SelfClearance.Nearest nearest = new SelfClearance(robot, tree, shape).at(robot.home());
        if (nearest.metres() < shape.margin()) {
            differences.add(String.format(
                    Locale.ROOT,
                    "at home capsules %s are %.4f m apart, less than the margin of %s m in robot.yaml",
                    nearest.pair(),
                    nearest.metres(),
                    shape.margin()));
        }
    }

    private void workspace(WorkspaceBox box) {
        if (!differences.isEmpty()) {
            return;
        }
        ForwardKinematics tool = new ForwardKinematics(tree, robot);
        tool.update(robot.home());
        for (int axis = 0; axis < 3; axis++) {
            double at = tool.position(axis);
            if (at < box.min()[axis] || at > box.max()[axis]) {
                differences.add(String.format(
                        Locale.ROOT,
                        "at home the tool is at %.3f m along %s, outside the workspace of robot.yaml, %s to %s m",
                        at,
                        "xyz".charAt(axis),
                        box.min()[axis],
                        box.max()[axis]));
            }
        }
    }

    private String links() {
        return IntStream.range(0, tree.links()).mapToObj(tree::linkName).collect(Collectors.joining(", "));
    }

    private void joints() {
        int last = -1;
        for (JointConfig joint : robot.joints()) {
            if (!tree.hasJoint(joint.name())) {
                differences.add("joint '" + joint.name() + "' of robot.yaml is not in the URDF");
                continue;
            }
            int link = tree.linkOfJoint(joint.name());
            if (tree.coordinate(link) < 0) {
                differences.add("joint '" + joint.name() + "' of robot.yaml is fixed in the URDF");
                continue;
            }
            if (tree.coordinate(link) < last) {
                differences.add("joint '" + joint.name() + "' stands later in robot.yaml than in the URDF; the order"
                        + " must be the same");
            }
            last = tree.coordinate(link);
            limits(joint, link);
        }
        int fingers =
                robot.gripper().map(GripperConfig::joints).orElse(List.of()).size();
        if (robot.joints().size() + fingers != tree.coordinates()) {
            differences.add("robot.yaml has " + robot.joints().size() + " joints and " + fingers
                    + " finger joints, the URDF has " + tree.coordinates() + " that move");
        }
    }

    private void limits(JointConfig joint, int link) {
        JointLimits limits = joint.limits();
        figure(joint.name() + " position min (rad)", limits.positionMin(), tree.positionMin(link));
        figure(joint.name() + " position max (rad)", limits.positionMax(), tree.positionMax(link));
        figure(joint.name() + " velocity (rad/s)", limits.velocity(), tree.velocityLimit(link));
        figure(joint.name() + " torque (Nm)", limits.effort(), tree.effortLimit(link));
    }

    private void gripper(GripperConfig gripper) {
        double closed = 0;
        double open = 0;
        for (String joint : gripper.joints()) {
            if (!tree.hasJoint(joint)) {
                differences.add("finger joint '" + joint + "' of robot.yaml is not in the URDF");
                return;
            }
            int link = tree.linkOfJoint(joint);
            closed += tree.positionMin(link);
            open += tree.positionMax(link);
            figure(joint + " velocity (m/s)", gripper.speed(), tree.velocityLimit(link));
            if (gripper.force() > tree.effortLimit(link)) {
                differences.add(String.format(
                        Locale.ROOT,
                        "%s presses with %s N in robot.yaml, the URDF allows %s N",
                        joint,
                        gripper.force(),
                        tree.effortLimit(link)));
            }
        }
        figure("gripper opening min (m)", gripper.openingMin(), closed);
        figure("gripper opening max (m)", gripper.openingMax(), open);
    }

    private void name(String what, String yaml, String urdf) {
        if (!yaml.equals(urdf)) {
            differences.add(what + ": '" + yaml + "' in robot.yaml, '" + urdf
                    + "' in the URDF (<robot name=…>). Folder, robot.yaml and URDF have one name.");
        }
    }

    private void figure(String what, double yaml, double urdf) {
        if (!(Math.abs(yaml - urdf) <= TOLERANCE)) {
            differences.add(what + ": " + yaml + " in robot.yaml, " + urdf + " in the URDF");
        }
    }
}
