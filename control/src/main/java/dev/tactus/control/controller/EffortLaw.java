package dev.tactus.control.controller;

import dev.tactus.control.hardware.JointReference;
import dev.tactus.control.hardware.RobotState;

/**
 * Torques that make a robot follow the reference that the safety filter issued. Called by the control thread; computing
 * allocates nothing and never throws.
 */
@FunctionalInterface
public interface EffortLaw {
    /**
     * Computes the torques.
     *
     * @param reference where the joints shall be, as issued
     * @param state where they are
     * @param effort filled in place, Nm beside gravity compensation, robot's joint order
     */
    void compute(JointReference reference, RobotState state, double[] effort);
}
