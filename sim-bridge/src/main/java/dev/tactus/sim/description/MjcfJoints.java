package dev.tactus.sim.description;

import dev.tactus.control.model.BaseType;
import dev.tactus.control.model.GripperConfig;
import dev.tactus.control.model.JointConfig;
import dev.tactus.control.model.JointType;
import dev.tactus.control.model.KinematicTree;
import dev.tactus.control.model.RobotConfig;
import dev.tactus.sim.mujoco.ModelArray;
import dev.tactus.sim.mujoco.MujocoModel;
import dev.tactus.sim.mujoco.MujocoObject;
import java.util.ArrayList;
import java.util.List;

/** Joints and motors have the names, the order, the ranges and the torques of URDF and robot.yaml. */
final class MjcfJoints {
    private static final int FREE = 0; // mjtJoint
    private static final int SLIDE = 2;
    private static final int HINGE = 3;

    private final MujocoModel model;
    private final RobotConfig robot;
    private final KinematicTree tree;
    private final Differences differences;

    MjcfJoints(MujocoModel model, RobotConfig robot, KinematicTree tree, Differences differences) {
        this.model = model;
        this.robot = robot;
        this.tree = tree;
        this.differences = differences;
    }

    void compare() {
        base();
        if (order("joints", moving(), jointsWithoutBase())) {
            for (int link = 0; link < tree.links(); link++) {
                if (tree.jointType(link) != JointType.FIXED) {
                    range(link);
                }
            }
        }
        List<String> fingers = robot.gripper().map(GripperConfig::joints).orElse(List.of());
        List<String> driven = new ArrayList<>(robot.jointNames());
        driven.addAll(fingers);
        if (order("actuators", driven, model.names(MujocoObject.ACTUATOR))) {
            robot.joints().forEach(this::torque);
            fingers.forEach(this::force);
        }
    }

    /** A floating base hangs on a free joint, a fixed one on none. */
    private void base() {
        List<Integer> free = new ArrayList<>();
        for (int joint = 0; joint < model.count(MujocoObject.JOINT); joint++) {
            if (type(joint) == FREE) {
                free.add(joint);
            }
        }
        if (robot.base() == BaseType.FIXED && !free.isEmpty()) {
            differences.name("base is fixed in robot.yaml, and there is a free joint");
        }
        if (robot.base() == BaseType.FLOATING) {
            boolean fits = free.size() == 1
                    && model.name(MujocoObject.BODY, model.integer(ModelArray.JNT_BODYID, free.getFirst()))
                            .equals(robot.baseLink());
            if (!fits) {
                differences.name("base is floating in robot.yaml, and body '" + robot.baseLink()
                        + "' does not have the only free joint");
            }
        }
    }

    private List<String> moving() {
        List<String> names = new ArrayList<>();
        for (int link = 0; link < tree.links(); link++) {
            if (tree.jointType(link) != JointType.FIXED) {
                names.add(tree.jointName(link));
            }
        }
        return names;
    }

    private List<String> jointsWithoutBase() {
        List<String> names = new ArrayList<>();
        for (int joint = 0; joint < model.count(MujocoObject.JOINT); joint++) {
            if (type(joint) != FREE) {
                names.add(model.name(MujocoObject.JOINT, joint));
            }
        }
        return names;
    }

    private boolean order(String what, List<String> expected, List<String> found) {
        if (!expected.equals(found)) {
            differences.name(what + " are " + String.join(", ", found) + "; expected in this order are "
                    + String.join(", ", expected));
        }
        return expected.equals(found);
    }

    private void range(int link) {
        String name = tree.jointName(link);
        int joint = model.jointId(name);
        boolean slides = tree.jointType(link) == JointType.PRISMATIC;
        if (type(joint) != (slides ? SLIDE : HINGE)) {
            differences.name("joint '" + name + "' is no " + (slides ? "slide" : "hinge") + " as in the URDF");
            return;
        }
        boolean endless = tree.jointType(link) == JointType.CONTINUOUS;
        String unit = slides ? " (m)" : " (rad)";
        double min = endless ? 0 : tree.positionMin(link); // MuJoCo keeps 0 0 for a joint without limits
        double max = endless ? 0 : tree.positionMax(link);
        differences.figure(name + " position min" + unit, min, "the URDF", at(ModelArray.JNT_RANGE, joint, 0));
        differences.figure(name + " position max" + unit, max, "the URDF", at(ModelArray.JNT_RANGE, joint, 1));
    }

    private void torque(JointConfig joint) {
        double effort = joint.limits().effort();
        int motor = model.id(MujocoObject.ACTUATOR, joint.name());
        transmits(joint.name(), motor);
        differences.figure(
                joint.name() + " gear", 1, "a torque motor", model.real(ModelArray.ACTUATOR_GEAR, 6L * motor));
        for (int end = 0; end < 2; end++) {
            double limit = end == 0 ? -effort : effort;
            String which = end == 0 ? " min (Nm)" : " max (Nm)";
            differences.figure(
                    joint.name() + " motor control" + which,
                    limit,
                    "robot.yaml",
                    at(ModelArray.ACTUATOR_CTRLRANGE, motor, end));
            differences.figure(
                    joint.name() + " motor torque" + which,
                    limit,
                    "robot.yaml",
                    at(ModelArray.ACTUATOR_FORCERANGE, motor, end));
        }
    }

    private void force(String finger) {
        int drive = model.id(MujocoObject.ACTUATOR, finger);
        transmits(finger, drive);
        differences.figure(
                finger + " force (N)",
                robot.requireGripper().force(),
                "robot.yaml",
                at(ModelArray.ACTUATOR_FORCERANGE, drive, 1));
    }

    private void transmits(String joint, int actuator) {
        int driven = model.integer(ModelArray.ACTUATOR_TRNID, 2L * actuator);
        String name = driven < 0 ? "" : model.name(MujocoObject.JOINT, driven);
        if (!name.equals(joint)) {
            differences.name("actuator '" + joint + "' drives '" + name + "'");
        }
    }

    private double at(ModelArray array, int row, int column) {
        return model.real(array, 2L * row + column);
    }

    private int type(int joint) {
        return model.integer(ModelArray.JNT_TYPE, joint);
    }
}
