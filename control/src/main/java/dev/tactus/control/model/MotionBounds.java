package dev.tactus.control.model;

import java.util.OptionalDouble;

/**
 * The bounds that Tactus plans a joint's motion with. {@link JointLimits} holds what the maker publishes; these never
 * exceed it, and where the maker publishes nothing they may be chosen, with the reason in {@code robot.yaml}.
 *
 * @param velocity rad/s; position-dependent limits are planned with by the same share of theirs
 * @param acceleration rad/s^2, or empty where nothing is planned with one
 * @param jerk rad/s^3, or empty where nothing is planned with one
 * @param braking rad/s^2, the deceleration that stops are planned with; not above acceleration; empty where nothing is
 *     planned with one
 */
public record MotionBounds(double velocity, OptionalDouble acceleration, OptionalDouble jerk, OptionalDouble braking) {}
