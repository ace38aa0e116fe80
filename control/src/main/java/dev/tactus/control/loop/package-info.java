/**
 * The control loop: {@link dev.tactus.control.loop.ControlCycle} is one cycle from reading the robot to writing it, on
 * any clock; {@link dev.tactus.control.loop.ControlLoop} repeats it on wall time with absolute deadlines. In simulated
 * time the caller repeats it. Uses {@code hardware}, {@code controller}, {@code safety} and {@code realtime}.
 */
package dev.tactus.control.loop;
