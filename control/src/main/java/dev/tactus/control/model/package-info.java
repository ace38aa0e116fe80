/**
 * What is known about a robot: {@link dev.tactus.control.model.RobotConfig} from its {@code robot.yaml} (joints by name,
 * limits with their sources, gains, home, what it is planned and protected with) and {@link dev.tactus.control.model.KinematicTree} from its URDF. Both are
 * immutable and read once; {@link dev.tactus.control.model.RobotCatalogue} finds them under {@code hardware-configs}.
 * The rest of control may use this package; it uses policies' configuration reader only.
 */
package dev.tactus.control.model;
