/**
 * The last stages before hardware. {@link dev.tactus.control.safety.SafetyFilter} keeps the joint reference viable: from
 * whatever it issues, a stored stop inside every limit exists. {@link dev.tactus.control.safety.TorqueLimiter} and {@link
 * dev.tactus.control.safety.DriveTorqueBound} bound torques; {@link dev.tactus.control.safety.PolicyWatch} and {@link
 * dev.tactus.control.safety.EmergencyStop} stop the robot; {@link dev.tactus.control.safety.InterventionCounters} say how
 * often what was done. Uses {@code model}, {@code dynamics} and {@code hardware}'s data; knows no controller.
 */
package dev.tactus.control.safety;
