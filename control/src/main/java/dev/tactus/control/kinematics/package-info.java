/**
 * Where a robot's links are, and where its joints must be: {@link dev.tactus.control.kinematics.ForwardKinematics} with
 * the Jacobian, {@link dev.tactus.control.kinematics.InverseKinematics} by damped least squares, and {@link
 * dev.tactus.control.kinematics.Rotations} between the representations that policies and robots use. Everything is
 * allocated in constructors and nothing afterwards. Uses {@code model} only; controllers and tasks use it.
 */
package dev.tactus.control.kinematics;
