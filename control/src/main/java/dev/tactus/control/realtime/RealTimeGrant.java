package dev.tactus.control.realtime;

import java.util.List;

/**
 * What a thread asked for and was given.
 *
 * @param rights one entry for everything that was asked for, in the order of {@link Kind}
 */
public record RealTimeGrant(List<Right> rights) {

    /** What can be asked for. */
    public enum Kind {
        /** SCHED_FIFO at a priority. */
        PRIORITY,
        /** All memory of the process locked. */
        LOCKED_MEMORY,
        /** Certain CPUs only. */
        CPUS,
        /** Timers that fire when they are due, without the usual 50 us of slack. */
        TIMER_SLACK
    }

    /**
     * One right.
     *
     * @param kind what was asked for
     * @param granted whether it was given
     * @param detail what is in force; if refused, what was asked, what the system answered and how to get it
     */
    public record Right(Kind kind, boolean granted, String detail) {}

    /** Copies the list. */
    public RealTimeGrant {
        rights = List.copyOf(rights);
    }

    /**
     * Whether a right was asked for and given.
     *
     * @param kind which
     * @return whether it is in force
     */
    public boolean has(Kind kind) {
        return rights.stream().anyMatch(right -> right.kind() == kind && right.granted());
    }

    /**
     * What was refused, each with how to get it: to be shown to the user once; the program runs on, less exactly.
     *
     * @return one sentence a refused right, none if everything was granted
     */
    public List<String> warnings() {
        return rights.stream()
                .filter(right -> !right.granted())
                .map(Right::detail)
                .toList();
    }
}
