package dev.tactus.policies.bundle;

/** What a group of numbers in an observation or an action means. */
public enum TermKind {
    /** Joint positions, rad (m for prismatic joints), in the term's joint order. */
    JOINT_POSITION,
    /** Joint velocities, rad/s, in the term's joint order. */
    JOINT_VELOCITY,
    /** Joint torques, Nm, in the term's joint order. */
    TORQUE,
    /** Pose of the tool frame: position in m, then a rotation. */
    END_EFFECTOR_POSE,
    /** Pose of an object: position in m, then a rotation. */
    OBJECT_POSE,
    /** Gripper: as an observation the opening in m; as an action +1 opens and -1 closes. */
    GRIPPER,
    /** Base velocity: forward and sideways m/s, turning rad/s. */
    BASE_VELOCITY,
    /** The base velocity that is asked for: forward and sideways m/s, turning rad/s. */
    VELOCITY_COMMAND,
    /** Angular velocity of the base in its own frame, rad/s, as an IMU measures it. */
    BASE_ANGULAR_VELOCITY,
    /** Direction of gravity in the frame of the base, a unit vector: (0, 0, -1) when upright. */
    PROJECTED_GRAVITY,
    /**
     * The action that was commanded at the tick before, physical, all action terms in order; before the first of an
     * episode the action whose normalised numbers are zero.
     */
    PREVIOUS_ACTION,
    /** Numbers whose meaning only the term's name says: whoever fills them must know the policy's training. */
    CUSTOM,
    /** Picture, 0 to 1, planes then rows then columns. */
    IMAGE
}
