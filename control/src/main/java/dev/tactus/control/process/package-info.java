/**
 * A robot, its controller and a watchdog as processes of their own. They meet in memory-mapped files: {@link
 * dev.tactus.control.process.RobotPort} between controller and robot, made of {@link
 * dev.tactus.control.process.SharedRecord}. Whoever dies takes nobody along; the {@link
 * dev.tactus.control.process.Watchdog} stops the robot. Uses every other package of {@code control}.
 */
package dev.tactus.control.process;
