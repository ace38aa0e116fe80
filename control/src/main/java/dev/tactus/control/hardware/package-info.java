/**
 * What crosses between the control loop and a robot: the measured {@link dev.tactus.control.hardware.RobotState}, the
 * {@link dev.tactus.control.hardware.JointReference} that the arm shall follow, the
 * {@link dev.tactus.control.hardware.JointCommand} that is sent, and the
 * {@link dev.tactus.control.hardware.HardwareInterface} that every driver implements. All arrays are in the robot's joint
 * order and live as long as the loop. Everything else in {@code control} may use this package; it uses the
 * command interfaces of {@code model}.
 */
package dev.tactus.control.hardware;
