/**
 * Demonstrations out of the simulator: the experts of sim-bridge's tasks as sources of datasets, and {@code ./tactus
 * demos} that records them.
 */
package dev.tactus.training.demonstration;
