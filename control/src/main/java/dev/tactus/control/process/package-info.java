/**
 * A robot, its controller, its policy and a watchdog as processes of their own. They meet in memory-mapped files: {@link
 * dev.tactus.control.process.RobotPort} between controller and robot, {@link dev.tactus.control.process.PolicySide} at the
 * policy's end of another one, both made of {@link dev.tactus.control.process.SharedRecord}. Whoever dies takes nobody
 * along; the {@link dev.tactus.control.process.Watchdog} stops the robot. Uses every other package of {@code control} but
 * {@code command}, which uses it.
 */
package dev.tactus.control.process;
