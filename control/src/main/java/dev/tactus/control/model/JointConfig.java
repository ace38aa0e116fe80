package dev.tactus.control.model;

/**
 * One joint of a robot as {@code robot.yaml} states it.
 *
 * @param name the joint's name, equal in URDF, MJCF and policy bundles
 * @param home rad, where the joint stands at rest; within its position limits
 * @param stiffness Nm/rad, of the joint impedance or joint PD controller; not negative
 * @param damping Nms/rad, of the same controller; not negative
 * @param limits what the maker says that the joint may do
 * @param motion what its motion is planned with
 */
public record JointConfig(
        String name, double home, double stiffness, double damping, JointLimits limits, MotionBounds motion) {}
