/**
 * A robot's motion and the forces behind it, over flat arrays: {@link dev.tactus.control.dynamics.MultibodyModel} from a
 * kinematic tree, fixed or floating base, and one small class an algorithm. Pose and Jacobian of one chain's tip alone,
 * as inverse kinematics needs them, are {@link dev.tactus.control.kinematics.ForwardKinematics}; several frames, branches,
 * a floating base, velocities, accelerations and forces are here. Everything is allocated in constructors and nothing
 * afterwards. Uses {@code model}, and {@code kinematics} for rotations; controllers, safety filters and benchmarks use it.
 */
package dev.tactus.control.dynamics;
