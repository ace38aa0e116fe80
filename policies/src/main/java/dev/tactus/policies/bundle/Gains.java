package dev.tactus.policies.bundle;

/**
 * The controller under which a policy was trained.
 *
 * @param stiffness joint stiffness, Nm/rad, in the order of the policy's joints; empty if it has none
 * @param damping joint damping, Nms/rad, in the order of the policy's joints; empty if it has none
 * @param targetSmoothingS time constant of the lags by which the controller smooths targets, s; 0 for none
 */
public record Gains(double[] stiffness, double[] damping, double targetSmoothingS) {}
