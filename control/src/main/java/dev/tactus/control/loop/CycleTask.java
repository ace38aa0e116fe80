package dev.tactus.control.loop;

/** What a control loop does every period. Called by the control thread; allocates, locks and logs nothing. */
@FunctionalInterface
public interface CycleTask {
    /**
     * Runs one cycle.
     *
     * @param nowNs time, ns on the wall clock
     * @return whether the loop goes on
     */
    boolean run(long nowNs);
}
