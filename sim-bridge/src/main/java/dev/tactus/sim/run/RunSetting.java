package dev.tactus.sim.run;

/**
 * What a report says about how its run was set up.
 *
 * @param task the task's name
 * @param policySha256 hash of the policy's bundle
 * @param scheme the execution scheme
 * @param clock {@code lockstep} or {@code wall}
 * @param seed the first episode's seed
 */
record RunSetting(String task, String policySha256, String scheme, String clock, long seed) {}
