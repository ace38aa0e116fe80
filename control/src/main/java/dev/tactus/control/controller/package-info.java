/**
 * Controllers: what a policy or a trajectory asks for becomes a joint reference that is continuous in position, velocity
 * and acceleration ({@link dev.tactus.control.controller.Controller}), and a reference becomes torques
 * ({@link dev.tactus.control.controller.JointImpedance}, {@link dev.tactus.control.controller.CartesianImpedance}). Uses
 * {@code model}, {@code kinematics}, {@code dynamics}, {@code hardware} and the counters of {@code safety}; knows neither
 * the loop nor a driver.
 */
package dev.tactus.control.controller;
