package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;

/**
 * Says once a control cycle where the joints shall be. Called by the control thread only; {@link #update} and
 * {@link #hold} never throw, lock, log or allocate.
 */
public interface Controller {
    /** What {@link #observationStampNs} answers while no observation stands behind the reference. */
    long NO_OBSERVATION = Long.MIN_VALUE;

    /**
     * Begins an episode: the reference is the measured position at rest, and policy tick 0 starts now.
     *
     * @param nowNs time, ns on the loop's clock
     * @param state the present measurement
     */
    void start(long nowNs, RobotState state);

    /**
     * Computes the reference for this cycle.
     *
     * @param nowNs time, ns on the loop's clock, not before the last call's
     * @param state the present measurement
     * @param reference filled in place
     * @return what the controller is doing
     */
    ControllerStatus update(long nowNs, RobotState state, JointReference reference);

    /**
     * Brings the reference to rest from where it is, within acceleration limits, and keeps it there until the next
     * {@link #start}, whatever the policy says.
     */
    void hold();

    /**
     * When the observation was made that the present reference follows from.
     *
     * @return ns on the loop's clock, or {@link #NO_OBSERVATION}
     */
    long observationStampNs();
}
