package dev.tactus.control.safety;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often each {@link Intervention} happened. One thread counts (the control thread); any thread reads and sees every
 * count made before the cycle that it knows of. Counting neither locks nor allocates.
 */
public final class InterventionCounters {
    private final AtomicLongArray counts = new AtomicLongArray(Intervention.kinds());

    /** Makes counters at zero. */
    public InterventionCounters() {}

    /**
     * Counts one. Control thread only.
     *
     * @param kind what happened
     */
    public void count(Intervention kind) {
        int index = kind.ordinal();
        // One writer, so a plain read and an ordered write are enough; no locked instruction in the cycle.
        counts.setRelease(index, counts.getPlain(index) + 1);
    }

    /**
     * Reads one count. Any thread.
     *
     * @param kind which
     * @return how often it happened
     */
    public long get(Intervention kind) {
        return counts.getAcquire(kind.ordinal());
    }

    /**
     * Sum over the kinds that enforce a limit of the robot.
     *
     * @return interventions
     */
    public long limits() {
        return sum(true);
    }

    /**
     * Sum over all kinds.
     *
     * @return interventions
     */
    public long total() {
        return sum(false);
    }

    private long sum(boolean limitsOnly) {
        long sum = 0;
        for (Intervention kind : Intervention.values()) {
            if (!limitsOnly || kind.isLimit()) {
                sum += get(kind);
            }
        }
        return sum;
    }
}
