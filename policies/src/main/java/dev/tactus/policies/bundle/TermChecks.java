package dev.tactus.policies.bundle;

import dev.tactus.policies.config.ConfigMap;
import java.util.HashSet;
import java.util.List;

/** What observation and action terms have in common when they are read: joints, unit and rotation fit the kind. */
final class TermChecks {
    private TermChecks() {}

    static List<String> joints(ConfigMap term, TermKind kind, int size, List<String> robotJoints) {
        List<String> joints = term.texts("joints");
        boolean perJoint =
                kind == TermKind.JOINT_POSITION || kind == TermKind.JOINT_VELOCITY || kind == TermKind.TORQUE;
        if (joints.size() != (perJoint ? size : 0)) {
            throw term.error(
                    "joints",
                    joints.size() + " joints; a term of this kind with size " + size + " names "
                            + (perJoint ? "one for each element" : "none ([])"));
        }
        if (new HashSet<>(joints).size() != joints.size()) {
            throw term.error("joints", "a joint stands twice in " + joints);
        }
        for (String joint : joints) {
            if (!robotJoints.contains(joint)) {
                throw term.error("joints", "'" + joint + "' is not among the policy's joints " + robotJoints);
            }
        }
        return joints;
    }

    static String unit(ConfigMap term, TermKind kind) {
        List<String> allowed = switch (kind) {
            case JOINT_POSITION -> List.of("rad", "m");
            case JOINT_VELOCITY -> List.of("rad/s", "m/s");
            case TORQUE -> List.of("Nm", "N");
            case END_EFFECTOR_POSE, OBJECT_POSE -> List.of("m");
            case GRIPPER -> List.of("m", "1", "");
            case BASE_VELOCITY, VELOCITY_COMMAND -> List.of("m/s");
            case BASE_ANGULAR_VELOCITY -> List.of("rad/s");
            case PROJECTED_GRAVITY, PREVIOUS_ACTION, CUSTOM -> List.of("1", "");
            case IMAGE -> List.of("1", "");
        };
        String unit = term.text("unit");
        if (!allowed.contains(unit)) {
            throw term.error("unit", "'" + unit + "' is not a unit of this kind; allowed is one of " + allowed);
        }
        return unit;
    }

    static Rotation rotation(ConfigMap term, TermKind kind, int size) {
        Rotation rotation = term.choice("rotation", Rotation.class);
        boolean pose = kind == TermKind.END_EFFECTOR_POSE || kind == TermKind.OBJECT_POSE;
        int numbers = switch (rotation) {
            case NONE -> 0;
            case COLUMNS_6D -> 6;
            case QUATERNION_XYZW -> 4;
        };
        if (!pose && rotation != Rotation.NONE) {
            throw term.error("rotation", "only a pose has one; write none");
        }
        if (pose && size != 3 + numbers) {
            throw term.error("size", size + "; a pose with this rotation has 3 + " + numbers + " numbers");
        }
        return rotation;
    }
}
