package dev.tactus.control.hardware;

/** The primary states of ros2_control's hardware components (and of ROS 2's managed nodes). */
public enum LifecycleState {
    /** There is no connection. Nothing can be read or written. */
    UNCONFIGURED,
    /** Connected: measurements are read, commands have no effect, the drives hold or damp by themselves. */
    INACTIVE,
    /** Connected, and commands reach the drives. */
    ACTIVE,
    /** Closed for good. */
    FINALIZED
}
