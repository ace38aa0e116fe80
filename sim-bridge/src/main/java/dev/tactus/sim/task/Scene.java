package dev.tactus.sim.task;

import dev.tactus.sim.hardware.SimulatedHardware;

/** One simulated world of a task. One thread at a time. */
public interface Scene extends AutoCloseable {

    /**
     * The robot in this world, as the control loop sees it.
     *
     * @return the hardware
     */
    SimulatedHardware hardware();

    /**
     * Begins an episode: robot near home, everything else drawn at random.
     *
     * @param seed decides every draw
     */
    void reset(long seed);

    /**
     * Observes the world as it is now.
     *
     * @param observation receives one observation, terms in the task's order, physical units
     */
    void observe(float[] observation);

    /**
     * Whether the goal holds at this instant. Success asks for it on several ticks in a row.
     *
     * @return whether it holds
     */
    boolean goalHolds();

    /**
     * Ticks in a row on which the goal must hold.
     *
     * @return policy ticks
     */
    int goalTicks();

    /**
     * The whole simulated state, for telling whether two runs were the same.
     *
     * @return time, positions, velocities and whatever else decides the future
     */
    double[] state();

    /**
     * A demonstrator for the episode that was just reset.
     *
     * @param seed decides its style and its noise
     * @return the expert
     */
    Expert expert(long seed);

    /** Frees the world. */
    @Override
    void close();
}
