/**
 * A robot's MJCF, as MuJoCo compiles it, held against its URDF and {@code robot.yaml}: {@link
 * dev.tactus.sim.description.MjcfCheck}, which {@code ./tactus robot check} finds through ServiceLoader. Uses the binding
 * in mujoco and control's model and dynamics; nothing in sim-bridge uses this package.
 */
package dev.tactus.sim.description;
