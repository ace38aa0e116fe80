/**
 * The main job: a policy, or a task's expert, closes the loop over the controller and a simulated robot, on simulated
 * time (lock-step: reproducible to the bit) or on the wall clock (nobody waits, ages and misses are measured).
 */
package dev.tactus.sim.run;
