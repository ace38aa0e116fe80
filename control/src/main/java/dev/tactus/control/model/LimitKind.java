package dev.tactus.control.model;

/** The kinds of limits that a robot is kept in. {@link RobotConfig#limitPriority} says which hold where not all can. */
public enum LimitKind {
    /** A joint's range. */
    POSITION,
    /** Capsules of the robot keep off each other. */
    SELF_COLLISION,
    /** A joint's speed, at every position. */
    VELOCITY,
    /** A joint's torque. */
    TORQUE,
    /** A joint's acceleration. */
    ACCELERATION,
    /** A joint's jerk. */
    JERK,
    /** How fast a joint's torque changes. */
    TORQUE_RATE,
    /** The box that the tool frame stays in. */
    WORKSPACE
}
