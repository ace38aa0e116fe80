/**
 * Tasks: what a robot can practise. A {@link dev.tactus.sim.task.Task} says what a policy sees and commands; the {@link
 * dev.tactus.sim.task.Scene} that it opens is one simulated world with its success criterion and its expert.
 */
package dev.tactus.sim.task;
