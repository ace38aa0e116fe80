/**
 * The simulated robot behind the same {@link dev.tactus.control.hardware.HardwareInterface} that a real one has: whoever
 * runs the control loop cannot tell the difference but by asking. {@link
 * dev.tactus.sim.hardware.FaultyHardware} stands in front of any driver and fails on schedule.
 */
package dev.tactus.sim.hardware;
