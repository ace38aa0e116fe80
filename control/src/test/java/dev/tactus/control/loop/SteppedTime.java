package dev.tactus.control.loop;

/**
 * Time that passes only where a test says so: a little with every reading, as much as is asked for with every sleep, and
 * whatever the test adds; it can jump. Used by the control thread alone.
 */
final class SteppedTime implements Clock, Sleeper {
    static final long READING_NS = 100;

    private long nowNs = 1_000_000_000_000L;
    private long sleeps;
    private long longestSleepNs;
    private long oversleepNs;
    private long inSleepNs;

    @Override
    public long nowNs() {
        return nowNs += READING_NS;
    }

    @Override
    public void sleep(long fromNs, long untilNs) {
        sleeps++;
        longestSleepNs = Math.max(longestSleepNs, untilNs - fromNs);
        nowNs += untilNs - fromNs + oversleepNs + inSleepNs;
        oversleepNs = 0;
        inSleepNs = 0;
    }

    /** Time passes, or jumps: also backwards. */
    void pass(long ns) {
        nowNs += ns;
    }

    /** The next sleep takes this much longer. */
    void oversleep(long ns) {
        oversleepNs = ns;
    }

    /** The clock jumps during the next sleep. */
    void jumpWhileAsleep(long ns) {
        inSleepNs = ns;
    }

    long sleeps() {
        return sleeps;
    }

    long longestSleepNs() {
        return longestSleepNs;
    }
}
