package dev.tactus.sim.task;

/** A scripted demonstrator for one episode. It may look at the whole simulated state. */
public interface Expert {

    /**
     * Decides the action of this policy tick; call it once a tick.
     *
     * @param action receives one action, terms in the task's order, physical units
     */
    void act(float[] action);
}
