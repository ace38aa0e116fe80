package dev.tactus.control.loop;

/** How a control cycle went. */
public enum CycleStatus {
    /** Read, computed, written; the controller waits for, or follows, its policy. */
    OK,
    /** As OK, but the arm is stopped because the controller has nothing usable to follow. */
    STOPPED,
    /** As OK, but the arm is held until the next start. */
    HOLDING,
    /** The robot was not read; torques fade to zero. */
    READ_FAILED,
    /** The command was not written. */
    WRITE_FAILED,
    /** Not started: a joint is outside its position limits, or the robot was not read. */
    NOT_STARTED
}
