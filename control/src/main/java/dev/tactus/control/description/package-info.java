/**
 * A robot's descriptions held against each other: {@link dev.tactus.control.description.RobotCheck} compares {@code
 * robot.yaml} with the URDF; other formats are compared by a {@link dev.tactus.control.description.DescriptionCheck} that
 * ServiceLoader finds, as that of the MJCF in sim-bridge. Uses model, dynamics and the distances of safety; only command
 * and whoever implements the interface use this package. Nothing in here runs in a control cycle.
 */
package dev.tactus.control.description;
