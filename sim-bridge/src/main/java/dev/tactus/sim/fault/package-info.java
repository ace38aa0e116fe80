/**
 * What the robot does when something goes wrong: each fault is injected into episodes of a task, and the reaction is
 * measured and judged. {@link dev.tactus.sim.fault.BenchFaultsCommand} prints the table. Uses {@code run}, {@code task} and
 * {@code hardware}; nothing uses it.
 */
package dev.tactus.sim.fault;
