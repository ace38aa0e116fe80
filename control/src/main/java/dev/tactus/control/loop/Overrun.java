package dev.tactus.control.loop;

/**
 * What a control loop does about deadlines that passed while a cycle was late or still running. A deadline is missed
 * when the cycle before it ends after it. Every missed deadline is counted once under each policy.
 */
public enum Overrun {
    /** Missed deadlines are passed over; the next cycle begins at the next deadline to come, in the old phase. */
    SKIP,
    /**
     * The cycles of missed deadlines are run at once, back to back, for a task that counts cycles; after as many in a
     * row as the limit says the rest is skipped.
     */
    CATCH_UP,
    /** As SKIP, but the loop ends when as many deadlines in a row as the limit says were missed. */
    STOP
}
