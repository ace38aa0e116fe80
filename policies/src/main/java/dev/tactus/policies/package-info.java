/**
 * What a policy is: bundles, noise schedules, denoisers, samplers and execution schemes. No robot and no ROS in here:
 * this module runs a learned policy against a clock from any Java program, and depends on no other module of Tactus.
 */
package dev.tactus.policies;
