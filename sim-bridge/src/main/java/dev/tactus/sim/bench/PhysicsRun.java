package dev.tactus.sim.bench;

/**
 * What one run of the physics loop gave.
 *
 * @param elapsedNs wall time of all steps
 * @param state the final state, everything that the next step depends on
 */
record PhysicsRun(long elapsedNs, double[] state) {}
