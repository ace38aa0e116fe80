package dev.tactus.control.loop;

/** How a control cycle went. */
public enum CycleStatus {
    /** Read, computed, written; the controller waits for, or follows, its policy. */
    OK,
    /** As OK, but the arm is stopped because the controller has nothing usable to follow. */
    STOPPED,
    /** As OK, but the arm is held until the next start. */
    HOLDING,
    /** As OK, but the robot is stopped until its observations are fresh, or its policy speaks, again. */
    PROTECTIVE_STOP,
    /** The e-stop is latched: an arm comes to rest and is held, a quadruped is damped. */
    EMERGENCY_STOP,
    /** The robot was not read; the stored stop goes on where drives close the loop, torques fade to zero where not. */
    READ_FAILED,
    /** The command was not written. */
    WRITE_FAILED,
    /** Not started: the robot was not read, its e-stop is latched, or its first state is not viable. */
    NOT_STARTED
}
