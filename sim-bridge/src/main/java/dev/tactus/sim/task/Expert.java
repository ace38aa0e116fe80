package dev.tactus.sim.task;

/**
 * A scripted demonstrator for one episode. It may look at the whole simulated state. So that imitators see how to come
 * back from where an expert would never go, it disturbs what it does, and says both what it meant and what it did (Laskey
 * et al., "DART: Noise Injection for Robust Imitation Learning", CoRL 2017).
 */
public interface Expert {

    /**
     * Decides the next action; call it once a tick.
     *
     * @param intended receives what a good imitator would command here: the label; terms in the task's order, physical
     *     units
     * @param executed receives what is commanded instead: the intention and a disturbance
     * @param preview receives what is likely to be commanded at the next tick, so that a controller knows where the
     *     motion leads
     */
    void act(float[] intended, float[] executed, float[] preview);
}
