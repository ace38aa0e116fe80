/**
 * The last stage before hardware: {@link dev.tactus.control.safety.LimitFilter} on the joint reference,
 * {@link dev.tactus.control.safety.TorqueLimiter} on the torques, and
 * {@link dev.tactus.control.safety.InterventionCounters} that say how often which limit had to be enforced. Uses
 * {@code model} for the limits and {@code hardware} for the data; knows no controller.
 */
package dev.tactus.control.safety;
