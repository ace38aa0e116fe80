/**
 * Controllers: what a policy asks for becomes a joint reference that is continuous in position, velocity and
 * acceleration ({@link dev.tactus.control.controller.Controller}), and a joint reference becomes torques
 * ({@link dev.tactus.control.controller.JointImpedance}). Uses {@code model}, {@code kinematics}, {@code hardware} and
 * the counters of {@code safety}; knows neither the loop nor a driver.
 */
package dev.tactus.control.controller;
