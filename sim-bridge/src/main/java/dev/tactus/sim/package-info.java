/**
 * Where a robot can practise: MuJoCo, tasks with their experts, and the closed loop of policy, controller and simulated
 * robot. It knows control and policies; training stands on top of it.
 */
package dev.tactus.sim;
