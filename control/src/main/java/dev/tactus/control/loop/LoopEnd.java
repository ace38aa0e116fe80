package dev.tactus.control.loop;

/** What ended a control loop. */
public enum LoopEnd {
    /** The task asked for no further cycle. */
    TASK_DONE,
    /** {@link ControlLoop#stop} was called. */
    STOP_REQUESTED,
    /** Too many deadlines in a row were missed under {@link Overrun#STOP}. */
    OVERRUN,
    /** The task threw; {@link ControlLoop#failure} has it. */
    TASK_FAILED
}
