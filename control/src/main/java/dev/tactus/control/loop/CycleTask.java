package dev.tactus.control.loop;

/** What a control loop does every period. Called by the control thread; allocates, locks and logs nothing. */
@FunctionalInterface
public interface CycleTask {
    /**
     * Runs one cycle.
     *
     * @param nowNs the loop's clock at the beginning of the cycle, ns; where that clock jumps, this jumps
     * @param dtNs time since the last cycle began as measured, ns, more than 0: what to integrate over; one period in
     *     the first cycle and after a clock jump
     * @return whether the loop goes on
     */
    boolean run(long nowNs, long dtNs);

    /**
     * Told once, last of all and on the control thread, so that hardware can be stopped: the loop has ended.
     *
     * @param why what ended it
     */
    default void ended(LoopEnd why) {}
}
