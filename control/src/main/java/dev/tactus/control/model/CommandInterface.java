package dev.tactus.control.model;

/** What a robot's drives take, in ros2_control's words. */
public enum CommandInterface {
    /** A position for each joint, rad; the drive closes the loop. */
    POSITION,
    /** A velocity for each joint, rad/s; the drive closes the loop. */
    VELOCITY,
    /** A torque for each joint, Nm. */
    EFFORT,
    /**
     * Position, velocity, effort, stiffness and damping for each joint, of which the drive makes {@code tau = stiffness
     * (position - q) + damping (velocity - dq) + effort}.
     */
    JOINT_PD
}
